package dev.gnomon.lint;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.KernelLayer;
import dev.gnomon.loss.LabelForm;
import dev.gnomon.loss.Loss;
import dev.gnomon.loss.OutputLoss;
import dev.gnomon.model.Compiled;
import dev.gnomon.model.Model;
import dev.gnomon.train.Callback;
import dev.gnomon.train.LintRule;
import dev.gnomon.train.Logs;
import dev.gnomon.train.Training;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Rules that look at how a training goes. Each warns once.
@SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
final class TrainingRules implements Callback {
    /// Before so many steps nothing is said of a loss that does not fall.
    private static final int LEAST_STEPS = 100;

    /// At least this share of the loss of guessing is no better than guessing.
    private static final double AT_CHANCE = 0.98;

    private static final double HUGE = 1e6;
    private static final double GROWN = 10;
    private static final String FIRST_LOSS = "first_loss";
    private static final String FIRST_STEP = "first_step";

    private final Model model;
    private final @Nullable Dataset data;
    private final Supplier<List<Finding>> first;
    private final Set<LintRule> off;
    private final Consumer<Finding> told;
    private final Set<LintRule> done = EnumSet.noneOf(LintRule.class);

    /// @param data the samples that are trained on, or null where they are made on demand
    /// @param first what is found before the first batch
    TrainingRules(
            Model model,
            @Nullable Dataset data,
            Supplier<List<Finding>> first,
            Set<LintRule> off,
            Consumer<Finding> told) {
        this.model = model;
        this.data = data;
        this.first = first;
        this.off = off;
        this.told = told;
    }

    private void warn(LintRule rule, String sentence, Object... values) {
        if (done.add(rule)) {
            var findings = new Findings(off);
            findings.add(rule, sentence, values);
            findings.list().forEach(told);
        }
    }

    @Override
    public void onTrainBegin(Training training) {
        first.get().forEach(told);
        var state = training.state();
        state.put(FIRST_STEP, state.number(FIRST_STEP, (double) training.iteration()));
    }

    @Override
    public void onEpochEnd(Training training, int epoch, Logs logs) {
        double loss = logs.loss();
        var state = training.state();
        double first = state.number(FIRST_LOSS, loss);
        state.put(FIRST_LOSS, first);
        if (!Double.isFinite(loss)
                || (loss > HUGE && loss > first * 1.5)
                || loss > GROWN * Math.max(first, 1)) {
            warn(
                    LintRule.EXPLODING_LOSS,
                    "After epoch %d the loss is %s%s: the training diverges. Lower the learning rate, scale inputs and labels"
                            + " to values around 1, or clip gradients (clipNorm).",
                    epoch + 1,
                    (float) loss,
                    epoch > 0 && Double.isFinite(loss)
                            ? ", after " + (float) first + " at first"
                            : "");
            return;
        }
        if (training.iteration() - state.number(FIRST_STEP, 0) >= LEAST_STEPS) {
            atChance(training, epoch, logs);
        }
    }

    private void atChance(Training training, int epoch, Logs logs) {
        Compiled compiled = Objects.requireNonNull(model.compiled(), "compiled");
        List<OutputLoss> losses = compiled.losses().forOutputs(model.outputNames());
        for (OutputLoss entry : losses) {
            String output = String.valueOf(entry.output());
            int units = model.outputShapes().get(model.outputNames().indexOf(output)).last();
            Double value = logs.values().get(losses.size() == 1 ? "loss" : output + "_loss");
            if (value != null
                    && isPlain(training, entry, losses.size())
                    && isOfClasses(entry.loss())
                    && units > 1
                    && value >= AT_CHANCE * guessing(output, units)) {
                String cause = DeadUnits.find(model, data);
                warn(
                        LintRule.LOSS_AT_CHANCE,
                        "After epoch %d the loss of output \"%s\" is %.3f, no better than guessing among %d classes. %s",
                        epoch + 1,
                        output,
                        value,
                        units,
                        cause == null
                                ? "Look at whether labels belong to their samples, change the learning rate, or look at the"
                                        + " first weights."
                                : "A reason may be that " + cause + ".");
                if (cause != null) {
                    warn(LintRule.DEAD_RELU, "%s", DeadUnits.sentence(cause));
                }
            }
        }
    }

    /// Whether the figure is the mean loss of the samples and nothing else.
    private boolean isPlain(Training training, OutputLoss entry, int losses) {
        boolean weighted =
                !training.settings().classWeight().isEmpty()
                        || (data != null
                                && (data.sampleWeight() != null
                                        || !data.sampleWeights().isEmpty()));
        boolean scaled = losses == 1 && entry.weight() != null && entry.weight() != 1;
        return !weighted && !scaled && (losses > 1 || !hasPenalties());
    }

    private boolean hasPenalties() {
        return model.layers().stream()
                .anyMatch(entry ->
                        entry.layer() instanceof Model
                                || (entry.layer() instanceof KernelLayer<?> layer
                                        && (layer.settings().kernel().regularizer() != null
                                                || layer.settings().bias().regularizer() != null
                                                || layer.settings().activityRegularizer()
                                                        != null)));
    }

    private static boolean isOfClasses(Loss loss) {
        return loss.name().endsWith("categorical_crossentropy");
    }

    /// The loss of who knows nothing but how often each class comes.
    private double guessing(String output, int units) {
        Column labels = data == null ? null : data.targets().get(output);
        if (labels == null && data != null && data.targets().size() == 1) {
            labels = data.labels();
        }
        if (labels == null
                || labels.sampleElements() != 1
                || !LabelForm.CLASS_NUMBER.fits(
                        dev.gnomon.tensor.Shape.batched(),
                        dev.gnomon.tensor.Shape.batched(units))) {
            return Math.log(units);
        }
        int[] counts = new int[units];
        int rows = Math.min(labels.rows(), 50_000);
        for (int row = 0; row < rows; row++) {
            double value = labels.valueAt(row, 0);
            if (value >= 0 && value < units) {
                counts[(int) value]++;
            }
        }
        double entropy = 0;
        for (int count : counts) {
            double share = (double) count / rows;
            entropy -= count == 0 ? 0 : share * Math.log(share);
        }
        return entropy == 0 ? Double.POSITIVE_INFINITY : entropy;
    }
}
