package dev.gnomon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.activation.Activation;
import dev.gnomon.data.Column;
import dev.gnomon.data.Npz;
import dev.gnomon.file.Json;
import dev.gnomon.layer.BatchNormalization;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.random.Key;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/// Runs commands, in processes of their own or within the test, and makes small data for them.
final class CommandFixture {
    private static final int CLASSES = 10;

    private CommandFixture() {}

    /// What a command gave.
    record Result(int code, String out, String err) {
        /// The last line, which must be JSON.
        ObjectNode json() {
            return Json.parseObject(out.strip().lines().reduce("", (_, line) -> line), "stdout");
        }

        Result succeeds() {
            assertThat(err.lines()).allMatch(line -> line.startsWith("Warning: "));
            assertThat(code).isZero();
            return this;
        }
    }

    /// A process of a command; its cache folder is `cache` within `folder`, where it works.
    static ProcessBuilder process(Path folder, String... words) {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dstdout.encoding=UTF-8",
                                "-Dstderr.encoding=UTF-8",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("GNOMON_DATA");
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        return builder;
    }

    /// Runs a command as a process.
    static Result run(Path folder, String... words) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "stdout", "");
        Path err = Files.createTempFile(folder, "stderr", "");
        var process =
                process(folder, words)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        if (!process.waitFor(100, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        var result =
                new Result(
                        process.waitFor(),
                        Files.readString(out, StandardCharsets.UTF_8),
                        Files.readString(err, StandardCharsets.UTF_8));
        Files.delete(out);
        Files.delete(err);
        return result;
    }

    /// Runs a command within the test.
    static Result here(String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
        return new Result(code, out.toString(), err.toString());
    }

    /// Pictures `[n, 28, 28]` whose class is where they are bright.
    static Column pictures(int count) {
        byte[] pixels = new byte[count * 28 * 28];
        var key = Key.of(5);
        for (int i = 0; i < pixels.length; i++) {
            int row = i / (28 * 28);
            boolean bright = i % 28 / 2 == row % CLASSES;
            pixels[i] = (byte) (bright ? 255 : key.intAt(i, 128));
        }
        return Column.of(pixels, count, 28, 28);
    }

    static Column labels(int count) {
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % CLASSES;
        }
        return Column.labels(labels);
    }

    /// An `.npz` with a training part of so many samples and, unless that is 0, a test part.
    static Path data(Path file, int count, int test) {
        var arrays = new LinkedHashMap<String, Column>();
        arrays.put("x", pictures(count));
        arrays.put("y", labels(count));
        if (test > 0) {
            arrays.put("x_test", pictures(test));
            arrays.put("y_test", labels(test));
        }
        Npz.write(file, arrays);
        return file;
    }

    /// The file of a small network with dropout and batch statistics for such pictures.
    static Path network(Path file) {
        try (Model model =
                Sequential.of(
                        Input.of(28, 28, 1),
                        new Rescaling(1 / 255.0),
                        new Conv2D(4, 3).withStrides(2).withActivation(Activation.RELU),
                        new BatchNormalization(),
                        new Flatten(),
                        new Dropout(0.2),
                        new Dense(CLASSES).withActivation(Activation.SOFTMAX))) {
            model.initialize(3)
                    .compile(
                            new Adam(1e-3), new SparseCategoricalCrossentropy(), Metrics.accuracy())
                    .save(file);
        }
        return file;
    }

    static List<String> names(ObjectNode node) {
        return List.copyOf(node.propertyNames());
    }
}
