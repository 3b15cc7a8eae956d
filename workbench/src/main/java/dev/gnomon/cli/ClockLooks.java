package dev.gnomon.cli;

import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.clock.Clocks;
import dev.gnomon.model.Model;
import dev.gnomon.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Reads clocks by looking at each picture fourteen times: from four distances; then at each of the four dials found so, turned
/// upright and in the middle; then three times at the dial that the surest of these upright looks has found, and so again.
///
/// The time is told by the sum of the probabilities of all looks, squared and made to add up to 1: so it is right about as often
/// as it is sure, which the plain mean, spread by looks that saw little, is not. All else that the model tells is of the surest
/// upright look, with places in the whole picture. Scores count as the probabilities that they stand for.
///
/// @param model as [#arePossible] says
/// @param atOnce how many pictures are looked at together
record ClockLooks(Model model, int atOnce) {
    /// Pictures should be so many times as wide as those that the model takes: what is seen from nearer is then sharp.
    static final int DETAIL = 3;

    private static final List<Double> ZOOMS = List.of(1.0, 0.8, 1.25, 1.6);
    private static final int ROUNDS = 2;

    /// From the dial's middle to its numerals, in widths of a look: as in most of the clocks that are drawn.
    private static final double RADIUS = 0.28;

    private static final List<Double> RADII = List.of(0.24, RADIUS, 0.32);

    /// How many looks are taken.
    static final int COUNT = 2 * ZOOMS.size() + ROUNDS * RADII.size();

    /// What was read.
    ///
    /// @param outputs as those of the model
    /// @param surest what was seen in the surest look at each picture, as the model takes it
    record Answers(SequencedMap<String, Tensor> outputs, Tensor surest) {}

    /// Whether a model can look again: it takes one square grey picture, tells the places of the dial's parts, and has a
    /// probability or a score for each time.
    static boolean arePossible(Model model) {
        var shape = model.inputShapes().getFirst().sample();
        boolean grey =
                model.inputs().size() == 1
                        && shape.rank() >= 2
                        && shape.dim(0) == shape.dim(1)
                        && shape.elements() == (long) shape.dim(0) * shape.dim(1);
        int points = model.outputNames().indexOf(ClockDataset.POINTS);
        return grey
                && points >= 0
                && model.outputShapes().get(points).last() == Clocks.POINT_VALUES
                && model.outputShapes().stream()
                        .anyMatch(output -> output.last() == ClockDataset.MINUTES);
    }

    /// Whether it pays: where the model has learned clocks of many kinds. One that knows a single clock from its usual
    /// distances reads it no better.
    ///
    /// @param known the provenance of the model
    static boolean pay(Model model, JsonNode known) {
        return arePossible(model) && known.path("style").asString("").equals("any");
    }

    /// Reads pictures.
    ///
    /// @param pictures grey and square, `[n, side, side]` or `[n, side, side, 1]`, with values from 0 to 255
    Answers read(Column pictures) {
        List<Looked> all = new ArrayList<>();
        for (int from = 0; from < pictures.rows(); from += atOnce) {
            int to = Math.min(pictures.rows(), from + atOnce);
            all.addAll(some(pictures.slice(from, to).tensor()));
        }
        var outputs = new LinkedHashMap<String, Tensor>();
        for (String name : model.outputNames()) {
            outputs.put(name, stacked(all.stream().map(one -> one.answer(name)).toList()));
        }
        return new Answers(outputs, stacked(all.stream().map(one -> one.seen).toList()));
    }

    private List<Looked> some(Tensor pictures) {
        List<Looked> all = Stream.generate(Looked::new).limit(pictures.shape().dim(0)).toList();
        for (double zoom : ZOOMS) {
            var frames = all.stream().map(_ -> ClockFrame.ofMiddle(zoom)).toList();
            lookUpright(pictures, all, look(pictures, all, frames, false), RADIUS);
        }
        for (int round = 0; round < ROUNDS; round++) {
            var dials = all.stream().map(one -> one.answer(ClockDataset.POINTS)).toList();
            RADII.forEach(radius -> lookUpright(pictures, all, dials, radius));
        }
        return all;
    }

