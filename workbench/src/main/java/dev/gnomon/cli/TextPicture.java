package dev.gnomon.cli;

import dev.gnomon.data.Column;
import java.util.ArrayList;
import java.util.List;

/// A grey picture as text: each character holds 2×4 dots.
final class TextPicture {
    /// Characters in a line.
    static final int WIDTH = 25;

    private static final int LINES = 13;
    private static final int BRAILLE = 0x2800;
    private static final int[][] DOTS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

    private TextPicture() {}

    /// The lines of a picture of a column `[n, height, width]`; dark places have dots.
    static List<String> of(Column images, int row) {
        double[][] cells = cells(images, row);
        double mean = 0;
        for (double[] line : cells) {
            for (double cell : line) {
                mean += cell / (cells.length * line.length);
            }
        }
        List<String> lines = new ArrayList<>();
        for (int y = 0; y < LINES; y++) {
            var line = new StringBuilder();
            for (int x = 0; x < WIDTH; x++) {
                int dots = 0;
                for (int i = 0; i < 8; i++) {
                    if (cells[4 * y + i / 2][2 * x + i % 2] < mean) {
                        dots |= DOTS[i / 2][i % 2];
                    }
                }
                line.append((char) (BRAILLE + dots));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /// The picture made smaller, each cell the mean of the pixels it covers.
    private static double[][] cells(Column images, int row) {
        int height = images.sampleShape().dim(0);
        int width = images.sampleShape().dim(1);
        double[][] cells = new double[4 * LINES][2 * WIDTH];
        for (int y = 0; y < cells.length; y++) {
            for (int x = 0; x < cells[y].length; x++) {
                int top = y * height / cells.length;
                int left = x * width / cells[y].length;
                int bottom = Math.max(top + 1, (y + 1) * height / cells.length);
                int right = Math.max(left + 1, (x + 1) * width / cells[y].length);
                double sum = 0;
                for (int i = top; i < bottom; i++) {
                    for (int j = left; j < right; j++) {
                        sum += images.valueAt(row, i * width + j);
                    }
                }
                cells[y][x] = sum / ((bottom - top) * (right - left));
            }
        }
        return cells;
    }
}
