package dev.gnomon.model;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.Padding;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.optimizer.Adam;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What a step costs when nothing is new any more: no heap, no native memory.
class SteadyStateTest {
    private static final int STEPS = 10_000;

    private static Model model() {
        return Sequential.of(
                        Input.of(8, 8, 1),
                        new Conv2D(32, 3).withActivation(RELU),
                        new Conv2D(32, 3).withPadding(Padding.SAME).withActivation(RELU),
                        new MaxPooling2D(2),
                        new Dropout(0.25),
                        new Flatten(),
                        new Dense(16).withActivation(RELU),
                        new Dense(4).withActivation(SOFTMAX))
                .compile(new Adam(), new SparseCategoricalCrossentropy(), Metrics.accuracy())
                .withThreads(1);
    }

    private static long residentKilobytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no VmRSS");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void doesNotGrow() throws IOException {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var model = model()) {
            var workspace = model.plan(16).lease();
            for (int step = 0; step < STEPS; step++) {
                workspace.run(1, step);
            }
            long resident = residentKilobytes();
            long heap = threads.getCurrentThreadAllocatedBytes();
            for (int step = 0; step < STEPS; step++) {
                workspace.run(1, step);
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - heap;
            assertThat(allocated / STEPS).as("heap bytes a step").isLessThan(16);
            assertThat(residentKilobytes() - resident).as("resident KB").isLessThan(8_000);
        }
    }
}
