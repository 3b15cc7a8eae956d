package dev.gnomon.clock;

import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.Column;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.loss.Losses;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/// Sine and cosine of both hands. The minute is read from the minute hand, the hour is the one at which the hour hand agrees
/// best.
public record HandsCodec() implements TimeCodec {
    @Override
    public String name() {
        return "hands";
    }

    @Override
    public String description() {
        return "sine and cosine of both hands";
    }

    @Override
    public List<SymbolicTensor> head(SymbolicTensor features) {
        return List.of(new Dense(4).named(ClockDataset.TIME).apply(features));
    }

    @Override
    public Losses losses() {
        return Losses.of(new MeanSquaredError());
    }

    private static float[] values(int[] times) {
        return Angles.of(
                times, time -> time / (double) ClockDataset.MINUTES, time -> time % 60 / 60.0);
    }

    @Override
    public SequencedMap<String, Column> encode(int[] times) {
        var targets = new LinkedHashMap<String, Column>();
        targets.put(ClockDataset.TIME, Angles.column(values(times), times.length));
        return targets;
    }

    @Override
    public SequencedMap<String, Tensor> perfect(int[] times) {
        var answers = new LinkedHashMap<String, Tensor>();
        answers.put(ClockDataset.TIME, Angles.tensor(values(times), times.length));
        return answers;
    }

    @Override
    public int[] decode(Map<String, Tensor> answers) {
        return ClockDataset.times(
                Objects.requireNonNull(answers.get(ClockDataset.TIME), ClockDataset.TIME));
    }
}
