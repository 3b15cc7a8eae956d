package dev.gnomon.model;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.optimizer.Adam;
import org.junit.jupiter.api.Test;

/// What the plan of a training step says of itself.
class PlanTextTest {
    private static Model model() {
        return Sequential.of(
                        Input.of(28, 28, 1),
                        new Rescaling(1 / 255.0),
                        new Conv2D(32, 3).withActivation(RELU),
                        new Conv2D(64, 3).withActivation(RELU),
                        new MaxPooling2D(2),
                        new Dropout(0.25),
                        new Flatten(),
                        new Dense(128).withActivation(RELU),
                        new Dropout(0.5),
                        new Dense(10).withActivation(SOFTMAX))
                .compile(new Adam(), new SparseCategoricalCrossentropy(), Metrics.accuracy())
                .withThreads(2);
    }

    @Test
    void printed() {
        System.out.println(model().plan(128));
        assertThat(model().plan(128).toString()).contains("GFLOP");
    }
}
