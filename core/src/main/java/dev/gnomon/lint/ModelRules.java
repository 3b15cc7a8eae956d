package dev.gnomon.lint;

import dev.gnomon.activation.Activation;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.initializer.Constant;
import dev.gnomon.initializer.Initializer;
import dev.gnomon.initializer.Ones;
import dev.gnomon.initializer.Zeros;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.KernelLayer;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.loss.BinaryCrossentropy;
import dev.gnomon.loss.CategoricalCrossentropy;
import dev.gnomon.loss.Huber;
import dev.gnomon.loss.Loss;
import dev.gnomon.loss.MeanAbsoluteError;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.loss.OutputLoss;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Accuracy;
import dev.gnomon.metric.AutoAccuracy;
import dev.gnomon.metric.BinaryAccuracy;
import dev.gnomon.metric.CategoricalAccuracy;
import dev.gnomon.metric.Metric;
import dev.gnomon.metric.OutputMetric;
import dev.gnomon.metric.SparseCategoricalAccuracy;
import dev.gnomon.model.Compiled;
import dev.gnomon.model.Model;
import dev.gnomon.optimizer.Adagrad;
import dev.gnomon.optimizer.LearningRate;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.train.LintRule;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rules that look at the model and at how it is compiled.
record ModelRules(Model model, Compiled compiled, Dataset data, Findings findings) {
    /// Activations of hidden layers: no probabilities come out of them.
    private static final Set<String> HIDDEN =
            Set.of(
                    "relu",
                    "tanh",
                    "elu",
                    "selu",
                    "gelu",
                    "silu",
                    "leaky_relu",
                    "softplus",
                    "relu6");

    private static final double HEAVY = 0.9;

    void check() {
        for (OutputLoss loss : compiled.losses().forOutputs(model.outputNames())) {
            String output = String.valueOf(loss.output());
            SymbolicTensor tensor = model.outputs().get(model.outputNames().indexOf(output));
            Activation activation = Heads.activation(tensor);
            if (activation != null) {
                head(output, loss.loss(), activation, tensor.shape().last());
            }
            if (Heads.endsInDropout(tensor)) {
                findings.add(
                        LintRule.DROPOUT_AT_OUTPUT,
                        "Output \"%s\": a Dropout comes after the last layer with weights, so that training throws away"
                                + " predictions themselves. Put it before that layer.",
                        output);
            }
        }
        accuracies();
        layers();
        rate();
    }

    // ---- outputs

    private void head(String output, Loss loss, Activation activation, int units) {
        switch (loss) {
            case SparseCategoricalCrossentropy(boolean logits) ->
                    classes(output, loss, activation, units, logits);
            case CategoricalCrossentropy(boolean logits, var _) ->
                    classes(output, loss, activation, units, logits);
            case BinaryCrossentropy(boolean logits, var _) ->
                    binary(output, activation, units, logits);
            default -> {}
        }
    }

    private void classes(
            String output, Loss loss, Activation activation, int units, boolean logits) {
        String name = loss.name();
        if (units == 1) {
            findings.add(
                    LintRule.OUTPUT_ACTIVATION,
                    "Output \"%s\": %s over one unit is always the same. Give the last layer as many units as there are"
                            + " classes, or use a sigmoid with binary_crossentropy.",
                    output,
                    name);
        } else if (is(activation, Activation.SOFTMAX)) {
            if (logits) {
                logitsTwice(output, name, "softmax");
            }
        } else if (is(activation, Activation.LINEAR)) {
            if (!logits) {
                findings.add(
                        LintRule.FROM_LOGITS,
                        "Output \"%s\": %s expects probabilities, but the last layer gives scores of any size. Give it the"
                                + " activation softmax, or the loss fromLogits.",
                        output,
                        name);
            }
        } else if (HIDDEN.contains(name(activation)) || is(activation, Activation.SIGMOID)) {
            findings.add(
                    LintRule.OUTPUT_ACTIVATION,
                    "Output \"%s\": the last layer's activation is %s, but %s is about one of %d classes. Use %s.",
                    output,
                    name(activation),
                    name,
                    units,
                    logits ? "linear, since the loss is told fromLogits" : "softmax");
        }
    }

    private void binary(String output, Activation activation, int units, boolean logits) {
        if (is(activation, Activation.SIGMOID)) {
            if (logits) {
                logitsTwice(output, "binary_crossentropy", "sigmoid");
            }
        } else if (is(activation, Activation.LINEAR)) {
            if (!logits) {
                findings.add(
                        LintRule.FROM_LOGITS,
                        "Output \"%s\": binary_crossentropy expects probabilities, but the last layer gives scores of any"
                                + " size. Give it the activation sigmoid, or the loss fromLogits.",
                        output);
            }
        } else if (HIDDEN.contains(name(activation))
                || (units == 1 && is(activation, Activation.SOFTMAX))) {
            findings.add(
                    LintRule.OUTPUT_ACTIVATION,
                    "Output \"%s\": the last layer's activation is %s%s, but binary_crossentropy is about each unit by"
                            + " itself. Use %s%s.",
                    output,
                    name(activation),
                    units == 1 && is(activation, Activation.SOFTMAX)
                            ? " over one unit, which is always 1"
                            : "",
                    logits ? "linear, since the loss is told fromLogits" : "sigmoid",
                    units > 1 ? ", or categorical_crossentropy for one of several classes" : "");
        }
    }

