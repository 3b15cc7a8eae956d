package dev.gnomon.study.permuted;

import dev.gnomon.data.PixelPermutation;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Model;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.study.Trial;
import dev.gnomon.study.TrialResult;
import dev.gnomon.study.TrialRoom;
import dev.gnomon.study.TrialTraining;
import dev.gnomon.study.permuted.PermutedPixels.Extent;
import dev.gnomon.tensor.Shape;
import dev.gnomon.train.EarlyStopping;
import dev.gnomon.train.Fit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Trains a network with one seed on plain or permuted pictures. The same seed gives the same first weights and the same
/// order of the pictures, whichever they are.
record PermutedTrial(Cell cell, int seed, Extent extent) {
    static final double RATE = 1e-3;
    private static final int READ_AT_ONCE = 250;

    static final String ACCURACY = "test_accuracy";
    static final String LOSS = "test_loss";
    static final String VALIDATION_ACCURACY = "validation_accuracy";
    static final String VALIDATION_LOSS = "validation_loss";
    static final String SECONDS = "seconds";
    static final String PARAMETERS = "parameters";
    static final String EPOCHS = "epochs";

    /// The correlation of neighbouring weights of the first layer: as they are, and with the pixels back at their places.
    static final String NEIGHBOURS = "first_layer_neighbours";

    static final String NEIGHBOURS_UNDONE = "first_layer_neighbours_undone";

    /// What the training added to the weights of some units of the first layer, unit by unit; of the first seed only.
    static final String WEIGHTS = "first_layer_weights";

    static final int WEIGHTS_SHOWN = 8;
    static final int FILTERS_SHOWN = 24;

    Trial trial(PermutedPictures pictures) {
        var parts = pictures.of(cell.set());
        double cost = cell.network().cost(parts.shape()) * parts.train().size();
        return new Trial(cell.factors(seed), cost, room -> run(room, pictures.of(cell.set())));
    }

    private @Nullable TrialResult run(TrialRoom room, PermutedPictures.Parts plain) {
        var parts = cell.permuted() ? plain.permuted() : plain;
        try (var model = cell.network().model(plain.shape())) {
            model.initialize(seed)
                    .compile(
                            new Adam(RATE),
                            new SparseCategoricalCrossentropy(),
                            Metrics.accuracy());
            float[] first = firstLayer(model).clone();
            var fit =
                    Fit.epochs(extent.epochs())
                            .withBatchSize(extent.batch())
                            .withSeed(seed)
                            .withValidation(parts.validation())
                            .withoutLint();
            var stopping =
                    new EarlyStopping()
                            .withPatience(extent.patience())
                            .withRestoreBestWeights(true);
            var done = new TrialTraining(room).train(model, parts.train(), fit, stopping);
            if (done == null) {
                return null;
            }
            var test = model.evaluate(parts.test(), READ_AT_ONCE);
            var validation = model.evaluate(parts.validation(), READ_AT_ONCE);
            var figures = new LinkedHashMap<String, Double>();
            figures.put(ACCURACY, test.get("accuracy"));
            figures.put(LOSS, test.loss());
            figures.put(VALIDATION_ACCURACY, validation.get("accuracy"));
            figures.put(VALIDATION_LOSS, validation.loss());
            figures.put(SECONDS, done.seconds());
            figures.put(PARAMETERS, (double) model.countParams());
            figures.put(EPOCHS, (double) done.history().epochs().size());
            var series = new LinkedHashMap<String, List<Double>>();
            done.put(series);
            look(model, first, plain, figures, series);
            return new TrialResult(cell.factors(seed), figures, series);
        }
    }

    private static float[] firstLayer(Model model) {
        return model.weight(model.weightPaths().getFirst()).values();
    }

    /// What the first layer has learnt: of a Dense layer the difference to its first weights, since those of pixels that
    /// are seldom lit stay what they were; of a convolution its filters.
    private void look(
            Model model,
            float[] first,
            PermutedPictures.Parts parts,
            SequencedMap<String, Double> figures,
            SequencedMap<String, List<Double>> series) {
        float[] weights = firstLayer(model).clone();
        if (cell.network() == Network.CNN) {
            figures.put(NEIGHBOURS, Neighbours.inMaps(weights, 3, 3));
            if (seed == 1) {
                int filters = weights.length / (9 * parts.shape().dim(2));
                series.put(WEIGHTS, units(weights, filters, FILTERS_SHOWN));
            }
            return;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] -= first[i];
        }
        int height = parts.shape().dim(0);
        int width = parts.shape().dim(1);
        figures.put(NEIGHBOURS, Neighbours.inMaps(weights, height, width));
        if (cell.permuted()) {
            float[] back = undone(weights, height, width, parts.permutation());
            figures.put(NEIGHBOURS_UNDONE, Neighbours.inMaps(back, height, width));
        }
        if (seed == 1) {
            int units = Math.toIntExact(weights.length / parts.shape().elements());
            series.put(WEIGHTS, units(weights, units, WEIGHTS_SHOWN));
        }
    }

    /// Values of permuted pixels with each pixel back at its place.
    static float[] undone(float[] values, int height, int width, PixelPermutation permutation) {
        var shape = Shape.of(height, width, values.length / (height * width));
        float[] back = new float[values.length];
        permutation.inverse().prepare(shape).apply(values, back);
        return back;
    }

    /// The units with the largest weights, one after the other, each with its inputs in their order.
    private static List<Double> units(float[] weights, int units, int shown) {
        int inputs = weights.length / units;
        double[] squares = new double[units];
        for (int i = 0; i < weights.length; i++) {
            squares[i % units] += (double) weights[i] * weights[i];
        }
        List<Double> all = new ArrayList<>();
        IntStream.range(0, units)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer unit) -> squares[unit]).reversed())
                .limit(shown)
                .forEach(unit -> {
                    for (int i = 0; i < inputs; i++) {
                        all.add(Math.round(weights[i * units + unit] * 1e4) / 1e4);
                    }
                });
        return all;
    }
}
