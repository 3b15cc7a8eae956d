package dev.gnomon.contract;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.TANH;

import dev.gnomon.initializer.RandomNormal;
import dev.gnomon.initializer.RandomUniform;
import dev.gnomon.layer.ActivationLayer;
import dev.gnomon.layer.Add;
import dev.gnomon.layer.AveragePooling2D;
import dev.gnomon.layer.BatchNormalization;
import dev.gnomon.layer.Concatenate;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Edges;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.GlobalAveragePooling2D;
import dev.gnomon.layer.GlobalMaxPooling2D;
import dev.gnomon.layer.Identity;
import dev.gnomon.layer.Layer;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.Padding;
import dev.gnomon.layer.ReLU;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.layer.Reshape;
import dev.gnomon.layer.Size;
import dev.gnomon.layer.Softmax;
import dev.gnomon.layer.WeightConfig;
import dev.gnomon.layer.ZeroPadding2D;
import dev.gnomon.regularizer.L2;
import dev.gnomon.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The samples of layers: a new layer needs a row here.
final class LayerSamples {
    /// Layers without a sample.
    static final Map<String, String> WITHOUT =
            Map.of("dev.gnomon.model.Model", "it is made of layers, and has tests of its own");

    private LayerSamples() {}

    static List<LayerSample> all() {
        return Stream.of(products(), windows(), pooling(), shapes(), joining(), elements())
                .flatMap(List::stream)
                .toList();
    }

    private static LayerSample of(Layer layer, int... input) {
        return of(layer.kerasName(), "", layer, input);
    }

    private static LayerSample of(String kerasName, String note, Layer layer, int... input) {
        return new LayerSample(kerasName, note, layer, List.of(Shape.batched(input)));
    }

    private static LayerSample of(Layer layer, int[]... inputs) {
        List<Shape> shapes = Arrays.stream(inputs).map(Shape::batched).toList();
        return new LayerSample(layer.kerasName(), "", layer, shapes);
    }

    private static List<LayerSample> products() {
        return List.of(
                of("Dense", "", new Dense(3).withActivation(TANH), 5)
                        .weight("kernel", 5, 3)
                        .weight("bias", 3)
                        .output(3)
                        .refuses("units", 0, "Dense: units must be at least 1, but is 0."),
                of(
                                "Dense",
                                "on images, all settings",
                                new Dense(3)
                                        .withUseBias(false)
                                        .withKernelInitializer(new RandomNormal())
                                        .withKernelRegularizer(new L2(0.02))
                                        .withActivityRegularizer(new L2(0.03)),
                                4,
                                3,
                                2)
                        .weight("kernel", 2, 3)
                        .output(4, 3, 3)
                        .variant(),
                of("Conv2D", "", new Conv2D(4, 3).withActivation(TANH), 6, 5, 2)
                        .weight("kernel", 3, 3, 2, 4)
                        .weight("bias", 4)
                        .output(4, 3, 4)
                        .refuses("filters", 0, "Conv2D: filters must be at least 1, but is 0.")
                        .refuses("groups", 0, "Conv2D: groups must be at least 1, but is 0.")
                        .refuses(
                                "groups",
                                3,
                                "Conv2D: filters must be a multiple of groups, but are 4 and 3.")
                        .refuses(
                                "kernelSize",
                                new Size(0, 3),
                                "Conv2D: kernelSize must be at least 1, but is 0×3.")
                        .refuses(
                                "strides",
                                new Size(1, 0),
                                "Conv2D: strides must be at least 1, but is 1×0.")
                        .refuses(
                                "dilationRate",
                                new Size(-1, 1),
                                "Conv2D: dilationRate must be at least 1, but is -1×1."),
                of("Conv2D", "strides, same", same(3, 3).withStrides(2), 6, 5, 2)
                        .weight("kernel", 3, 3, 2, 3)
                        .weight("bias", 3)
                        .output(3, 3, 3)
                        .refuses(
                                "dilationRate",
                                Size.of(2),
                                "Conv2D: strides and dilationRate cannot both be above 1, but are"
                                        + " 2×2 and 2×2.")
                        .variant(),
                of("Conv2D", "groups", same(4, 2).withGroups(2).withUseBias(false), 4, 4, 2)
                        .weight("kernel", 2, 2, 1, 4)
                        .output(4, 4, 4)
                        .variant(),
                of("Conv2D", "dilation", new Conv2D(2, 2).withDilationRate(2), 5, 4, 1)
                        .weight("kernel", 2, 2, 1, 2)
                        .weight("bias", 2)
                        .output(3, 2, 2)
                        .variant(),
                of(
                                "BatchNormalization",
                                "",
                                new BatchNormalization()
                                        .withMomentum(0.8)
                                        .withGamma(WeightConfig.of(new RandomUniform(0.5, 1.5))),
                                3,
                                2)
                        .weight("gamma", 2)
                        .weight("beta", 2)
                        .state("moving_mean", 2)
                        .state("moving_variance", 2)
                        .output(3, 2)
                        .differsInTraining()
                        .free("axis") // checked against the input when it is built
                        .refuses(
                                "momentum",
                                1.5,
                                "BatchNormalization: momentum must be within 0 and 1, but is 1.5.")
                        .refuses(
                                "momentum",
                                -0.5,
                                "BatchNormalization: momentum must be within 0 and 1, but is -0.5.")
                        .refuses(
                                "epsilon",
                                0.0,
                                "BatchNormalization: epsilon must be above 0, but is 0.0."),
                of(
                                "BatchNormalization",
                                "bare",
                                new BatchNormalization().withCenter(false).withScale(false),
                                3)
                        .state("moving_mean", 3)
                        .state("moving_variance", 3)
                        .output(3)
                        .differsInTraining()
                        .variant());
    }

