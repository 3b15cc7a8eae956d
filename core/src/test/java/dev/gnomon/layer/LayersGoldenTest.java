package dev.gnomon.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.Golden;
import dev.gnomon.activation.Activation;
import dev.gnomon.graph.Gradients;
import dev.gnomon.graph.Value;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.kernel.reference.GraphEvaluator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Outputs, gradients and new states of layers against real Keras.
class LayersGoldenTest {
    private static final Golden GOLDEN = Golden.read("layers");
    private static final double TOLERANCE = 2e-5;

    private static Map<String, Layer> layers() {
        Map<String, Layer> layers = new LinkedHashMap<>();
        Size tall = Size.of(3, 2);
        layers.put("dense", new Dense(3).withActivation(Activation.TANH));
        layers.put("dense_places", new Dense(3).withUseBias(false));
        layers.put("conv", new Conv2D(3, 3).withActivation(Activation.RELU));
        layers.put("conv_same", new Conv2D(3, tall).withPadding(Padding.SAME));
        layers.put(
                "conv_same_strides", new Conv2D(3, tall).withStrides(2).withPadding(Padding.SAME));
        layers.put("conv_strides", new Conv2D(2, 2).withStrides(Size.of(2, 3)));
        layers.put(
                "conv_dilated",
                new Conv2D(2, 2).withDilationRate(Size.of(2, 3)).withPadding(Padding.SAME));
        layers.put(
                "conv_one",
                new Conv2D(2, 1).withStrides(2).withPadding(Padding.SAME).withUseBias(false));
        layers.put("max_pool", new MaxPooling2D());
        layers.put("max_pool_same", new MaxPooling2D(3).withStrides(2).withPadding(Padding.SAME));
        layers.put("average_pool", new AveragePooling2D(Size.of(2, 3)));
        layers.put(
                "average_pool_same",
                new AveragePooling2D(3).withStrides(2).withPadding(Padding.SAME));
        layers.put("global_average", new GlobalAveragePooling2D());
        layers.put("global_max_keep", new GlobalMaxPooling2D().withKeepdims(true));
        layers.put("norm_training", new BatchNormalization());
        layers.put("norm", new BatchNormalization().withMomentum(0.9).withEpsilon(0.01));
        layers.put("norm_plain", new BatchNormalization().withCenter(false).withScale(false));
        layers.put("flatten", new Flatten());
        layers.put("reshape", new Reshape(3, -1, 2));
        layers.put("zero_padding", new ZeroPadding2D(new Edges(1, 0, 2, 3)));
        layers.put("add", new Add());
        layers.put("add_stretched", new Add());
        layers.put("concatenate", new Concatenate());
        layers.put("concatenate_first", new Concatenate(1));
        layers.put("relu", new ReLU());
        layers.put("relu_all", new ReLU(1.0, 0.1, 0.3));
        layers.put("relu_slope", new ReLU().withNegativeSlope(0.1));
        layers.put("relu_six", new ReLU().withMaxValue(6.0));
        layers.put("softmax", new Softmax());
        layers.put("rescaling", new Rescaling(1 / 127.5, -1));
        return layers;
    }

    static Stream<Arguments> samples() {
        return layers().entrySet().stream()
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void equalsKeras(String key, Layer layer) {
        var scope = new TestScope(key.equals("norm_training") || key.equals("norm_plain"));
        List<Value> inputs = new ArrayList<>();
        Map<String, double[]> data = new HashMap<>();
        for (int i = 0; GOLDEN.has(key + "/input_" + i); i++) {
            String path = key + "/input_" + i;
            inputs.add(scope.graph.input(path, GOLDEN.batched(path)));
            data.put(path, GOLDEN.values(path));
        }
        Value output = layer.build(scope, inputs);
        assertThat(output.shape()).isEqualTo(GOLDEN.batched(key + "/output"));
        Map<String, double[]> variables = new HashMap<>();
        Stream.concat(scope.weights.entrySet().stream(), scope.states.entrySet().stream())
                .forEach(entry -> {
                    String path = key + "/" + entry.getKey();
                    assertThat(entry.getValue().shape()).as(path).isEqualTo(GOLDEN.shape(path));
                    variables.put(entry.getKey(), GOLDEN.values(path));
                });
        Map<String, Value> results = new LinkedHashMap<>();
        results.put(key + "/output", output);
        scope.updates.forEach((name, value) -> results.put(key + "/" + name + "/after", value));
        Value weight = scope.graph.input("weight", output.shape());
        data.put("weight", GOLDEN.values(key + "/weight"));
        Map<String, Value> sources = new LinkedHashMap<>();
        inputs.forEach(input -> sources.put("input_" + sources.size(), input));
        sources.putAll(scope.weights);
        List<Value> gradients =
                Gradients.of(output.mul(weight).sumAll(), List.copyOf(sources.values()));
        var gradient = gradients.iterator();
        sources.keySet()
                .forEach(source -> results.put(key + "/" + source + "/gradient", gradient.next()));
        int batch = GOLDEN.shape(key + "/output").dim(0);
        results.forEach((path, value) ->
                GOLDEN.check(
                        path,
                        GraphEvaluator.value(value, data, variables, StepContext.of(1, batch)),
                        TOLERANCE));
    }

    @Test
    void everyGoldenLayerIsChecked() {
        assertThat(GOLDEN.keys())
                .allMatch(key -> layers().containsKey(key.substring(0, key.indexOf('/'))));
    }
}
