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

/// One number: the hours after twelve, 0 to 12, half past five as 5.5; or the minutes after twelve, 0 to 719. What an answer
/// has beyond the dial begins it anew.
///
/// @param minutesOfOne the minutes that make one: 60 for hours, 1 for minutes
/// @param circular whether the loss knows that twelve follows eleven ([CircularError]), or is the squared error
public record NumberCodec(int minutesOfOne, boolean circular) implements TimeCodec {
    private static final String OUTPUT = "time_number";

    /// Hours after twelve with the squared error.
    public static final NumberCodec HOURS = new NumberCodec(60, false);

    /// Hours after twelve with the error on a circle.
    public static final NumberCodec CIRCULAR_HOURS = new NumberCodec(60, true);

    /// Minutes after twelve with the squared error.
    public static final NumberCodec MINUTES = new NumberCodec(1, false);

    @Override
    public String name() {
        return (circular ? "circular-" : "") + (minutesOfOne == 60 ? "hours" : "minutes");
    }

    @Override
    public String description() {
        return "one number, the "
                + (minutesOfOne == 60 ? "hours" : "minutes")
                + " after twelve"
                + (circular ? ", error on a circle" : "");
    }

    @Override
    public List<SymbolicTensor> head(SymbolicTensor features) {
        return List.of(new Dense(1).named(OUTPUT).apply(features));
    }

    @Override
    public Losses losses() {
        return Losses.of(
                circular
                        ? new CircularError((double) ClockDataset.MINUTES / minutesOfOne)
                        : new MeanSquaredError());
    }

    private float[] numbers(int[] times) {
        float[] numbers = new float[times.length];
        for (int i = 0; i < times.length; i++) {
            numbers[i] = (float) times[i] / minutesOfOne;
        }
        return numbers;
    }

    @Override
    public SequencedMap<String, Column> encode(int[] times) {
        var targets = new LinkedHashMap<String, Column>();
        targets.put(OUTPUT, Column.of(numbers(times), times.length, 1));
        return targets;
    }

    @Override
    public SequencedMap<String, Tensor> perfect(int[] times) {
        var answers = new LinkedHashMap<String, Tensor>();
        answers.put(OUTPUT, Tensor.of(numbers(times), times.length, 1));
        return answers;
    }

    @Override
    public int[] decode(Map<String, Tensor> answers) {
        float[] numbers = Objects.requireNonNull(answers.get(OUTPUT), OUTPUT).values();
        int[] told = new int[numbers.length];
        for (int i = 0; i < told.length; i++) {
            long minutes = Math.round((double) numbers[i] * minutesOfOne);
            told[i] = (int) Math.floorMod(minutes, (long) ClockDataset.MINUTES);
        }
        return told;
    }
}
