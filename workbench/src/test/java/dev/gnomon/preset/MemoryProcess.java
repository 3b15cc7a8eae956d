package dev.gnomon.preset;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.train.Fit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// A process that trains a preset and prints `predicted used`: the bytes that were predicted, and its peak above what it
/// had after a step of a tiny model.
final class MemoryProcess {
    private MemoryProcess() {}

    /// Trains once.
    ///
    /// @param words the preset, the batch size, how many samples, how many epochs
    public static void main(String[] words) throws IOException {
        tinyStep();
        var preset = Objects.requireNonNull(Presets.find(words[0]));
        System.gc(); // what the heap holds stays the same
        Files.writeString(Path.of("/proc/self/clear_refs"), "5"); // the peak begins anew
        long idle = status("VmRSS:");
        try (var model = preset.compiled(1, 1000)) {
            var data = PresetData.of(model, Integer.parseInt(words[2]));
            var settings =
                    Fit.epochs(Integer.parseInt(words[3]))
                            .withBatchSize(Integer.parseInt(words[1]));
            var predicted = model.fitBytes(data, settings);
            model.fit(data, settings);
            System.out.println(predicted.total() + " " + (status("VmHWM:") - idle));
        }
    }

    private static void tinyStep() {
        try (var tiny =
                Sequential.of(Input.of(6, 6, 1), new Conv2D(2, 3), new Flatten(), new Dense(2))) {
            tiny.compile(new Adam(), new MeanSquaredError());
            tiny.trainOnBatch(
                    Dataset.of(
                            Column.of(new byte[8 * 36], 8, 6, 6, 1),
                            Column.of(new byte[16], 8, 2)));
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