    private static Conv2D same(int filters, int kernelSize) {
        return new Conv2D(filters, kernelSize).withPadding(Padding.SAME);
    }

    private static List<LayerSample> windows() {
        return List.of(
                of(new MaxPooling2D(2), 5, 4, 2)
                        .output(2, 2, 2)
                        .refuses(
                                "poolSize",
                                new Size(0, 2),
                                "MaxPooling2D: poolSize must be at least 1, but is 0×2.")
                        .refuses(
                                "strides",
                                new Size(2, 0),
                                "MaxPooling2D: strides must be at least 1, but is 2×0."),
                of(
                                "MaxPooling2D",
                                "strides, same",
                                new MaxPooling2D(3).withStrides(2).withPadding(Padding.SAME),
                                5,
                                4,
                                2)
                        .output(3, 2, 2)
                        .variant(),
                of(new AveragePooling2D(2), 5, 4, 2)
                        .output(2, 2, 2)
                        .refuses(
                                "poolSize",
                                new Size(0, 2),
                                "AveragePooling2D: poolSize must be at least 1, but is 0×2.")
                        .refuses(
                                "strides",
                                new Size(2, 0),
                                "AveragePooling2D: strides must be at least 1, but is 2×0."),
                of(
                                "AveragePooling2D",
                                "strides, same",
                                new AveragePooling2D(3).withStrides(2).withPadding(Padding.SAME),
                                5,
                                4,
                                2)
                        .output(3, 2, 2)
                        .variant());
    }

    private static List<LayerSample> pooling() {
        return List.of(
                of(new GlobalAveragePooling2D(), 3, 4, 2).output(2),
                of("GlobalAveragePooling2D", "kept", new GlobalAveragePooling2D(true), 3, 4, 2)
                        .output(1, 1, 2)
                        .variant(),
                of(new GlobalMaxPooling2D(), 3, 4, 2).output(2),
                of("GlobalMaxPooling2D", "kept", new GlobalMaxPooling2D(true), 3, 4, 2)
                        .output(1, 1, 2)
                        .variant());
    }

    private static List<LayerSample> shapes() {
        return List.of(
                of(new Flatten(), 3, 2, 2).output(12),
                of(new Reshape(2, -1), 3, 4)
                        .output(2, 6)
                        .refuses(
                                "targetShape",
                                List.of(2, 0),
                                "Reshape: sizes must be at least 1, or -1 for what is left over,"
                                        + " but are [2, 0].")
                        .refuses(
                                "targetShape",
                                List.of(-1, -1),
                                "Reshape: only one size can be -1, but they are [-1, -1]."),
                of(new ZeroPadding2D(new Edges(1, 0, 2, 1)), 2, 3, 2)
                        .output(3, 6, 2)
                        .refuses(
                                "padding",
                                new Edges(0, 0, -1, 0),
                                "ZeroPadding2D: padding must be at least 0, but is Edges[top=0,"
                                        + " bottom=0, left=-1, right=0]."));
    }

    private static List<LayerSample> joining() {
        int[] images = {2, 3, 2};
        return List.of(
                of(new Add(), images, new int[] {2, 1, 2}, new int[] {2}).output(2, 3, 2),
                of(new Concatenate(), images, new int[] {2, 3, 1})
                        .output(2, 3, 3)
                        .refuses("axis", 0, "Concatenate: axis 0 is the batch; use another."));
    }

    private static List<LayerSample> elements() {
        return List.of(
                of(new Dropout(0.3), 4, 3)
                        .output(4, 3)
                        .differsInTraining()
                        .refuses("rate", 1.5, "Dropout: rate must be within 0 and 1, but is 1.5.")
                        .refuses(
                                "rate", -0.1, "Dropout: rate must be within 0 and 1, but is -0.1."),
                of("Dropout", "everything", new Dropout(1), 4)
                        .output(4)
                        .differsInTraining()
                        .variant(),
                of("Dropout", "nothing", new Dropout(0), 4).output(4).variant(),
                of("Activation", "", new ActivationLayer(RELU), 7).output(7),
                of(new ReLU(), 7)
                        .output(7)
                        .refuses(
                                "maxValue", -1.0, "ReLU: maxValue must be at least 0, but is -1.0.")
                        .refuses(
                                "negativeSlope",
                                -0.5,
                                "ReLU: negativeSlope must be at least 0, but is -0.5.")
                        .refuses(
                                "threshold",
                                -0.5,
                                "ReLU: threshold must be at least 0, but is -0.5."),
                of("ReLU", "all settings", new ReLU(0.6, 0.2, 0.1), 7).output(7).variant(),
                of("ReLU", "leaky", new ReLU().withNegativeSlope(0.3), 7).output(7).variant(),
                of(new Softmax(), 3, 4).output(3, 4).free("axis"),
                of(new Rescaling(1 / 3.0, -0.5), 5).output(5).free("scale", "offset"),
                of(new Identity(), 5).output(5));
    }
}