    private void lookUpright(Tensor pictures, List<Looked> all, List<Tensor> dials, double radius) {
        look(
                pictures,
                all,
                dials.stream().map(dial -> ClockFrame.ofDial(dial, radius)).toList(),
                true);
    }

    /// Looks at each picture in a frame.
    ///
    /// @return where the parts of each dial were found, in the whole picture
    private List<Tensor> look(
            Tensor pictures, List<Looked> all, List<ClockFrame> frames, boolean upright) {
        int side = pictures.shape().dim(1);
        var sample = model.inputShapes().getFirst().sample();
        int size = sample.dim(0);
        float[] seen = new float[all.size() * size * size];
        for (int i = 0; i < all.size(); i++) {
            frames.get(i).look(row(pictures, i).values(), side, seen, i * size * size, size);
        }
        var looks = Column.of(seen, all.size(), size, size).withSampleShape(sample.dims());
        var inputs = new LinkedHashMap<String, Column>();
        inputs.put(model.inputNames().getFirst(), looks);
        var outputs = model.predict(Dataset.of(inputs, new LinkedHashMap<>()), atOnce);
        Tensor seenOnes = looks.tensor();
        Tensor points = Objects.requireNonNull(outputs.get(ClockDataset.POINTS));
        List<Tensor> dials = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            var dial = frames.get(i).inPicture(row(points, i));
            all.get(i).add(outputs, i);
            if (upright) {
                all.get(i).compare(outputs, i, dial, row(seenOnes, i));
            }
            dials.add(dial);
        }
        return dials;
    }

    /// A row of values.
    static Tensor row(Tensor values, int row) {
        int[] dims = values.shape().dims();
        int width = values.size() / dims[0];
        return Tensor.of(
                Arrays.copyOfRange(values.values(), row * width, (row + 1) * width),
                Arrays.copyOfRange(dims, 1, dims.length));
    }

    private static Tensor stacked(List<Tensor> rows) {
        int width = rows.getFirst().size();
        float[] values = new float[rows.size() * width];
        for (int row = 0; row < rows.size(); row++) {
            System.arraycopy(rows.get(row).values(), 0, values, row * width, width);
        }
        var sample = IntStream.of(rows.getFirst().shape().dims());
        return Tensor.of(values, IntStream.concat(IntStream.of(rows.size()), sample).toArray());
    }

    /// What was seen so far in a picture.
    private static final class Looked {
        private final float[] sums = new float[ClockDataset.MINUTES];
        private final Map<String, Tensor> surest = new HashMap<>();
        private Tensor seen = Tensor.scalar(0);
        private double confidence;

        /// Adds a row of outputs to what is told of the time.
        void add(SequencedMap<String, Tensor> outputs, int row) {
            float[] told = ClockAnswer.probabilities(outputs, row);
            for (int time = 0; time < sums.length; time++) {
                sums[time] += told[time];
            }
        }

        /// Keeps the look where it is surer than those before.
        void compare(SequencedMap<String, Tensor> outputs, int row, Tensor dial, Tensor look) {
            var answer = ClockAnswer.of(outputs, row);
            if (surest.isEmpty() || answer.confidence() > confidence) {
                confidence = answer.confidence();
                outputs.forEach((name, values) -> surest.put(name, row(values, row)));
                surest.put(ClockDataset.POINTS, dial);
                seen = look;
            }
        }

        /// What the looks tell in an output.
        Tensor answer(String output) {
            Tensor told = Objects.requireNonNull(surest.get(output));
            if (told.size() != sums.length) {
                return told;
            }
            double all = 0;
            for (float sum : sums) {
                all += sum * sum;
            }
            float[] share = new float[sums.length];
            for (int time = 0; time < share.length; time++) {
                share[time] = (float) (sums[time] * sums[time] / all);
            }
            return Tensor.of(share, share.length);
        }
    }
}
