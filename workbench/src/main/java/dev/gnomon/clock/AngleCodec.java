package dev.gnomon.clock;

import static dev.gnomon.activation.Activation.TANH;

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

/// Sine and cosine of the place of the time on the dial, where the hour hand points; or of both hands. Of both, the minute is
/// read from the minute hand, and the hour is the one at which the hour hand agrees best.
///
/// @param bothHands whether the minute hand's come behind the hour hand's
/// @param bounded whether a tanh keeps the answers between -1 and 1, where sine and cosine are; else they are linear
public record AngleCodec(boolean bothHands, boolean bounded) implements TimeCodec {
    /// The dial, twelve hours being a turn.
    public static final AngleCodec DIAL = new AngleCodec(false, false);

    /// Both hands.
    public static final AngleCodec HANDS = new AngleCodec(true, false);

    /// Both hands, bounded.
    public static final AngleCodec HANDS_TANH = new AngleCodec(true, true);

    private String output() {
        return bothHands ? ClockDataset.TIME : "dial";
    }

    @Override
    public String name() {
        return (bothHands ? "hands" : "dial") + (bounded ? "-tanh" : "");
    }

    @Override
    public String description() {
        return "sine and cosine of "
                + (bothHands ? "both hands" : "the dial")
                + (bounded ? ", within -1 and 1" : "");
    }

    @Override
    public List<SymbolicTensor> head(SymbolicTensor features) {
        var head = new Dense(bothHands ? 4 : 2);
        head = bounded ? head.withActivation(TANH) : head;
        return List.of(head.named(output()).apply(features));
    }

    @Override
    public Losses losses() {
        return Losses.of(new MeanSquaredError());
    }

    private float[] values(int[] times) {
        return bothHands
                ? Angles.of(times, AngleCodec::ofHourHand, time -> time % 60 / 60.0)
                : Angles.of(times, AngleCodec::ofHourHand);
    }

    private static double ofHourHand(int time) {
        return time / (double) ClockDataset.MINUTES;
    }

    @Override
    public SequencedMap<String, Column> encode(int[] times) {
        var targets = new LinkedHashMap<String, Column>();
        targets.put(output(), Angles.column(values(times), times.length));
        return targets;
    }

    @Override
    public SequencedMap<String, Tensor> perfect(int[] times) {
        var answers = new LinkedHashMap<String, Tensor>();
        answers.put(output(), Angles.tensor(values(times), times.length));
        return answers;
    }

    @Override
    public int[] decode(Map<String, Tensor> answers) {
        Tensor answer = Objects.requireNonNull(answers.get(output()), output());
        if (bothHands) {
            return ClockDataset.times(answer);
        }
        int[] told = new int[answer.size() / 2];
        for (int i = 0; i < told.length; i++) {
            long minute = Math.round(Angles.turn(answer.values(), 2 * i) * ClockDataset.MINUTES);
            told[i] = (int) Math.floorMod(minute, (long) ClockDataset.MINUTES);
        }
        return told;
    }
}
