package dev.gnomon.keras;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.check.FormatException;
import dev.gnomon.file.H5Array;
import dev.gnomon.file.H5Builder;
import dev.gnomon.file.H5Group;
import dev.gnomon.file.Json;
import dev.gnomon.file.KerasArchive;
import dev.gnomon.model.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Damaged and hostile models: whatever is wrong with a file, there is a model or a [FormatException], soon, and without
/// much memory. `-Dgnomon.fuzz.seed=…` repeats a run, `-Dgnomon.fuzz.rounds=…` makes it longer.
class HostileFilesTest {
    private static final long SEED = Long.getLong("gnomon.fuzz.seed", 11);
    private static final int ROUNDS = Integer.getInteger("gnomon.fuzz.rounds", 600);
    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "[]",
                    "{}",
                    "\"\"",
                    "\"../../x\"",
                    "0",
                    "-1",
                    "1",
                    "3",
                    "1e300",
                    "0.5",
                    "2147483647",
                    "9223372036854775807",
                    "100000",
                    "[1]",
                    "[0, 0]",
                    "[null, 3, 3]",
                    "NaN",
                    "[[[]]]",
                    "\"same\"",
                    "{\"class_name\": \"Dense\"}",
                    "-2147483648");

    /// Optimizer states that do not fit are told to the log; here they are many.
    private static final Logger LOG = Logger.getLogger(WeightsFile.class.getName());

    @TempDir private Path folder;
    private Path file = Path.of("");
    private Path target = Path.of("");

    @BeforeEach
    void writeModel() {
        file = folder.resolve("model.keras");
        target = folder.resolve("damaged.keras");
        var models = new RandomModels(SEED);
        try (Model model = models.functional()) {
            model.trainOnBatch(models.data(model));
            model.save(file);
        }
    }

    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(null);
    }

    private void load(String what) {
        long start = System.nanoTime();
        try {
            Model.load(target).close();
        } catch (FormatException _) {
            // The right answer.
        } catch (Throwable e) {
            throw new AssertionError(what + ", seed " + SEED, e);
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertThat(millis).as(what + ", seed " + SEED + ", milliseconds").isLessThan(10_000);
    }

    private void put(byte[] bytes) {
        try {
            Files.write(target, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void cutOff() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length += 97) {
            put(java.util.Arrays.copyOf(bytes, length));
            load("cut at " + length);
        }
    }

    @Test
    void flippedBits() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int round = 0; round < ROUNDS; round++) {
            var random = new SplittableRandom(SEED * 31 + round);
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            put(damaged);
            load("bits, round " + round);
        }
    }

    @Test
    void wrongConfigurations() {
        KerasArchive archive = KerasArchive.read(file);
        for (int round = 0; round < ROUNDS; round++) {
            var random = new SplittableRandom(SEED * 1_000_003 + round);
            ObjectNode config = archive.config().deepCopy();
            for (int i = random.nextInt(3); i >= 0; i--) {
                damage(config, random);
            }
            new KerasArchive(archive.metadata(), config, archive.weights(), archive.extras())
                    .write(target);
            load("configuration, round " + round);
        }
    }

    /// Changes one value somewhere: to another one, to that of another place, or to nothing.
    private static void damage(ObjectNode root, SplittableRandom random) {
        List<JsonNode> nodes = new ArrayList<>();
        collect(root, nodes);
        JsonNode node = nodes.get(random.nextInt(nodes.size()));
        JsonNode value =
                random.nextInt(3) == 0
                        ? nodes.get(random.nextInt(nodes.size())).deepCopy()
                        : Json.parse(VALUES.get(random.nextInt(VALUES.size())), "value");
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>(object.propertyNames());
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(6) == 0) {
                object.remove(name);
            } else {
                object.set(name, value);
            }
        } else if (node instanceof ArrayNode array && !array.isEmpty()) {
            int index = random.nextInt(array.size());
            switch (random.nextInt(4)) {
                case 0 -> array.remove(index);
                case 1 -> array.add(value);
                default -> array.set(index, value);
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> nodes) {
        if (node.isContainer()) {
            nodes.add(node);
            node.forEach(each -> collect(each, nodes));
        }
    }

    @Test
    void wrongWeights() {
        KerasArchive archive = KerasArchive.read(file);
        List<String> paths = List.copyOf(archive.weights().allDatasets().keySet());
        for (int round = 0; round < ROUNDS / 10; round++) {
            var random = new SplittableRandom(SEED * 17 + round);
            String strange = paths.get(random.nextInt(paths.size()));
            var tree = new H5Builder();
            archive.weights()
                    .allDatasets()
                    .forEach((path, value) -> {
                        if (!path.equals(strange)) {
                            tree.put(path, value.value());
                        } else if (random.nextInt(4) > 0) {
                            tree.put(path, other(random));
                        }
                    });
            write(archive, tree.build());
            load("weights, round " + round + ", " + strange);
        }
    }

    private static H5Array other(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> H5Array.of(new float[0], 0);
            case 1 -> H5Array.of(new long[] {Long.MIN_VALUE});
            case 2 -> H5Array.of(new float[] {Float.NaN, 1}, 2);
            default -> H5Array.of(new int[] {1, 2, 3, 4, 5, 6}, 1, 2, 3);
        };
    }

    private void write(KerasArchive archive, H5Group weights) {
        new KerasArchive(archive.metadata(), archive.config(), weights, Map.of()).write(target);
    }

    @Test
    void wrongExtras() {
        KerasArchive archive = KerasArchive.read(file);
        for (String text :
                List.of(
                        "",
                        "[]",
                        "{\"seed\": \"x\"}",
                        "{\"epoch\": -5}",
                        "{\"batch\": 1e99}",
                        "{\"seed\": null}")) {
            for (String member : List.of(RunFile.TRAINING, KerasFormat.PROVENANCE)) {
                new KerasArchive(
                                archive.metadata(),
                                archive.config(),
                                archive.weights(),
                                Map.of(
                                        member,
                                        text.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                        .write(target);
                load(member + " " + text);
            }
        }
    }
}
