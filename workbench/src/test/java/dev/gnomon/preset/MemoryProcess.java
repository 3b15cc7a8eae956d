package dev.gnomon.preset;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SOFTMAX;

import dev.gnomon.layer.BatchNormalization;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.Padding;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.train.Callback;
import dev.gnomon.train.Fit;
import dev.gnomon.train.LambdaCallback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/// A process that trains a preset and prints three numbers of bytes: what was predicted; its peak above what it had after
/// some steps of a tiny model; what it grew by after the first tenth of the epochs.
final class MemoryProcess {
    private MemoryProcess() {}

    /// Trains once.
    ///
    /// @param words the preset, the batch size, how many samples, how many epochs, how many threads
    public static void main(String[] words) throws IOException {
        tinySteps();
        var preset = Objects.requireNonNull(Presets.find(words[0]));
        int epochs = Integer.parseInt(words[3]);
        Files.writeString(Path.of("/proc/self/clear_refs"), "5"); // the peak begins anew
        long idle = status("VmRSS:");
        var early = new AtomicLong();
        int threads = Integer.parseInt(words[4]);
        try (var model = preset.compiled(1, 1000).withThreads(threads)) {
            // so slow that noise is not learnt by heart: numbers below float32's normal range take
            // long
            var made = Objects.requireNonNull(model.compiled());
            model.compile(new Adam(1e-7), made.losses(), made.metrics());
            var data = PresetData.of(model, Integer.parseInt(words[2]));
            var settings =
                    Fit.epochs(epochs)
                            .withBatchSize(Integer.parseInt(words[1]))
                            .withoutLint()
                            .withCallbacks(afterEpoch(epochs / 10 - 1, early));
            long predicted = model.fitBytes(data, settings).total();
            model.fit(data, settings);
            long peak = status("VmHWM:") - idle;
            System.out.println(predicted + " " + peak + " " + (status("VmRSS:") - early.get()));
        }
    }

    private static Callback afterEpoch(int wanted, AtomicLong resident) {
        return new LambdaCallback()
                .withEpochEnd((_, epoch, _) -> {
                    if (epoch == wanted) {
                        try {
                            resident.set(status("VmRSS:"));
                        } catch (IOException fault) {
                            throw new UncheckedIOException(fault);
                        }
                    }
                });
    }

    /// Loads the native library and the classes that presets need.
    private static void tinySteps() {
        try (var tiny =
                Sequential.of(
                        Input.of(6, 6, 1),
                        new Rescaling(1 / 255.0),
                        new Conv2D(2, 3).withPadding(Padding.SAME).withActivation(RELU),
                        new BatchNormalization(),
                        new Conv2D(2, 3),
                        new MaxPooling2D(2),
                        new Flatten(),
                        new Dropout(0.5),
                        new Dense(4).withActivation(SOFTMAX))) {
            tiny.compile(new Adam(), new SparseCategoricalCrossentropy(), Metrics.accuracy());
            tiny.fit(PresetData.of(tiny, 21), Fit.epochs(40).withBatchSize(8));
        }
    }

    private static long status(String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith(name)) {
                return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no " + name);
    }
}
