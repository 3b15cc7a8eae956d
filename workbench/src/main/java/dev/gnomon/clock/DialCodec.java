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

/// The place of the time on the dial, twelve hours being a turn, as sine and cosine: where the hour hand points.
public record DialCodec() implements TimeCodec {
    private static final String OUTPUT = "dial";

    @Override
    public String name() {
        return "dial";
    }

    @Override
    public String description() {
        return "sine and cosine of the dial";
    }

    @Override
    public List<SymbolicTensor> head(SymbolicTensor features) {
        return List.of(new Dense(2).named(OUTPUT).apply(features));
    }

    @Override
    public Losses losses() {
        return Losses.of(new MeanSquaredError());
    }

    private static float[] values(int[] times) {
        return Angles.of(times, time -> time / (double) ClockDataset.MINUTES);
    }

    @Override
    public SequencedMap<String, Column> encode(int[] times) {
        var targets = new LinkedHashMap<String, Column>();
        targets.put(OUTPUT, Angles.column(values(times), times.length));
        return targets;
    }

    @Override
    public SequencedMap<String, Tensor> perfect(int[] times) {
        var answers = new LinkedHashMap<String, Tensor>();
        answers.put(OUTPUT, Angles.tensor(values(times), times.length));
        return answers;
    }

    @Override
    public int[] decode(Map<String, Tensor> answers) {
        float[] values = Objects.requireNonNull(answers.get(OUTPUT), OUTPUT).values();
        int[] told = new int[values.length / 2];
        for (int i = 0; i < told.length; i++) {
            long minute = Math.round(Angles.turn(values, 2 * i) * ClockDataset.MINUTES);
            told[i] = (int) Math.floorMod(minute, (long) ClockDataset.MINUTES);
        }
        return told;
    }
}
