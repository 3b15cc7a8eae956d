package dev.gnomon.contract;

import dev.gnomon.data.Column;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.kernel.reference.GraphEvaluator;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// Labels for losses and metrics, and what those should make of them.
final class Labels {
    /// How many values are predicted for a sample.
    static final int OUTPUTS = 3;

    /// The weights of a batch's samples.
    static final double[] WEIGHTS = {1, 0, 2, 0.5, 1, 3, 0.25, 1, 0};

    /// What labels are.
    enum Kind {
        /// A class number for each sample.
        CLASSES,
        /// 1 for one class, 0 for the others.
        ONE_HOT,
        /// Numbers that sum to 1.
        SHARES,
        /// 0 or 1 for each output.
        BITS,
        /// Any number for each output.
        NUMBERS
    }

    private Labels() {}

    /// The labels of a batch.
    static Column column(Kind kind) {
        return Column.of(tensor(kind, Trial.BATCH));
    }

    static Column weights() {
        float[] values = new float[WEIGHTS.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) WEIGHTS[i];
        }
        return Column.of(values, values.length);
    }

    /// The labels of some samples.
    static Tensor tensor(Kind kind, int samples) {
        if (kind == Kind.CLASSES) {
            float[] classes = new float[samples];
            for (int i = 0; i < samples; i++) {
                classes[i] = 2 * i % OUTPUTS;
            }
            return Tensor.of(classes, samples);
        }
        float[] random = Trial.values("labels", samples * OUTPUTS, -1, 1);
        for (int i = 0; i < samples; i++) {
            for (int output = 0; output < OUTPUTS; output++) {
                int at = i * OUTPUTS + output;
                boolean here = output == 2 * i % OUTPUTS;
                switch (kind) {
                    case ONE_HOT -> random[at] = here ? 1 : 0;
                    case SHARES -> random[at] = here ? 0.6f : 0.2f;
                    case BITS -> random[at] = random[at] > 0 ? 1 : 0;
                    case CLASSES, NUMBERS -> {}
                }
            }
        }
        return Tensor.of(random, samples, OUTPUTS);
    }

    /// A formula's value for each sample of a batch, in `double`.
    static double[] evaluate(Kind kind, Tensor prediction, BinaryOperator<Value> formula) {
        Tensor truth = tensor(kind, Trial.BATCH);
        var graph = new Graph();
        Value labels = graph.input("truth", batched(truth));
        Value predicted = graph.input("prediction", batched(prediction));
        return GraphEvaluator.value(
                formula.apply(labels, predicted),
                Map.of("truth", wide(truth), "prediction", wide(prediction)),
                Map.of(),
                StepContext.of(1, Trial.BATCH));
    }

    /// The sum of weighted values, divided by their number.
    static double mean(double[] values, double @Nullable [] weights) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights == null ? values[i] : values[i] * weights[i];
        }
        return sum / values.length;
    }

    private static Shape batched(Tensor tensor) {
        int[] dims = tensor.shape().dims();
        return Shape.batched(Arrays.copyOfRange(dims, 1, dims.length));
    }

    private static double[] wide(Tensor tensor) {
        double[] values = new double[tensor.size()];
        Arrays.setAll(values, i -> tensor.values()[i]);
        return values;
    }
}
