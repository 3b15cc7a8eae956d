package dev.gnomon.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gnomon.graph.GradientCheck;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.keras.KerasTypes;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.kernel.reference.GraphEvaluator;
import dev.gnomon.layer.Layer;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.model.Model;
import dev.gnomon.plan.Plan.Kernels;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What every layer keeps.
class LayerContractTest {
    private static final int BATCH = 3;

    @TempDir private Path folder;

    @Test
    void everyLayerHasASampleWithItsRules() {
        var sampled =
                LayerSamples.all().stream()
                        .filter(sample -> !sample.isVariant())
                        .map(sample -> sample.layer.getClass())
                        .toList();
        Types.check(Layer.class, LayerSamples.class, sampled, LayerSamples.WITHOUT, Map.of());
        assertThat(sampled).doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicContainer> layers() {
        return LayerSamples.all().stream()
                .map(sample -> Named.tests(sample.toString(), tests(sample)));
    }

    private Stream<DynamicTest> tests(LayerSample sample) {
        Stream<DynamicTest> own =
                Stream.of(
                        dynamicTest("comes back from Keras's form", () -> comesBack(sample)),
                        dynamicTest("has the weights stated", () -> weights(sample)),
                        dynamicTest("has the shape that was inferred", () -> shapes(sample)),
                        dynamicTest("has right gradients", () -> gradients(sample)),
                        dynamicTest("trains and infers alike, unless stated", () -> modes(sample)));
        Stream<DynamicTest> trial = Trial.ofNetwork(sample::amongOthers, 2).tests(folder);
        Stream<DynamicTest> rules =
                sample.isVariant() ? sample.rules().tests().limit(1) : sample.rules().tests();
        return Stream.of(own, trial, rules).flatMap(tests -> tests);
    }

    private static void comesBack(LayerSample sample) {
        Record settings = (Record) sample.layer;
        assertThat(KerasTypes.className(settings)).isEqualTo(sample.kerasName);
        assertThat(sample.layer.kerasName()).isEqualTo(sample.kerasName);
        assertThat(KerasTypes.throughJson(Layer.class, settings)).isEqualTo(settings);
    }

    private static void weights(LayerSample sample) {
        Map<String, Shape> expected = new LinkedHashMap<>();
        sample.weights.forEach((name, shape) -> expected.put("tried/" + name, shape));
        List<String> trained = new ArrayList<>(expected.keySet());
        sample.states.forEach((name, shape) -> expected.put("tried/" + name, shape));
        try (Model model = sample.alone()) {
            Map<String, Shape> actual = new LinkedHashMap<>();
            model.weights().forEach((path, tensor) -> actual.put(path, tensor.shape()));
            assertThat(actual).containsExactlyEntriesOf(expected);
            assertThat(model.trainablePaths()).isEqualTo(trained);
            long count = expected.values().stream().mapToLong(Shape::elements).sum();
            assertThat(model.countParams()).isEqualTo(count);
            assertThat(
                            model.layer("tried")
                                    .countParams(model.inputs().toArray(SymbolicTensor[]::new)))
                    .isEqualTo(count);
        }
    }

    private static void shapes(LayerSample sample) {
        for (Kernels kernels : Kernels.values()) {
            try (Model model = sample.alone().withKernels(kernels)) {
                assertThat(model.outputShapes()).containsExactly(sample.output());
                var data = Trial.batch(sample::alone, Trial.random("y", sample.output(), 0, 1));
                Tensor result = model.predict(data, Trial.BATCH).firstEntry().getValue();
                assertThat(result.shape()).isEqualTo(sample.output().bind(Trial.BATCH));
            }
        }
    }

    private static void gradients(LayerSample sample) {
        for (boolean training : new boolean[] {false, true}) {
            new GradientCheck(
                            new GradientCheck.Expression(
                                    sample.toString(),
                                    -1,
                                    1,
                                    sample.sources(),
                                    sources -> sample.build(sources, training)))
                    .run();
        }
    }

    private static void modes(LayerSample sample) {
        double[] inference = forward(sample, false);
        double[] training = forward(sample, true);
        assertThat(!Arrays.equals(inference, training))
                .as("the output while training differs")
                .isEqualTo(sample.differs());
        assertThat(forward(sample, true)).as("a second time").isEqualTo(training);
    }

    private static double[] forward(LayerSample sample, boolean training) {
        var graph = new Graph();
        Map<String, double[]> inputs = new LinkedHashMap<>();
        List<Value> sources = new ArrayList<>();
        for (Shape shape : sample.sources()) {
            String name = "x" + sources.size();
            float[] values = Trial.values(name, (int) shape.elements(BATCH), -1, 1);
            double[] wide = new double[values.length];
            Arrays.setAll(wide, i -> values[i]);
            inputs.put(name, wide);
            sources.add(graph.input(name, shape));
        }
        Value output = sample.build(sources, training);
        return GraphEvaluator.value(output, inputs, Map.of(), StepContext.of(7, BATCH));
    }
}
