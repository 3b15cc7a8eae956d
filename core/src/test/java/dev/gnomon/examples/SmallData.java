package dev.gnomon.examples;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.Mnist;
import dev.gnomon.data.TrainTest;
import dev.gnomon.random.Key;

import org.junit.jupiter.api.Assumptions;

import java.nio.file.Path;

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
}
