package dev.gnomon.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// Restores the files of CIFAR-10 from a lossless packing that is smaller than gzip's.
///
/// A packed file is gzip of 10,000 labels, then three planes of 10,000 pictures: G, R - G + 128, B - G + 128, each as the
/// residual (mod 256) of the median edge predictor.
final class CifarPacking {
    private static final int COUNT = 10_000;
    private static final int SIDE = 32;
    private static final int PLANE = SIDE * SIDE;

    private CifarPacking() {}

    /// Unpacks all files of a folder into another, as `.bin`.
    static void unpack(Path packed, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (KnownFile file : KnownDataSet.CIFAR_10.files()) {
            Path from = packed.resolve(file.name().replace(".bin", ".med.gz"));
            try (var in = new GZIPInputStream(Files.newInputStream(from), 1 << 16)) {
                Files.write(folder.resolve(file.name()), records(in.readAllBytes()));
            }
        }
    }

    private static byte[] records(byte[] packed) {
        byte[] records = new byte[COUNT * (1 + 3 * PLANE)];
        for (int i = 0; i < COUNT; i++) {
            int record = i * (1 + 3 * PLANE);
            records[record] = packed[i];
            int red = record + 1;
            int green = red + PLANE;
            int blue = green + PLANE;
            undo(packed, COUNT + i * PLANE, records, green);
            undo(packed, COUNT + (COUNT + i) * PLANE, records, red);
            undo(packed, COUNT + (2 * COUNT + i) * PLANE, records, blue);
            for (int pixel = 0; pixel < PLANE; pixel++) {
                int g = records[green + pixel] - 128;
                records[red + pixel] += (byte) g;
                records[blue + pixel] += (byte) g;
            }
        }
        return records;
    }

    private static void undo(byte[] packed, int from, byte[] plane, int to) {
        for (int at = 0; at < PLANE; at++) {
            int guess = guess(plane, to, at);
            plane[to + at] = (byte) (packed[from + at] + guess);
        }
    }

    private static int guess(byte[] plane, int to, int at) {
        if (at == 0) {
            return 0;
        }
        if (at < SIDE) {
            return plane[to + at - 1];
        }
        if (at % SIDE == 0) {
            return plane[to + at - SIDE];
        }
        int a = plane[to + at - 1] & 0xFF;
        int b = plane[to + at - SIDE] & 0xFF;
        int c = plane[to + at - SIDE - 1] & 0xFF;
        if (c >= Math.max(a, b)) {
            return Math.min(a, b);
        }
        return c <= Math.min(a, b) ? Math.max(a, b) : a + b - c;
    }
}
