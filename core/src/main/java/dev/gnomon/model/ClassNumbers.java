package dev.gnomon.model;

import dev.gnomon.check.DataException;
import dev.gnomon.data.Column;
import dev.gnomon.loss.LabelForm;
import dev.gnomon.loss.OutputLoss;
import dev.gnomon.tensor.Shape;
import java.util.SequencedMap;

/// Looks at labels that are class numbers before a pass over the data begins.
final class ClassNumbers {
    private ClassNumbers() {}

    /// Every class number must be one of the classes that its output predicts; labels of another form are left to the loss.
    static void check(Model model, Compiled compiled, SequencedMap<String, Column> targets) {
        for (int i = 0; i < model.outputNames().size(); i++) {
            String output = model.outputNames().get(i);
            Shape prediction = model.outputShapes().get(i);
            Column labels = targets.get(output);
            if (labels != null && wanted(compiled, output) && fits(labels, prediction)) {
                check(output, labels, prediction.last());
            }
        }
    }

    private static boolean wanted(Compiled compiled, String output) {
        for (OutputLoss loss : compiled.losses().list()) {
            boolean here = loss.output() == null || loss.output().equals(output);
            if (here && loss.loss().labels() == LabelForm.CLASS_NUMBER) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(Column labels, Shape prediction) {
        return LabelForm.CLASS_NUMBER.fits(Shape.batched(labels.sampleShape().dims()), prediction);
    }

    private static void check(String output, Column labels, int classes) {
        int elements = labels.sampleElements();
        for (int row = 0; row < labels.rows(); row++) {
            for (int i = 0; i < elements; i++) {
                double label = labels.valueAt(row, i);
                if (!(label >= 0 && label < classes && label == Math.rint(label))) {
                    throw new DataException(
                            "Output \""
                                    + output
                                    + "\": row "
                                    + row
                                    + " of the labels has the class "
                                    + (label == Math.rint(label) && Math.abs(label) < 1e9
                                            ? String.valueOf((long) label)
                                            : String.valueOf(label))
                                    + ", but classes are whole numbers from 0 to "
                                    + (classes - 1)
                                    + ". Count classes from 0, or give the last layer as many units as there are"
                                    + " classes.");
                }
            }
        }
    }
}
