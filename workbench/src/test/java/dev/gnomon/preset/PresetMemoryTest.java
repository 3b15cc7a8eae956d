package dev.gnomon.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gnomon.data.Batches;
import dev.gnomon.tensor.NativeMemory;
import dev.gnomon.train.Fit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The memory that training a preset takes, beside what was predicted.
class PresetMemoryTest {
    /// The memory of the virtual machine's optimizing compiler would take part in what is measured.
    private static final String SMALL_COMPILER = "-XX:TieredStopAtLevel=1";

    @TempDir private Path folder;

    static List<String> presets() {
        return Presets.all().stream().map(Preset::name).toList();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void predictedEqualsAllocated(String name) {
        var preset = Objects.requireNonNull(Presets.find(name));
        int batch = preset.batchSize();
        long before = NativeMemory.allocatedBytes();
        try (var model = preset.compiled(1, 10)) {
            var data = PresetData.of(model, batch + 5);
            var validation = data.take(batch / 2);
            var settings = Fit.epochs(1).withBatchSize(batch).withValidation(validation);
            var predicted = model.fitBytes(data, settings);
            model.fit(data, settings);
            assertThat(NativeMemory.allocatedBytes() - before)
                    .as(
                            "%s; the batches of training are freed before those of validation",
                            predicted)
                    .isEqualTo(predicted.total() + Batches.bytes(validation, batch));
            assertThat(predicted.tail()).isPositive();
        }
    }

    @Test
    @Tag("process")
    @EnabledOnOs(OS.LINUX)
    void theProcessTakesWhatWasPredicted() throws IOException, InterruptedException {
        long[] bytes = process(SMALL_COMPILER, "geron_cnn", "40", "85", "3", "2");
        assertThat(bytes[0]).as("predicted").isGreaterThan(100_000_000);
        assertThat((double) bytes[1] / bytes[0]).as("used / predicted").isBetween(0.9, 1.1);
    }

    @Test
    @Tag("process")
    @EnabledOnOs(OS.LINUX)
    void doesNotGrowInTenThousandSteps() throws IOException, InterruptedException {
        long[] bytes = process("-XX:+TieredCompilation", "mlp", "8", "8000", "10", "1");
        // up to 10 MB are the virtual machine's: it still compiles after 1,000 steps
        assertThat(bytes[2]).as("bytes grown after 1,000 steps").isLessThan(16_000_000);
    }

    /// Runs [MemoryProcess] with its whole Java heap there from the start, so that it takes no part in what is measured. A
    /// machine too slow for it is excused.
    private long[] process(String option, String... words)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xms256m",
                        "-Xmx256m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        option,
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryProcess.class.getName()));
        command.addAll(List.of(words));
        var child =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        var process = child.start();
        boolean done = process.waitFor(40, TimeUnit.SECONDS);
        process.destroyForcibly();
        assumeTrue(done, "this machine is too slow or too busy for a process of its own");
        String text = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        String last = text.strip().lines().reduce("", (_, line) -> line);
        return Arrays.stream(last.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    }
}
