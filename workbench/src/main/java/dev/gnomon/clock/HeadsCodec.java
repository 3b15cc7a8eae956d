package dev.gnomon.clock;

import static dev.gnomon.activation.Activation.SOFTMAX;

import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.Column;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.loss.Losses;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/// Two outputs: the hour as one of twelve classes, and the minute. The time is what both say, each for itself.
///
/// @param minute how the minute is told
public record HeadsCodec(Minute minute) implements TimeCodec {
    /// How the minute is told.
    public enum Minute {
        /// As one of 60 classes.
        CLASS,
        /// As a part of the hour, 0 to 1, with the squared error.
        NUMBER,
        /// As sine and cosine of the minute hand.
        ANGLE
    }

    private static final String HOUR = "hour";
    private static final String MINUTE = "minute";
    private static final int HOURS = 12;
    private static final int OF_HOUR = 60;

    /// How much more the squared errors of the minute weigh than the hour's loss: they are far smaller.
    public static final double MINUTE_WEIGHT = 10;

    @Override
    public String name() {
        return switch (minute) {
            case CLASS -> "hour-and-minute-classes";
            case NUMBER -> "hour-class-minute-number";
            case ANGLE -> "hour-class-minute-angle";
        };
    }

    @Override
    public String description() {
        return "two heads: a class for each hour, and the minute as "
                + switch (minute) {
                    case CLASS -> "a class";
                    case NUMBER -> "a number";
                    case ANGLE -> "sine and cosine";
                };
    }

    private int width() {
        return switch (minute) {
            case CLASS -> OF_HOUR;
            case NUMBER -> 1;
            case ANGLE -> 2;
        };
    }

    @Override
    public List<SymbolicTensor> head(SymbolicTensor features) {
        var hour = new Dense(HOURS).withActivation(SOFTMAX).named(HOUR).apply(features);
        var last = new Dense(width());
        last = minute == Minute.CLASS ? last.withActivation(SOFTMAX) : last;
        return List.of(hour, last.named(MINUTE).apply(features));
    }

    @Override
    public Losses losses() {
        var losses = Losses.perOutput().with(HOUR, new SparseCategoricalCrossentropy()).weight(1);
        return minute == Minute.CLASS
                ? losses.with(MINUTE, new SparseCategoricalCrossentropy()).weight(1)
                : losses.with(MINUTE, new MeanSquaredError()).weight(MINUTE_WEIGHT);
    }

    @Override
    public SequencedMap<String, Column> encode(int[] times) {
        int[] hours = new int[times.length];
        int[] minutes = new int[times.length];
        for (int i = 0; i < times.length; i++) {
            hours[i] = times[i] / OF_HOUR;
            minutes[i] = times[i] % OF_HOUR;
        }
        var targets = new LinkedHashMap<String, Column>();
        targets.put(HOUR, Column.labels(hours));
        targets.put(
                MINUTE,
                minute == Minute.CLASS
                        ? Column.labels(minutes)
                        : Angles.column(minuteValues(times), times.length));
        return targets;
    }

    private float[] minuteValues(int[] times) {
        if (minute == Minute.ANGLE) {
            return Angles.of(times, time -> time % OF_HOUR / (double) OF_HOUR);
        }
        float[] parts = new float[times.length];
        for (int i = 0; i < times.length; i++) {
            parts[i] = times[i] % OF_HOUR / (float) OF_HOUR;
        }
        return parts;
    }

    @Override
    public SequencedMap<String, Tensor> perfect(int[] times) {
        float[] hours = new float[HOURS * times.length];
        float[] minutes = new float[OF_HOUR * times.length];
        for (int i = 0; i < times.length; i++) {
            hours[HOURS * i + times[i] / OF_HOUR] = 1;
            minutes[OF_HOUR * i + times[i] % OF_HOUR] = 1;
        }
        var answers = new LinkedHashMap<String, Tensor>();
        answers.put(HOUR, Tensor.of(hours, times.length, HOURS));
        answers.put(
                MINUTE,
                minute == Minute.CLASS
                        ? Tensor.of(minutes, times.length, OF_HOUR)
                        : Angles.tensor(minuteValues(times), times.length));
        return answers;
    }

    @Override
    public int[] decode(Map<String, Tensor> answers) {
        int[] hours = Objects.requireNonNull(answers.get(HOUR), HOUR).argMax();
        Tensor minutes = Objects.requireNonNull(answers.get(MINUTE), MINUTE);
        int[] told = minute == Minute.CLASS ? minutes.argMax() : new int[hours.length];
        for (int i = 0; i < told.length; i++) {
            long read =
                    switch (minute) {
                        case CLASS -> told[i];
                        case NUMBER -> Math.round((double) minutes.values()[i] * OF_HOUR);
                        case ANGLE ->
                                Math.floorMod(
                                        Math.round(Angles.turn(minutes.values(), 2 * i) * OF_HOUR),
                                        (long) OF_HOUR);
                    };
            told[i] =
                    (int)
                            Math.floorMod(
                                    (long) OF_HOUR * hours[i] + read, (long) ClockDataset.MINUTES);
        }
        return told;
    }
}
