package dev.gnomon.study.permuted;

import dev.gnomon.data.Column;
import dev.gnomon.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/// How much values tell of those beside them, in pictures and in weights.
final class Neighbours {
    private static final int FEWEST = 20;

    private Neighbours() {}

    /// The share of a pixel's variance that a pixel at each distance from 1 on tells: r² over the pictures, the mean over all
    /// pairs of pixels in a row and in a column. Colours are made grey.
    ///
    /// @param count how many pictures are looked at
    /// @param farthest the largest distance
    static List<Double> told(Column pictures, int count, int farthest) {
        Shape shape = pictures.sampleShape();
        double[][] pixels = standardized(pictures, Math.min(count, pictures.rows()));
        return IntStream.rangeClosed(1, farthest)
                .mapToObj(distance -> toldAt(pixels, shape.dim(0), shape.dim(1), distance))
                .toList();
    }

    private static double toldAt(double[][] pixels, int height, int width, int distance) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < height * width; i++) {
            int[] others = {
                i % width + distance < width ? i + distance : -1,
                i / width + distance < height ? i + distance * width : -1
            };
            for (int other : others) {
                if (other >= 0 && pixels[i].length > 0 && pixels[other].length > 0) {
                    double r = product(pixels[i], pixels[other]);
                    sum += r * r;
                    pairs++;
                }
            }
        }
        return pairs == 0 ? 0 : sum / pairs;
    }

    /// Each pixel over the pictures with mean 0 and length 1; without values where it is always the same.
    private static double[][] standardized(Column pictures, int count) {
        Shape shape = pictures.sampleShape();
        int channels = shape.dim(2);
        double[][] pixels = new double[shape.dim(0) * shape.dim(1)][];
        float[] all = pictures.slice(0, count).tensor().values();
        for (int i = 0; i < pixels.length; i++) {
            double[] values = new double[count];
            double mean = 0;
            for (int row = 0; row < count; row++) {
                for (int c = 0; c < channels; c++) {
                    values[row] += all[(row * pixels.length + i) * channels + c];
                }
                mean += values[row] / count;
            }
            pixels[i] = unit(values, mean);
        }
        return pixels;
    }

    private static double[] unit(double[] values, double mean) {
        int lit = 0;
        double squares = 0;
        for (int row = 0; row < values.length; row++) {
            lit += values[row] > 0 ? 1 : 0;
            values[row] -= mean;
            squares += values[row] * values[row];
        }
        if (lit < Math.min(FEWEST, values.length) || squares == 0) {
            return new double[0];
        }
        double length = Math.sqrt(squares);
        for (int row = 0; row < values.length; row++) {
            values[row] /= length;
        }
        return values;
    }

    private static double product(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /// The correlation of weights with those beside them, all maps together: 0 where a weight says nothing of its
    /// neighbour. Weights that are 0 are left out.
    ///
    /// @param maps by row, column and map
    static double inMaps(float[] maps, int height, int width) {
        int count = maps.length / (height * width);
        var sums = new Sums();
        for (int place = 0; place < height * width; place++) {
            for (int map = 0; map < count; map++) {
                float value = maps[place * count + map];
                if (place % width + 1 < width) {
                    sums.add(value, maps[(place + 1) * count + map]);
                }
                if (place / width + 1 < height) {
                    sums.add(value, maps[(place + width) * count + map]);
                }
            }
        }
        return sums.correlation();
    }

    /// Sums over pairs in which each value comes first as often as second.
    private static final class Sums {
        private long count;
        private double sum;
        private double squares;
        private double products;

        void add(float one, float other) {
            if (one != 0 && other != 0) {
                count += 2;
                sum += one + other;
                squares += one * one + other * other;
                products += 2.0 * one * other;
            }
        }

        double correlation() {
            if (count == 0) {
                return 0;
            }
            double mean = sum / count;
            double variance = squares / count - mean * mean;
            return variance <= 0 ? 0 : (products / count - mean * mean) / variance;
        }
    }
}
