package dev.gnomon.clock;

import static dev.gnomon.activation.Activation.SOFTMAX;

import dev.gnomon.check.Check;
import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.Column;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.loss.CategoricalCrossentropy;
import dev.gnomon.loss.Losses;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.tensor.DType;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/// A class for each part of the dial. A class tells its middle.
///
/// With a spread, a picture belongs to the classes around its own too, the less the farther they are, the short way round
/// the dial: so the network learns that neighbours are alike.
///
/// @param classes how many; a divisor of 720
/// @param spread the deviation of the normal curve over the classes, in minutes; 0 for the own class alone
public record ClassCodec(int classes, double spread) implements TimeCodec {
    private static final String OUTPUT = "time_class";
    private static final ValueLayout.OfFloat LITTLE_ENDIAN =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    public ClassCodec {
        Check.config(
                classes >= 2 && ClockDataset.MINUTES % classes == 0,
                "ClassCodec: the number of classes must divide 720, but is %d.",
                classes);
        Check.config(
                spread >= 0 && spread < ClockDataset.MINUTES,
                "ClassCodec: the spread must be at least 0 minutes and less than 720, but is %s.",
                spread);
    }

    public ClassCodec(int classes) {
        this(classes, 0);
    }

    private int width() {
        return ClockDataset.MINUTES / classes;
    }

    @Override
    public String name() {
        return (spread > 0 ? "soft-classes-" : "classes-") + classes;
    }

    @Override
    public String description() {
        String each = width() == 1 ? "each minute" : "each " + width() + " minutes";
        return "a class for " + each + (spread > 0 ? ", neighbours alike" : "");
    }

    @Override
    public List<SymbolicTensor> head(SymbolicTensor features) {
        return List.of(new Dense(classes).withActivation(SOFTMAX).named(OUTPUT).apply(features));
    }

    @Override
    public Losses losses() {
        return Losses.of(
                spread > 0 ? new CategoricalCrossentropy() : new SparseCategoricalCrossentropy());
    }

    @Override
    public SequencedMap<String, Column> encode(int[] times) {
        var targets = new LinkedHashMap<String, Column>();
        int[] own = times.clone();
        targets.put(
                OUTPUT,
                spread > 0
                        ? Column.of(
                                own.length,
                                Shape.of(classes),
                                DType.FLOAT32,
                                (row, target) -> soft(own[row], target))
                        : Column.labels(classes(own)));
        return targets;
    }

    private int[] classes(int[] times) {
        int[] numbers = new int[times.length];
        for (int i = 0; i < times.length; i++) {
            numbers[i] = times[i] / width();
        }
        return numbers;
    }

    private int middle(int number) {
        return number * width() + width() / 2;
    }

    private void soft(int time, MemorySegment target) {
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            sum += weight(time, i);
        }
        for (int i = 0; i < classes; i++) {
            target.set(LITTLE_ENDIAN, (long) i * Float.BYTES, (float) (weight(time, i) / sum));
        }
    }

    private double weight(int time, int number) {
        double away = ClockDataset.minutesBetween(time, middle(number)) / spread;
        return StrictMath.exp(-away * away / 2);
    }

    @Override
    public SequencedMap<String, Tensor> perfect(int[] times) {
        float[] shares = new float[times.length * classes];
        int[] numbers = classes(times);
        for (int i = 0; i < times.length; i++) {
            shares[i * classes + numbers[i]] = 1;
        }
        var answers = new LinkedHashMap<String, Tensor>();
        answers.put(OUTPUT, Tensor.of(shares, times.length, classes));
        return answers;
    }

    @Override
    public int[] decode(Map<String, Tensor> answers) {
        int[] told = Objects.requireNonNull(answers.get(OUTPUT), OUTPUT).argMax();
        for (int i = 0; i < told.length; i++) {
            told[i] = middle(told[i]);
        }
        return told;
    }
}
