package dev.gnomon.cli;

import dev.gnomon.check.Check;
import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.transform.Flip;
import dev.gnomon.data.transform.RandomFlip;
import dev.gnomon.layer.Identity;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.model.Functional;
import dev.gnomon.model.Model;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.Logs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/// What a model answers on average for each picture as it is and mirrored left to right.
///
/// @param model with one input, pictures
record MirroredModel(Model model, int batchSize) {
    private static final String MEAN = "mean_of_";

    /// The averages, by the names of the outputs.
    SequencedMap<String, Tensor> predict(Dataset samples) {
        var mirrored = samples.map(new Flip(RandomFlip.Mode.HORIZONTAL));
        var averages = new LinkedHashMap<>(model.predict(samples, batchSize));
        model.predict(mirrored, batchSize)
                .forEach((name, answers) -> averages.merge(name, answers, MirroredModel::average));
        return averages;
    }

    private static Tensor average(Tensor a, Tensor b) {
        float[] values = a.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] + b.values()[i]) / 2;
        }
        return new Tensor(a.shape(), values);
    }

    private static Dataset judged(SequencedMap<String, Column> averages, Dataset samples) {
        var judged = Dataset.of(averages, samples.targets());
        for (var weight : samples.sampleWeights().entrySet()) {
            judged = judged.withSampleWeight(weight.getKey(), weight.getValue());
        }
        var weight = samples.sampleWeight();
        return weight == null ? judged : judged.withSampleWeight(weight);
    }

    private static int[] sample(Tensor values) {
        return Arrays.copyOfRange(values.shape().dims(), 1, values.shape().rank());
    }

    /// Answers a model that this is not for.
    static void check(Model model) {
        int rank = model.inputShapes().getFirst().sample().rank();
        Check.config(
                model.inputs().size() == 1 && (rank == 2 || rank == 3),
                "--mirrored is for models of one input, pictures, but %s takes %s.",
                model.name(),
                model.inputShapes());
        for (int i = 0; i < model.outputs().size(); i++) {
            boolean clocks =
                    ClockDataset.tellsTime(
                            model.outputNames().get(i), model.outputShapes().get(i).last());
            Check.config(
                    !clocks, "--mirrored is not for clocks: a mirrored one tells another time.");
        }
    }

    /// Loss and metrics of averages; of the loss, no penalties of weights are part.
    Logs evaluate(SequencedMap<String, Tensor> averages, Dataset samples) {
        var columns = new LinkedHashMap<String, Column>();
        List<SymbolicTensor> inputs = new ArrayList<>();
        List<SymbolicTensor> outputs = new ArrayList<>();
        averages.forEach((name, values) -> {
            columns.put(MEAN + name, Column.of(values));
            var input = Input.of(sample(values)).named(MEAN + name);
            inputs.add(input);
            outputs.add(new Identity().named(name).apply(input));
        });
        var compiled = Objects.requireNonNull(model.compiled(), "compiled");
        try (var judge = Functional.of(inputs, outputs)) {
            judge.compile(compiled.optimizer(), compiled.losses(), compiled.metrics());
            return judge.evaluate(judged(columns, samples), batchSize);
        }
    }
}
