package dev.gnomon.model;

import dev.gnomon.check.Check;
import dev.gnomon.plan.Plan;
import dev.gnomon.train.Logs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The figures of a pass over data: the means of its batches, weighted by their sizes.
final class PassMeans {
    private final List<TrainingGraph.Figure> figures;
    private final double[] sums;
    private final double[] weights;
    private double samples;

    PassMeans(TrainingGraph graph) {
        this.figures = graph.figures();
        this.sums = new double[figures.size()];
        this.weights = new double[figures.size()];
    }

    /// The names of the figures.
    List<String> keys() {
        return figures.stream().map(TrainingGraph.Figure::key).toList();
    }

    /// Adds what a plan has computed for a batch.
    void add(Plan.Workspace workspace, int size) {
        for (int i = 0; i < sums.length; i++) {
            TrainingGraph.Figure figure = figures.get(i);
            sums[i] += (double) workspace.scalar(figure.output()) * size;
            weights[i] += figure.weight() == null ? size : weight(workspace, figure.weight(), size);
        }
        samples += size;
    }

    private static double weight(Plan.Workspace workspace, String output, int size) {
        return (double) workspace.scalar(output) * size;
    }

    /// Begins again.
    void reset() {
        Arrays.fill(sums, 0);
        Arrays.fill(weights, 0);
        samples = 0;
    }

    boolean isEmpty() {
        return samples == 0;
    }

    /// The number of samples, the sums and the sums of weights; empty where there are none.
    List<Double> state() {
        if (isEmpty()) {
            return List.of();
        }
        List<Double> state = new ArrayList<>(List.of(samples));
        Arrays.stream(sums).forEach(state::add);
        Arrays.stream(weights).forEach(state::add);
        return state;
    }

    void restore(List<Double> state) {
        reset();
        if (state.isEmpty()) {
            return;
        }
        Check.config(
                state.size() == 2 * sums.length + 1,
                "The run logged %d figures, but the model now has %s. Compile it as it was.",
                state.size() / 2,
                keys());
        samples = state.getFirst();
        for (int i = 0; i < sums.length; i++) {
            sums[i] = state.get(i + 1);
            weights[i] = state.get(i + 1 + sums.length);
        }
    }

    /// The mean loss so far.
    double loss() {
        return samples == 0 ? 0 : sums[0] / samples;
    }

    Logs logs() {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < sums.length; i++) {
            values.put(figures.get(i).key(), figures.get(i).result(sums[i], weights[i]));
        }
        return Logs.of(values);
    }

    @Override
    public String toString() {
        return (long) samples + " samples " + Arrays.toString(sums);
    }
}
