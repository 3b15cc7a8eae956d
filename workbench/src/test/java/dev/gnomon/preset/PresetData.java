package dev.gnomon.preset;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.loss.LabelForm;
import dev.gnomon.model.Model;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Objects;

/// Noise in the form that a compiled model is trained with.
final class PresetData {
    private PresetData() {}

    static Dataset of(Model model, int samples) {
        var inputs = new LinkedHashMap<String, Column>();
        var targets = new LinkedHashMap<String, Column>();
        for (int i = 0; i < model.inputNames().size(); i++) {
            inputs.put(model.inputNames().get(i), bytes(model.inputShapes().get(i), samples, 256));
        }
        var losses = Objects.requireNonNull(model.compiled()).losses();
        var forms = losses.forOutputs(model.outputNames());
        for (int i = 0; i < model.outputNames().size(); i++) {
            Shape output = model.outputShapes().get(i);
            boolean classes = forms.get(i).loss().labels() == LabelForm.CLASS_NUMBER;
            targets.put(
                    model.outputNames().get(i),
                    classes
                            ? bytes(Shape.batched(), samples, Math.min(256, output.last()))
                            : bytes(output, samples, 2));
        }
        return Dataset.of(inputs, targets);
    }

    private static Column bytes(Shape shape, int samples, int bound) {
        Shape whole = shape.bind(samples);
        byte[] values = new byte[(int) whole.elements()];
        var key = Key.of(7);
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) key.intAt(i, bound);
        }
        return Column.of(values, whole.dims());
    }
}
