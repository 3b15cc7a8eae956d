package dev.gnomon.lint;

import dev.gnomon.activation.Activation;
import dev.gnomon.check.ShapeException;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.loss.LabelForm;
import dev.gnomon.loss.Loss;
import dev.gnomon.loss.OutputLoss;
import dev.gnomon.model.Compiled;
import dev.gnomon.model.Model;
import dev.gnomon.tensor.Shape;
import dev.gnomon.train.Fit;
import dev.gnomon.train.LintRule;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rules that look at labels, at how they are cut into training and validation, and at the batches.
///
/// @param validation what is validated on, or null
record LabelRules(
        Model model,
        Compiled compiled,
        Dataset data,
        @Nullable Dataset validation,
        Fit settings,
        Findings findings) {
    private static final int MOST_ROWS = 200_000;

    /// Rows that are made when they are asked for take their time.
    private static final int MOST_ROWS_MADE = 1000;

    /// With fewer samples of a class than this, that validation has others is no wonder.
    private static final int PER_CLASS = 5;

    /// What `fit` takes unless it is told; nobody chose it.
    private static final int USUAL_BATCH = 32;

    private static final int MOST_CLASSES = 100_000;

    /// What rows of class numbers hold.
    ///
    /// @param classes the numbers that occur
    /// @param sorted whether no number is smaller than the one before it
    private record Classes(BitSet classes, boolean sorted) {}

    void check() {
        if (!form()) {
            return;
        }
        for (OutputLoss entry : compiled.losses().forOutputs(model.outputNames())) {
            String output = String.valueOf(entry.output());
            Column labels = column(data, output);
            if (labels == null || labels.rows() == 0) {
                continue;
            }
            SymbolicTensor tensor = model.outputs().get(model.outputNames().indexOf(output));
            if (entry.loss().labels() == LabelForm.CLASS_NUMBER) {
                if (labels.sampleElements() == 1) {
                    classNumbers(output, labels, tensor.shape().last());
                }
            } else {
                values(output, entry.loss(), labels, Heads.activation(tensor));
            }
        }
        if (data.size() > 0 && settings.batchSize() > Math.max(USUAL_BATCH, data.size())) {
            findings.add(
                    LintRule.BATCH_LARGER_THAN_SET,
                    "The batch size is %d, but there are %d samples to train on: an epoch is one step. Use a smaller batch"
                            + " or more samples.",
                    settings.batchSize(),
                    data.size());
        }
    }

    private @Nullable Column column(Dataset from, String output) {
        Column column = from.targets().get(output);
        return column == null && from.targets().size() == 1 && model.outputNames().size() == 1
                ? from.targets().firstEntry().getValue()
                : column;
    }

    /// Whether labels have the form that losses expect.
    private boolean form() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (String output : model.outputNames()) {
            Column column = column(data, output);
            if (column != null) {
                shapes.put(output, Shape.batched(column.sampleShape().dims()));
            }
        }
        try {
            model.checkLabels(shapes);
            return true;
        } catch (ShapeException e) {
            findings.add(LintRule.LABEL_FORM, "%s", String.valueOf(e.getMessage()));
            return false;
        }
    }

    // ---- class numbers

    private void classNumbers(String output, Column labels, int units) {
        Classes found = classes(labels);
        if (found == null) {
            findings.add(
                    LintRule.LABELS_SHIFTED,
                    "Output \"%s\": the labels are not class numbers: whole, from 0 to %d. Look at how they were read.",
                    output,
                    units - 1);
            return;
        }
        BitSet classes = found.classes;
        int least = classes.nextSetBit(0);
        int most = classes.length() - 1;
        if (most >= units) {
            findings.add(
                    LintRule.LABELS_SHIFTED,
                    "Output \"%s\": the classes go from %d to %d, but the last layer has %d units, for classes from 0 to %d."
                            + " %s",
                    output,
                    least,
                    most,
                    units,
                    units - 1,
                    least == 1 && most == units
                            ? "Count classes from 0: subtract 1 from the labels."
                            : "Give the last layer as many units as there are classes.");
        } else if (least > 0 && most == units - 1 && classes.cardinality() == most - least + 1) {
            findings.add(
                    LintRule.LABELS_SHIFTED,
                    "Output \"%s\": the last layer has %d units, but classes go from %d to %d, so that %s never right. Count"
                            + " classes from 0.",
                    output,
                    units,
                    least,
                    most,
                    least == 1 ? "unit 0 is" : "the first " + least + " units are");
        }
        if (classes.cardinality() == 1 && labels.rows() > 1 && units > 1) {
            findings.add(
                    LintRule.ONE_LABEL,
                    "Output \"%s\": all %d samples are of class %d; there is nothing to tell apart.",
                    output,
                    labels.rows(),
                    least);
            return;
        }
        sorted(output, found, units);
    }

    private void sorted(String output, Classes found, int units) {
        Column held = validation == null ? null : column(validation, output);
        Classes other = held == null || held.rows() == 0 ? null : classes(held);
        if (other != null) {
            BitSet unseen = (BitSet) other.classes.clone();
            unseen.andNot(found.classes);
            Column labels = column(data, output);
            boolean seenAll = labels != null && data.size() <= mostRows(labels);
            boolean cut = settings.validation().split() > 0 && found.sorted && other.sorted;
            if (cut && found.classes.cardinality() > 1) {
                findings.add(
                        LintRule.SORTED_SPLIT,
                        "Output \"%s\": the samples are sorted by class, and validation takes those at the end. Shuffle them"
                                + " before they are split: data.shuffled(seed).",
                        output);
            } else if (!unseen.isEmpty() && seenAll && data.size() >= PER_CLASS * units) {
                findings.add(
                        LintRule.SORTED_SPLIT,
                        "Output \"%s\": validation has classes that training never sees, such as %d. %s",
                        output,
                        unseen.nextSetBit(0),
                        settings.validation().split() > 0
                                ? "Shuffle the samples before they are split: data.shuffled(seed)."
                                : "Look at how the two sets were made: each should have samples of all classes.");
            }
        }
        if (found.sorted && !settings.shuffle() && found.classes.cardinality() > 1) {
            findings.add(
                    LintRule.SORTED_BATCHES,
                    "Output \"%s\": the samples are sorted by class and are not shuffled, so that each batch shows one class."
                            + " Leave shuffling on, or shuffle the data once.",
                    output);
        }
    }

    private static int mostRows(Column labels) {
        return labels.isOnDemand() ? MOST_ROWS_MADE : MOST_ROWS;
    }

    /// What classes there are; null where labels are no class numbers.
    private static @Nullable Classes classes(Column labels) {
        var classes = new BitSet();
        boolean sorted = true;
        double before = -1;
        int rows = Math.min(labels.rows(), mostRows(labels));
        for (int row = 0; row < rows; row++) {
            double value = labels.valueAt(row, 0);
            if (!(value >= 0 && value < MOST_CLASSES && value == Math.rint(value))) {
                return null;
            }
            classes.set((int) value);
            sorted &= value >= before;
            before = value;
        }
        return new Classes(classes, sorted);
    }

    // ---- other labels

    private void values(String output, Loss loss, Column labels, @Nullable Activation activation) {
        ColumnFacts facts = ColumnFacts.ofAll(labels, mostRows(labels));
        if (facts.notFinite() >= 0) {
            findings.add(
                    LintRule.INPUT_NOT_FINITE,
                    "Output \"%s\": the label of row %d is NaN or infinity, and one of them makes all weights NaN. Remove"
                            + " such rows.",
                    output,
                    facts.notFinite());
            return;
        }
        if (facts.least() == facts.most() && labels.rows() > 1) {
            findings.add(
                    LintRule.ONE_LABEL,
                    "Output \"%s\": all labels that were looked at are %s; there is nothing to learn.",
                    output,
                    facts.least());
        }
        double[] reach = reach(activation);
        double slack = 1e-3 * (reach[1] - reach[0]);
        if (facts.least() < reach[0] - slack || facts.most() > reach[1] + slack) {
            findings.add(
                    LintRule.LABELS_OUT_OF_REACH,
                    "Output \"%s\": the labels go from %s to %s, but %s gives values %s only, and %s will never get there."
                            + " Scale the labels, or use the activation linear.",
                    output,
                    facts.least(),
                    facts.most(),
                    activation == null ? "the last layer" : activation.name(),
                    reach[1] > 1e30
                            ? "from 0 up"
                            : "from " + (int) reach[0] + " to " + (int) reach[1],
                    loss.name());
        }
    }

    private static double[] reach(@Nullable Activation activation) {
        double least = Double.NEGATIVE_INFINITY;
        double most = Double.POSITIVE_INFINITY;
        if (activation == null) {
            return new double[] {least, most};
        }
        return switch (activation.name()) {
            case "sigmoid", "softmax", "hard_sigmoid" -> new double[] {0, 1};
            case "tanh", "hard_tanh" -> new double[] {-1, 1};
            case "relu", "softplus" -> new double[] {0, 1e31};
            default -> new double[] {least, most};
        };
    }
}
