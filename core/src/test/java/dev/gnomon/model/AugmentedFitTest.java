package dev.gnomon.model;

import static dev.gnomon.activation.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.transform.RandomFlip;
import dev.gnomon.data.transform.RandomRotation;
import dev.gnomon.data.transform.RandomTranslation;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.random.Key;
import dev.gnomon.train.Fit;
import dev.gnomon.train.History;
import org.junit.jupiter.api.Test;

/// Augmentation is for training alone; labels may have an axis of 1.
class AugmentedFitTest {
    private static final int COUNT = 50;

    private static Dataset data(boolean column) {
        byte[] pixels = new byte[COUNT * 8 * 8 * 3];
        int[] labels = new int[COUNT];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Key.of(3).intAt(i, 256);
        }
        for (int i = 0; i < COUNT; i++) {
            labels[i] = i % 4;
        }
        return Dataset.of(
                Column.of(pixels, COUNT, 8, 8, 3),
                column ? Column.of(labels, COUNT, 1) : Column.labels(labels));
    }

    private static Dataset augmented() {
        return data(false)
                .augmented(
                        new RandomFlip(), new RandomTranslation(0.2, 0.2), new RandomRotation(0.1));
    }

    private static Model model() {
        return Sequential.of(
                        Input.of(8, 8, 3),
                        new Conv2D(3, 3),
                        new Flatten(),
                        new Dense(4).withActivation(SOFTMAX))
                .initialize(1)
                .compile(new Adam(1e-3), new SparseCategoricalCrossentropy(), Metrics.accuracy());
    }

    private static History fit(Dataset data, long seed) {
        try (var model = model()) {
            return model.fit(
                    data, Fit.epochs(3).withBatchSize(16).withSeed(seed).withValidationSplit(0.2));
        }
    }

    @Test
    void theSeedGivesTheChanges() {
        var once = fit(augmented(), 4).series();
        assertThat(fit(augmented(), 4).series()).isEqualTo(once);
        assertThat(fit(augmented(), 5).series()).isNotEqualTo(once);
        assertThat(fit(data(false), 4).series().get("loss")).isNotEqualTo(once.get("loss"));
    }

    @Test
    void evaluationAndPredictionSeeSamplesAsTheyAre() {
        try (var model = model()) {
            assertThat(model.evaluate(augmented(), 16)).isEqualTo(model.evaluate(data(false), 16));
            assertThat(model.predict(augmented(), 16)).isEqualTo(model.predict(data(false), 16));
        }
    }

    @Test
    void labelsMayHaveAnAxisOfOne() {
        assertThat(fit(data(true), 4).series()).isEqualTo(fit(data(false), 4).series());
    }
}
