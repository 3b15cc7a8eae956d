package dev.gnomon.study.permuted;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SOFTMAX;

import dev.gnomon.figure.Svg;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.Padding;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The two networks of the study: one that does not know which pixels are neighbours, and one that is built on it. Neither
/// has dropout, so that nothing but the layers differs.
enum Network {
    /// The network of the preset `mlp`.
    MLP,

    /// Two convolutions with pooling, then a Dense layer.
    CNN;

    private static final int CLASSES = 10;

    /// About how long a picture of a shape takes, in any unit.
    double cost(Shape picture) {
        return switch (this) {
            case MLP -> picture.elements();
            case CNN -> 10.0 * picture.dim(0) * picture.dim(1);
        };
    }

    /// What it is called in results and files.
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Network of(String id) {
        return Arrays.stream(values())
                .filter(network -> network.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    String colour() {
        return Svg.colour(this == MLP ? 0 : 1);
    }

    /// The network without weights for pictures of a shape.
    Model model(Shape picture) {
        return switch (this) {
            case MLP ->
                    Sequential.named(
                            id(),
                            List.of(
                                    Input.of(picture.dims()),
                                    new Rescaling(1 / 255.0),
                                    new Flatten(),
                                    new Dense(300).withActivation(RELU),
                                    new Dense(100).withActivation(RELU),
                                    new Dense(CLASSES).withActivation(SOFTMAX)));
            case CNN ->
                    Sequential.named(
                            id(),
                            List.of(
                                    Input.of(picture.dims()),
                                    new Rescaling(1 / 255.0),
                                    convolution(32),
                                    new MaxPooling2D(2),
                                    convolution(64),
                                    new MaxPooling2D(2),
                                    new Flatten(),
                                    new Dense(128).withActivation(RELU),
                                    new Dense(CLASSES).withActivation(SOFTMAX)));
        };
    }

    private static Conv2D convolution(int filters) {
        return new Conv2D(filters, 3).withPadding(Padding.SAME).withActivation(RELU);
    }
}
