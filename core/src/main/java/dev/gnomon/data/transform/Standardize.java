package dev.gnomon.data.transform;

import static dev.gnomon.check.Check.config;
import static dev.gnomon.check.Check.shape;

import dev.gnomon.tensor.Shape;
import java.util.List;

/// Brings values to mean 0 and standard deviation 1: `(v - mean) / std`, with figures for each channel (the last axis).
///
/// `dataset.standardize()` finds the figures of a data set; those of the training part are used for all parts.
///
/// @param mean one for each channel
/// @param std one for each channel, each above 0
public record Standardize(List<Double> mean, List<Double> std) implements Transform {
    public Standardize {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        config(
                !mean.isEmpty() && mean.size() == std.size(),
                "Standardize: as many deviations as means are needed, but there are %d means and %d deviations.",
                mean.size(),
                std.size());
        for (double value : std) {
            config(
                    value > 0 && Double.isFinite(value),
                    "Standardize: a deviation must be above 0 and finite, but is %s.",
                    value);
        }
    }

    /// The same figures for all values.
    public Standardize(double mean, double std) {
        this(List.of(mean), List.of(std));
    }

    @Override
    public Step prepare(Shape sample) {
        int channels = mean.size();
        shape(
                channels == 1 || (sample.rank() >= 1 && sample.last() == channels),
                "Standardize: there are figures for %d channels, but the samples are %s.",
                channels,
                sample);
        float[] factor = new float[channels];
        float[] offset = new float[channels];
        for (int c = 0; c < channels; c++) {
            factor[c] = (float) (1 / std.get(c));
            offset[c] = (float) (-mean.get(c) / std.get(c));
        }
        return Transform.step(sample, (from, to) -> apply(from, to, factor, offset));
    }

    private static void apply(float[] from, float[] to, float[] factor, float[] offset) {
        int channels = factor.length;
        for (int i = 0; i < to.length; i += channels) {
            for (int c = 0; c < channels; c++) {
                to[i + c] = from[i + c] * factor[c] + offset[c];
            }
        }
    }
}
