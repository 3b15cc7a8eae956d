package dev.gnomon.cli;

import dev.gnomon.check.ConfigException;
import dev.gnomon.data.BatchOrder;
import dev.gnomon.data.Batches;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.transform.RandomFlip;
import dev.gnomon.data.transform.RandomRotation;
import dev.gnomon.data.transform.RandomTranslation;
import dev.gnomon.model.Model;
import dev.gnomon.plan.Plan;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Times steps that get their samples from batches filled beside them, with and without augmentation, by turns.
final class BenchPipeline {
    private static final int SAMPLES = 4096;
    private static final int TURNS = 6;

    private final Plan.Workspace workspace;
    private final String input;
    private final int batchSize;
    private final Dataset plain;
    private final Dataset augmented;
    private long step;
    private int epoch;

    /// What a pipeline cost.
    private static final class Cost {
        final List<Double> millis = new ArrayList<>();
        double waited;

        double median() {
            Collections.sort(millis);
            return millis.get(millis.size() / 2);
        }

        double waitedPerStep() {
            return waited / millis.size();
        }
    }

    /// @param workspace its targets are filled already
    BenchPipeline(Model model, Plan.Workspace workspace, int batchSize) {
        this.workspace = workspace;
        this.batchSize = batchSize;
        this.input = model.inputNames().getFirst();
        Shape sample = model.inputShapes().getFirst().sample();
        if (sample.rank() != 3 || model.inputNames().size() != 1) {
            throw new ConfigException(
                    "--augment needs a model of pictures [height, width, channels], but this one takes samples of shape "
                            + sample
                            + ".");
        }
        int rows = Math.max(batchSize, SAMPLES / batchSize * batchSize);
        byte[] pixels = new byte[Math.toIntExact(rows * sample.elements())];
        var key = Key.of(3);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) key.intAt(i, 256);
        }
        plain = Dataset.of(Column.of(pixels, rows, sample.dim(0), sample.dim(1), sample.dim(2)));
        augmented =
                plain.augmented(
                        new RandomFlip(RandomFlip.Mode.HORIZONTAL),
                        new RandomTranslation(0.1, 0.1),
                        new RandomRotation(0.05));
    }

    /// Times so many seconds of each.
    void run(double seconds, Output output, ObjectNode figures) {
        var without = new Cost();
        var with = new Cost();
        pass(plain, 1, new Cost());
        pass(augmented, 1, new Cost());
        for (int turn = 0; turn < TURNS; turn++) {
            pass(plain, seconds / TURNS, without);
            pass(augmented, seconds / TURNS, with);
        }
        output.line(
                "From batches filled beside the training: %.3f ms a step, of which %.3f ms waiting for data"
                        .formatted(without.median(), without.waitedPerStep()));
        output.line(
                "With flips, shifts and rotations:        %.3f ms a step, of which %.3f ms waiting for data"
                        .formatted(with.median(), with.waitedPerStep()));
        double alone = fillMillis();
        output.line("One thread alone makes such a batch in %.3f ms.".formatted(alone));
        figures.putObject("pipeline")
                .put("step_ms_median", without.median())
                .put("waited_ms_per_step", without.waitedPerStep())
                .put("augmented_step_ms_median", with.median())
                .put("augmented_waited_ms_per_step", with.waitedPerStep())
                .put("augmented_fill_ms", alone);
    }

    private void pass(Dataset data, double seconds, Cost cost) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        var order = new BatchOrder(true, 1);
        while (System.nanoTime() < end) {
            int[] rows = order.epoch(data.size(), epoch);
            try (var batches =
                    new Batches(data, rows, batchSize, 0, order.augmentationKey(epoch++))) {
                batches.next(); // the first batch of an epoch is filled while nothing is trained
                long waited = batches.waitedNanos();
                long start = System.nanoTime();
                while (start < end && batches.next()) {
                    workspace.input(input).copyFrom(batches.input(Dataset.X));
                    workspace.run(1, step++);
                    long now = System.nanoTime();
                    cost.millis.add((now - start) / 1e6);
                    start = now;
                }
                cost.waited += (batches.waitedNanos() - waited) / 1e6;
            }
        }
    }

    private double fillMillis() {
        var order = new BatchOrder(true, 1);
        int[] rows = order.epoch(augmented.size(), 0);
        long start = System.nanoTime();
        int count = 0;
        try (var batches = new Batches(augmented, rows, batchSize, 0, order.augmentationKey(0))) {
            while (batches.next()) {
                count++;
            }
        }
        return (System.nanoTime() - start) / 1e6 / count;
    }
}
