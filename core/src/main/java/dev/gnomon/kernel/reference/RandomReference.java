package dev.gnomon.kernel.reference;

import dev.gnomon.kernel.DropoutStream;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.random.Key;

/// Ops that draw random numbers.
final class RandomReference {
    private RandomReference() {}

    static double[] dropout(
            float rate, String stream, int samples, double[] x, StepContext context) {
        Key step = DropoutStream.step(context, stream);
        int threshold = DropoutStream.threshold(rate);
        int size = samples == 0 ? 0 : x.length / samples;
        double[] y = new double[x.length];
        for (int sample = 0; sample < samples; sample++) {
            Key key = DropoutStream.sample(step, context.firstSample() + sample);
            for (int element = 0; element < size; element++) {
                int i = sample * size + element;
                y[i] =
                        DropoutStream.keeps(key, element, threshold)
                                ? x[i] * DropoutStream.scale(rate)
                                : 0;
            }
        }
        return y;
    }
}
