package dev.gnomon.examples;

import dev.gnomon.data.transform.Augmentation;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;

/// Adds normal noise to every value.
///
/// @param deviation the standard deviation of the noise
public record Noise(double deviation) implements Augmentation {
    @Override
    public Step prepare(Shape sample) {
        return (bits, from, to) -> {
            var key = new Key(bits);
            for (int i = 0; i < from.length; i++) {
                to[i] = (float) (from[i] + deviation * key.normalAt(i));
            }
        };
    }
}