    private void logitsTwice(String output, String loss, String activation) {
        findings.add(
                LintRule.FROM_LOGITS,
                "Output \"%s\": the last layer has a %s already, but %s is told fromLogits and would apply another one."
                        + " Leave out one of the two.",
                output,
                activation,
                loss);
    }

    // Constants of Activation are singletons, and files bring them back by name.
    static boolean is(Activation activation, Activation constant) {
        return activation.equals(constant);
    }

    static String name(Activation activation) {
        return activation.name();
    }

    private void accuracies() {
        List<String> names = model.outputNames();
        for (OutputMetric entry : compiled.metrics().list()) {
            String output = entry.output() == null ? names.getFirst() : entry.output();
            Loss loss = lossOf(output);
            if (loss != null
                    && isRegression(loss)
                    && isAccuracy(entry.metric())
                    && !isZeroOrOne(output)) {
                SymbolicTensor tensor = model.outputs().get(names.indexOf(output));
                Activation activation = Heads.activation(tensor);
                boolean classes =
                        activation != null
                                && (is(activation, Activation.SOFTMAX)
                                        || is(activation, Activation.SIGMOID));
                if (!classes) {
                    findings.add(
                            LintRule.ACCURACY_OF_REGRESSION,
                            "Output \"%s\": %s counts predictions that are right, but %s is about how far off a number is;"
                                    + " the figure will mean nothing. Measure mean_absolute_error.",
                            output,
                            entry.metric().name(),
                            loss.name());
                }
            }
        }
    }

    /// Whether the labels look like classes: 0 and 1 alone.
    private boolean isZeroOrOne(String output) {
        Column labels = data.targets().get(output);
        if (labels == null && data.targets().size() == 1) {
            labels = data.labels();
        }
        if (labels == null) {
            return false;
        }
        int rows = Math.min(labels.rows(), 1000);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < labels.sampleElements(); i++) {
                double value = labels.valueAt(row, i);
                if (value != 0 && value != 1) {
                    return false;
                }
            }
        }
        return rows > 0;
    }

    @Nullable Loss lossOf(String output) {
        return compiled.losses().forOutputs(model.outputNames()).stream()
                .filter(loss -> output.equals(loss.output()))
                .map(OutputLoss::loss)
                .findFirst()
                .orElse(null);
    }

    static boolean isRegression(Loss loss) {
        return loss instanceof MeanSquaredError
                || loss instanceof MeanAbsoluteError
                || loss instanceof Huber;
    }

    private static boolean isAccuracy(Metric metric) {
        return metric instanceof AutoAccuracy
                || metric instanceof Accuracy
                || metric instanceof BinaryAccuracy
                || metric instanceof CategoricalAccuracy
                || metric instanceof SparseCategoricalAccuracy;
    }

    // ---- layers

    private void layers() {
        if (model.trainablePaths().isEmpty() && model.countParams() > 0) {
            findings.add(
                    LintRule.NOTHING_TRAINED,
                    "All weights are frozen: training will change nothing. Unfreeze a layer:"
                            + " model.layer(\"%s\").unfreeze().",
                    model.layers().getLast().name());
        }
        for (Model.NamedEntry entry : model.layers()) {
            if (entry.layer() instanceof Dropout(double rate) && rate >= HEAVY) {
                findings.add(
                        LintRule.HEAVY_DROPOUT,
                        "\"%s\" drops %s of its input, which leaves next to nothing to learn from. Rates from 0.1 to 0.5 are"
                                + " usual; the rate is what is dropped, not what is kept.",
                        entry.name(),
                        rate == 1 ? "all" : Math.round(100 * rate) + " %");
            }
            if (entry.layer() instanceof KernelLayer<?> layer
                    && isConstant(layer.settings().kernel().initializer())
                    && entry.handle().isTrainable()
                    && !isOutput(entry)
                    && !(layer instanceof Dense(int units, var _) && units == 1)) {
                findings.add(
                        LintRule.EQUAL_UNITS,
                        "\"%s\": all its units begin with the same weights (%s), so they learn the same and count as one. Use a"
                                + " random initializer, such as GlorotUniform.",
                        entry.name(),
                        layer.settings().kernel().initializer());
            }
        }
    }

    /// Units of an output differ by their labels.
    private boolean isOutput(Model.NamedEntry entry) {
        return entry.uses().stream().anyMatch(model.outputs()::contains);
    }

    private static boolean isConstant(Initializer initializer) {
        return initializer instanceof Zeros
                || initializer instanceof Ones
                || initializer instanceof Constant;
    }

    private void rate() {
        if (compiled.optimizer().learningRate() instanceof LearningRate.Fixed(float rate)) {
            double usual =
                    compiled.optimizer() instanceof SGD || compiled.optimizer() instanceof Adagrad
                            ? 1
                            : 0.1;
            if (rate >= usual) {
                findings.add(
                        LintRule.LEARNING_RATE,
                        "The learning rate is %s; for %s rates below %s are usual, and more mostly makes the loss jump or grow."
                                + " Try %s.",
                        rate,
                        compiled.optimizer().getClass().getSimpleName(),
                        usual,
                        usual / 100);
            }
        }
    }
}
