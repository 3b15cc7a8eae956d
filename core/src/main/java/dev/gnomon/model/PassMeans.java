package dev.gnomon.model;

import dev.gnomon.plan.Plan;
import dev.gnomon.train.Logs;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The figures of a pass over data: the means of its batches, weighted by their sizes.
final class PassMeans {
    private final List<TrainingGraph.Figure> figures;
    private final double[] sums;
    private double samples;

    PassMeans(TrainingGraph graph) {
        this.figures = graph.figures();
        this.sums = new double[figures.size()];
    }

    /// Adds what a plan has computed for a batch.
    void add(Plan.Workspace workspace, int size) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (double) workspace.scalar(figures.get(i).output()) * size;
        }
        samples += size;
    }

    /// The mean loss so far.
    double loss() {
        return samples == 0 ? 0 : sums[0] / samples;
    }

    Logs logs() {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < sums.length; i++) {
            values.put(figures.get(i).key(), figures.get(i).result(sums[i], samples));
        }
        return Logs.of(values);
    }

    @Override
    public String toString() {
        return (long) samples + " samples " + Arrays.toString(sums);
    }
}
