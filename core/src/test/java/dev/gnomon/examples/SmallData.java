package dev.gnomon.examples;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.Mnist;
import dev.gnomon.data.TrainTest;
import dev.gnomon.random.Key;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Some hundred samples for the programs.
final class SmallData {
    private SmallData() {}

    /// The folder of the environment variable `GNOMON_DATA`; without it the test is skipped and says so.
    static Path folder() {
        String folder = System.getenv("GNOMON_DATA");
        Assumptions.assumeTrue(
                folder != null, "skipped: GNOMON_DATA does not name a folder of data sets");
        return Path.of(String.valueOf(folder));
    }

    /// Handwritten digits.
    static TrainTest digits() {
        folder();
        var mnist = Mnist.load();
        return new TrainTest(mnist.train().take(600), mnist.test().take(200));
    }

    /// Pictures `[size, size]` of uint8 whose class is the place of a bright square.
    static Dataset squares(int samples, int size, int classes) {
        var key = Key.of(11);
        var pixels = new byte[samples * size * size];
        var labels = new int[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = key.intAt(i, classes);
            int row = labels[i] * (size - 4) / classes;
            for (int p = 0; p < size * size; p++) {
                boolean bright = p / size >= row && p / size < row + 4;
                int noise = key.child("noise").intAt((long) i * size * size + p, 60);
                pixels[i * size * size + p] = (byte) (noise + (bright ? 180 : 0));
            }
        }
        return Dataset.of(Column.of(pixels, samples, size, size), Column.labels(labels));
    }

    /// Drawn squares as if they were digits; a few labels are wrong, so that nobody learns all of them.
    static TrainTest drawnDigits() {
        var all = squares(800, 28, 10);
        int[] labels = all.labels().ints();
        for (int i = 0; i < labels.length; i += 9) {
            labels[i] = (labels[i] + 1 + i % 8) % 10;
        }
        var data = Dataset.of(all.images(), Column.labels(labels));
        return new TrainTest(data.take(600), data.skip(600));
    }

    /// Pictures `[32, 32, 3]` of squares in ten colours, one for each class; labels `[n, 1]`.
    static Dataset colours(int samples) {
        var grey = squares(samples, 32, 10);
        float[] values = grey.images().tensor().values();
        int[] classes = grey.labels().ints();
        var pixels = new byte[3 * values.length];
        for (int i = 0; i < pixels.length; i++) {
            int shade = (1 + classes[i / (3 * 32 * 32)] * (1 + i % 3)) % 11; // 0 to 10
            pixels[i] = (byte) (int) (values[i / 3] * shade / 10);
        }
        return Dataset.of(Column.of(pixels, samples, 32, 32, 3), Column.of(classes, samples, 1));
    }
}
