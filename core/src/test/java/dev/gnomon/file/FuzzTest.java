package dev.gnomon.file;

import dev.gnomon.check.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Damaged files: whatever bytes are changed or cut off, a reader gives a tree or a [FormatException], nothing else,
/// and soon. `-Dgnomon.fuzz.seed=…` repeats a run, `-Dgnomon.fuzz.rounds=…` makes it longer.
class FuzzTest {
    private static final long SEED = Long.getLong("gnomon.fuzz.seed", 11);
    private static final int ROUNDS = Integer.getInteger("gnomon.fuzz.rounds", 1500);
    private static final byte[] WICKED = {0, 1, 2, 7, 8, 16, 64, 127, -128, -1, -2};

    private static void fuzz(String name, byte[] original, Consumer<byte[]> read) {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = damage(original, new SplittableRandom(SEED * 1_000_003 + round));
            long start = System.nanoTime();
            try {
                read.accept(bytes);
            } catch (FormatException _) {
                // The right answer.
            } catch (Throwable e) {
                throw new AssertionError(name + ", seed " + SEED + ", round " + round, e);
            }
            long millis = (System.nanoTime() - start) / 1_000_000;
            if (millis > 10_000) {
                throw new AssertionError(
                        name + ", seed " + SEED + ", round " + round + ": took " + millis + " ms");
            }
        }
    }

    private static byte[] damage(byte[] original, SplittableRandom random) {
        boolean cut = random.nextInt(8) == 0;
        byte[] bytes =
                Arrays.copyOf(original, cut ? random.nextInt(original.length) : original.length);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes[at] = WICKED[random.nextInt(WICKED.length)];
                default -> {
                    int count = Math.min(8, bytes.length - at);
                    System.arraycopy(
                            original, random.nextInt(original.length - 8), bytes, at, count);
                }
            }
        }
        return bytes;
    }

    @Test
    @Timeout(120)
    void h5OfThisLibrary() {
        fuzz("tree", H5Writer.toBytes(Fixtures.tree()), bytes -> H5Reader.read(bytes, "fuzz"));
    }

    @Test
    @Timeout(120)
    void h5OfH5py() {
        for (String name :
                new String[] {
                    "rich-earliest.h5",
                    "rich-latest.h5",
                    "loop-latest.h5",
                    "huge-earliest.h5",
                    "huge-latest.h5"
                }) {
            fuzz(name, Fixtures.resource(name), bytes -> H5Reader.read(bytes, "fuzz"));
        }
    }

    @Test
    @Timeout(120)
    void archive(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("x.keras");
        var metadata = Json.object().put("keras_version", "3.16.0");
        new KerasArchive(metadata, Json.object(), Fixtures.tree(), Map.of("x", new byte[9]))
                .write(path);
        fuzz(
                "archive",
                Files.readAllBytes(path),
                bytes -> {
                    try {
                        Files.write(path, bytes);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                    KerasArchive.read(path);
                });
    }

    @Test
    @Timeout(120)
    void json() {
        byte[] text =
                """
                {"module": "keras", "config": {"layers": [1, -2.5e-7, null, true, "\\u00e4\\n", {"a": [[]]}], "b": NaN}}
                """
                        .getBytes(StandardCharsets.UTF_8);
        fuzz(
                "json",
                text,
                bytes -> Json.write(Json.parse(new String(bytes, StandardCharsets.UTF_8), "fuzz")));
    }
}
