package dev.gnomon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.model.Model;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.plan.Plan.Kernels;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.Logs;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// A small compiled model in which one part is tried, with a batch for it.
///
/// @param model makes the model, always the same
/// @param data the batch
record Trial(Supplier<Model> model, Dataset data) {
    /// Shards of two samples and of one.
    static final int BATCH = 9;

    /// float32 on one side and `double` on the other, over sums of at most a few hundred products: 1e-5 of the value, or
    /// of 1 where it is smaller. Some steps may double what forward
    /// differs by.
    private static final double TOLERANCE = 2e-5;

    private static final int STEPS = 3;

    /// What is left after some steps.
    private record Outcome(Map<String, Tensor> state, List<Logs> logs, Tensor prediction) {}

    /// Trained towards random numbers by gradient descent with momentum, so that there are slots.
    static Trial ofNetwork(Supplier<Model> network, int... labels) {
        Supplier<Model> compiled =
                () ->
                        network.get()
                                .compile(
                                        new SGD(0.1).withMomentum(0.5).withNesterov(true),
                                        new MeanSquaredError());
        return new Trial(compiled, batch(network, random("y", Shape.batched(labels), -1, 1)));
    }

    /// Random inputs for a model, and labels.
    static Dataset batch(Supplier<Model> network, Column labels) {
        var inputs = new LinkedHashMap<String, Column>();
        var targets = new LinkedHashMap<String, Column>();
        try (Model model = network.get()) {
            for (int i = 0; i < model.inputNames().size(); i++) {
                String name = model.inputNames().get(i);
                inputs.put(name, random(name, model.inputShapes().get(i), -1, 1));
            }
            targets.put(model.outputNames().getFirst(), labels);
        }
        return Dataset.of(inputs, targets);
    }

    /// Random numbers for a batch of samples.
    static Column random(String name, Shape shape, double low, double high) {
        Shape whole = shape.bind(BATCH);
        return Column.of(values(name, (int) whole.elements(), low, high), whole.dims());
    }

    static float[] values(String name, int count, double low, double high) {
        Key key = Key.of(11).child(name);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (low + (high - low) * key.uniformAt(i));
        }
        return values;
    }

    /// The tests that every part of a model passes.
    Stream<DynamicTest> tests(Path folder) {
        return Stream.of(
                DynamicTest.dynamicTest(
                        "steps alike on both kernel sets",
                        () -> {
                            kernelsAgree(1);
                            kernelsAgree(STEPS);
                        }),
                DynamicTest.dynamicTest(
                        "gives the same bits with 1, 2 and 3 threads", this::threads),
                DynamicTest.dynamicTest("repeats with the same seed", this::repeats),
                DynamicTest.dynamicTest(
                        "goes on from a file as if it had not stopped", () -> goesOn(folder)));
    }

    private void kernelsAgree(int steps) {
        Outcome fast = run(Kernels.ONEDNN, 2, 3, steps);
        Outcome slow = run(Kernels.REFERENCE, 1, 3, steps);
        close("prediction", fast.prediction, slow.prediction);
        assertThat(fast.state.keySet()).isEqualTo(slow.state.keySet());
        fast.state.forEach((path, tensor) -> close(path, tensor, need(slow.state, path)));
        for (String figure : fast.logs.getLast().values().keySet()) {
            double expected = slow.logs.getLast().get(figure);
            assertThat(fast.logs.getLast().get(figure))
                    .as(figure)
                    .isCloseTo(expected, within(expected));
        }
    }

    private void threads() {
        Outcome one = run(Kernels.ONEDNN, 1, 3, STEPS);
        assertThat(run(Kernels.ONEDNN, 2, 3, STEPS)).isEqualTo(one);
        assertThat(run(Kernels.ONEDNN, 3, 3, STEPS)).isEqualTo(one);
        Outcome slow = run(Kernels.REFERENCE, 1, 3, STEPS);
        assertThat(run(Kernels.REFERENCE, 3, 3, STEPS)).isEqualTo(slow);
    }

    private void repeats() {
        Outcome first = run(Kernels.ONEDNN, 2, 3, STEPS);
        assertThat(run(Kernels.ONEDNN, 2, 3, STEPS)).isEqualTo(first);
        assertThat(run(Kernels.ONEDNN, 2, 4, STEPS)).isNotEqualTo(first);
    }

    private void goesOn(Path folder) {
        Path file = folder.resolve("part.keras");
        try (Model model = make(Kernels.ONEDNN, 2, 3)) {
            model.trainOnBatch(data);
            model.save(file);
            Logs logs = model.trainOnBatch(data);
            try (Model loaded = Model.load(file).withThreads(2)) {
                assertThat(loaded.compiled()).isEqualTo(model.compiled());
                assertThat(loaded.trainOnBatch(data)).isEqualTo(logs);
                assertThat(loaded.state().tensors()).isEqualTo(model.state().tensors());
                assertThat(loaded.state().iteration()).isEqualTo(model.state().iteration());
            }
        }
    }

    private Model make(Kernels kernels, int threads, long seed) {
        return model.get().initialize(seed).withKernels(kernels).withThreads(threads);
    }

    private Outcome run(Kernels kernels, int threads, long seed, int steps) {
        try (Model model = make(kernels, threads, seed)) {
            List<Logs> logs =
                    IntStream.range(0, steps).mapToObj(_ -> model.trainOnBatch(data)).toList();
            logs.forEach(each ->
                    each.values().forEach((name, value) -> assertThat(value).as(name).isFinite()));
            Tensor prediction = model.predict(data, BATCH).firstEntry().getValue();
            return new Outcome(model.state().tensors(), logs, prediction);
        }
    }

    private static Tensor need(Map<String, Tensor> tensors, String path) {
        Tensor tensor = tensors.get(path);
        assertThat(tensor).as(path).isNotNull();
        return java.util.Objects.requireNonNull(tensor);
    }

    /// Compares float32 with what was computed in `double`.
    static void close(String what, Tensor actual, Tensor expected) {
        assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
        for (int i = 0; i < expected.size(); i++) {
            double value = expected.values()[i];
            assertThat((double) actual.values()[i])
                    .as("%s, element %d", what, i)
                    .isCloseTo(value, within(value));
        }
    }

    private static org.assertj.core.data.Offset<Double> within(double value) {
        return org.assertj.core.api.Assertions.within(TOLERANCE * Math.max(1, Math.abs(value)));
    }
}
