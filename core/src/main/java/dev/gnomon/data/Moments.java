package dev.gnomon.data;

import static dev.gnomon.check.Check.data;

import dev.gnomon.data.transform.Standardize;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Means and deviations of the channels of samples.
final class Moments {
    private Moments() {}

    /// Over all samples and all places, for each channel of pictures `[height, width, channels]`, else for all values.
    static Standardize of(Column column) {
        data(
                column.rows() > 0 && column.sampleElements() > 0,
                "standardize: there are no samples to find mean and deviation of.");
        int channels = column.sampleShape().rank() == 3 ? column.sampleShape().last() : 1;
        double[] sums = new double[channels];
        double[] squares = new double[channels];
        float[] sample = new float[column.sampleElements()];
        var memory = MemorySegment.ofArray(sample);
        for (int row = 0; row < column.rows(); row++) {
            column.copyRange(row, 1, memory, 0);
            for (int i = 0; i < sample.length; i++) {
                sums[i % channels] += sample[i];
                squares[i % channels] += (double) sample[i] * sample[i];
            }
        }
        List<Double> means = new ArrayList<>();
        List<Double> deviations = new ArrayList<>();
        double count = (double) column.rows() * sample.length / channels;
        for (int c = 0; c < channels; c++) {
            double mean = sums[c] / count;
            double variance = squares[c] / count - mean * mean;
            data(
                    variance > 0,
                    "standardize: all values of channel %d are %s, so there is no deviation to divide by.",
                    c,
                    mean);
            means.add(mean);
            deviations.add(Math.sqrt(variance));
        }
        return new Standardize(means, deviations);
    }
}
