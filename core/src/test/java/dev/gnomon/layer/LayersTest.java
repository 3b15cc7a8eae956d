package dev.gnomon.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.activation.Activation;
import dev.gnomon.check.ConfigException;
import dev.gnomon.check.ShapeException;
import dev.gnomon.constraint.MaxNorm;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.Value;
import dev.gnomon.initializer.HeNormal;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.kernel.reference.GraphEvaluator;
import dev.gnomon.random.Key;
import dev.gnomon.regularizer.L2;
import dev.gnomon.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LayersTest {
    static Stream<Arguments> shapes() {
        Shape image = Shape.batched(28, 27, 4);
        return Stream.of(
                Arguments.of(new Dense(5), Shape.batched(7), Shape.batched(5)),
                Arguments.of(new Dense(5), Shape.batched(3, 7), Shape.batched(3, 5)),
                Arguments.of(new Conv2D(6, 3), image, Shape.batched(26, 25, 6)),
                Arguments.of(new Conv2D(6, 3).withGroups(2), image, Shape.batched(26, 25, 6)),
                Arguments.of(
                        new Conv2D(6, 5).withStrides(2).withPadding(Padding.SAME),
                        image,
                        Shape.batched(14, 14, 6)),
                Arguments.of(new Conv2D(6, 3).withDilationRate(4), image, Shape.batched(20, 19, 6)),
                Arguments.of(new MaxPooling2D(2), image, Shape.batched(14, 13, 4)),
                Arguments.of(
                        new AveragePooling2D(3).withStrides(1), image, Shape.batched(26, 25, 4)),
                Arguments.of(new GlobalAveragePooling2D(true), image, Shape.batched(1, 1, 4)),
                Arguments.of(new GlobalMaxPooling2D(), image, Shape.batched(4)),
                Arguments.of(new Flatten(), image, Shape.batched(3024)),
                Arguments.of(new Flatten(), Shape.batched(), Shape.batched(1)),
                Arguments.of(new Reshape(-1, 12), image, Shape.batched(252, 12)),
                Arguments.of(new BatchNormalization(), image, image),
                Arguments.of(new ZeroPadding2D(1, 2), image, Shape.batched(30, 31, 4)),
                Arguments.of(new ActivationLayer(Activation.GELU), image, image),
                Arguments.of(new Identity(), image, image),
                Arguments.of(new Softmax(3), image, image),
                Arguments.of(new Dropout(0.5), image, image));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void shapeOfTheOutput(Layer layer, Shape input, Shape output) {
        assertThat(layer.apply(Input.of(input.sample().dims())).shape()).isEqualTo(output);
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                refused(() -> new Dense(0), "Dense: units must be at least 1, but is 0."),
                refused(() -> new Conv2D(0, 3), "Conv2D: filters must be at least 1, but is 0."),
                refused(
                        () -> new Conv2D(1, 0),
                        "Conv2D: kernelSize must be at least 1, but is 0×0."),
                refused(
                        () -> new Conv2D(5, 3).withGroups(2),
                        "Conv2D: filters must be a multiple of groups, but are 5 and 2."),
                refused(
                        () -> new Conv2D(5, 3).withStrides(2).withDilationRate(2),
                        "Conv2D: strides and dilationRate cannot both be above 1, but are 2×2 and 2×2."),
                refused(
                        () -> new MaxPooling2D(0),
                        "MaxPooling2D: poolSize must be at least 1, but is 0×0."),
                refused(
                        () -> new Dropout(1.5),
                        "Dropout: rate must be within 0 and 1, but is 1.5."),
                refused(
                        () -> new BatchNormalization().withMomentum(2),
                        "BatchNormalization: momentum must be within 0 and 1, but is 2.0."),
                refused(
                        () -> new Reshape(3, -1, -1),
                        "Reshape: only one size can be -1, but they are [3, -1, -1]."),
                refused(
                        () -> new Reshape(0),
                        "Reshape: sizes must be at least 1, or -1 for what is left over, but are [0]."),
                refused(() -> new Concatenate(0), "Concatenate: axis 0 is the batch; use another."),
                refused(
                        () -> new ReLU().withThreshold(-1),
                        "ReLU: threshold must be at least 0, but is -1.0."));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void refusesSettings(ThrowingCallable settings, String message) {
        assertThatThrownBy(settings).isInstanceOf(ConfigException.class).hasMessage(message);
    }

    static Stream<Arguments> inputs() {
        return Stream.of(
                Arguments.of(
                        new Conv2D(8, 7),
                        Shape.batched(5, 5, 64),
                        "Conv2D: A 7×7 window does not fit an input of 5×5. Received [batch, 5, 5, 64]. Use padding SAME"
                                + " or a smaller window. The layer's input is [batch, 5, 5, 64]."),
                Arguments.of(
                        new Conv2D(8, 3),
                        Shape.batched(28, 28),
                        "Conv2D: The input must be images [batch, height, width, channels]; add a missing axis with"
                                + " Reshape. The layer's input is [batch, 28, 28]."),
                Arguments.of(
                        new Conv2D(8, 3).withGroups(2),
                        Shape.batched(28, 28, 3),
                        "Conv2D: 3 channels cannot be split into 2 groups. The layer's input is [batch, 28, 28, 3]."),
                Arguments.of(
                        new Dense(8),
                        Shape.batched(),
                        "Dense: The input must have a last axis of features, [batch, …, features]; add it with Reshape."
                                + " The layer's input is [batch]."),
                Arguments.of(
                        new Reshape(3, -1),
                        Shape.batched(10),
                        "Reshape: 10 values of a sample do not fit the shape [3, -1]. The layer's input is [batch, 10]."),
                Arguments.of(
                        new Softmax(1),
                        Shape.batched(4, 4),
                        "Softmax: Only the last axis (-1) is supported, but axis is 1. The layer's input is [batch, 4,"
                                + " 4]."),
                Arguments.of(
                        new Add(),
                        Shape.batched(4),
                        "Add: It needs two inputs or more. The layer's input is [batch, 4]."),
                Arguments.of(
                        new Concatenate(2),
                        Shape.batched(4),
                        "Concatenate: The inputs have 2 axes, but axis is 2. The layer's input is [batch, 4]."));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void refusesInputs(Layer layer, Shape input, String message) {
        assertThatThrownBy(() -> layer.apply(Input.of(input.sample().dims())))
                .isInstanceOf(ShapeException.class)
                .hasMessage(message);
    }

    @Test
    void oneInputLayersRefuseTwo() {
        var a = Input.of(4);
        assertThatThrownBy(() -> new ActivationLayer(Activation.RELU).apply(a, a))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("Activation takes one input, but received 2.");
    }

    @Test
    void settingsOfWeightsReachTheScope() {
        var dense =
                new Dense(2)
                        .withKernelInitializer(new HeNormal())
                        .withKernelRegularizer(new L2())
                        .withBiasConstraint(new MaxNorm(1));
        assertThat(dense.settings().kernel())
                .isEqualTo(new WeightConfig(new HeNormal(), new L2(), null));
        assertThat(dense.settings().bias().constraint()).isEqualTo(new MaxNorm(1));
        assertThat(dense).isEqualTo(dense.withUseBias(true)).isNotEqualTo(new Dense(2));
    }

    @Test
    void activityRegularizerIsDividedByTheBatch() {
        var scope = new TestScope(true);
        Value x = scope.graph.input("x", Shape.batched(1));
        new Dense(1).withUseBias(false).withActivityRegularizer(new L2(0.5)).build(scope, x);
        var inputs = Map.of("x", new double[] {1, 2, 3, 4});
        var weights = Map.of("kernel", new double[] {2});
        double[] loss =
                GraphEvaluator.value(
                        scope.losses.getFirst(), inputs, weights, StepContext.of(1, 4));
        assertThat(loss).containsExactly(0.5 * 4 * 30 / 4);
    }

    @Test
    void softmaxIsTheLastOp() {
        var scope = new TestScope(true);
        Value x = scope.graph.input("x", Shape.batched(3));
        Value y = new Dense(4).withActivation(Activation.SOFTMAX).build(scope, x);
        assertThat(y.op()).isInstanceOf(Op.Softmax.class);
    }

    @Test
    void groupsAreConvolutionsSideBySide() {
        Key key = Key.of(1);
        double[] image = random(key, 2 * 4 * 4 * 4);
        double[] kernel = random(key.child(2), 3 * 3 * 2 * 6);
        var scope = new TestScope(false);
        Value x = scope.graph.input("x", Shape.batched(4, 4, 4));
        var conv = new Conv2D(6, 3).withUseBias(false);
        Value grouped = conv.withGroups(2).build(scope, x);
        Value weight = scope.weight("kernel", Shape.SCALAR, conv.settings().kernel());
        Op.Window window = Padding.VALID.window(Size.of(3), Size.of(1), Size.of(1), x.shape());
        Value left = x.slice(3, 0, 2).conv2d(weight.slice(3, 0, 3), window, 1);
        Value right = x.slice(3, 2, 2).conv2d(weight.slice(3, 3, 3), window, 1);
        Value joined = scope.graph.concat(3, List.of(left, right));
        var inputs = Map.of("x", image);
        var variables = Map.of("kernel", kernel);
        StepContext context = StepContext.of(1, 2);
        assertThat(GraphEvaluator.value(grouped, inputs, variables, context))
                .isEqualTo(GraphEvaluator.value(joined, inputs, variables, context));
    }

    @Test
    void dropoutDropsOnlyWhileTraining() {
        var inference = new TestScope(false);
        Value x = inference.graph.input("x", Shape.batched(1000));
        assertThat(new Dropout(0.5).build(inference, x)).isEqualTo(x);
        var training = new TestScope(true);
        Value y = training.graph.input("x", Shape.batched(1000));
        double[] ones = new double[1000];
        Arrays.fill(ones, 1);
        Map<String, double[]> inputs = Map.of("x", ones);
        Value dropped = new Dropout(0.25).build(training, y);
        double[] values = GraphEvaluator.value(dropped, inputs, Map.of(), StepContext.of(1, 1));
        assertThat(Arrays.stream(values).filter(value -> value == 0).count()).isBetween(200L, 300L);
        assertThat(
                        Arrays.stream(values)
                                .allMatch(value -> value == 0 || Math.abs(value - 4 / 3.0) < 1e-6))
                .isTrue();
        Value none = new Dropout(1).build(training, y);
        assertThat(GraphEvaluator.value(none, inputs, Map.of(), StepContext.of(1, 1)))
                .containsOnly(0);
    }

    @Test
    void batchNormalizationDeclaresInKerasOrder() {
        var scope = new TestScope(false);
        new BatchNormalization().build(scope, scope.graph.input("x", Shape.batched(3)));
        assertThat(scope.weights.keySet()).containsExactly("gamma", "beta");
        assertThat(scope.states.keySet()).containsExactly("moving_mean", "moving_variance");
        assertThat(scope.updates).isEmpty();
    }

    @Test
    void namesAreThoseOfKeras() {
        assertThat(new ActivationLayer(Activation.RELU).kerasName()).isEqualTo("Activation");
        assertThat(new MaxPooling2D().kerasName()).isEqualTo("MaxPooling2D");
    }

    private static Arguments refused(ThrowingCallable settings, String message) {
        return Arguments.of(settings, message);
    }

    private static double[] random(Key key, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = key.normalAt(i);
        }
        return values;
    }
}
