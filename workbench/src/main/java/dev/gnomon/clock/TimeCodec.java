package dev.gnomon.clock;

import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.Column;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.loss.Losses;
import dev.gnomon.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// A form in which a network tells the time of a clock: the targets it learns from, its last layers, its loss, and how its
/// answer is read. Times are minutes after twelve, 0 to 719.
public sealed interface TimeCodec permits ClassCodec, NumberCodec, HeadsCodec, AngleCodec {
    /// The name in commands and tables, such as `classes-24`.
    String name();

    /// The form in a few words.
    String description();

    /// The outputs, each named, for the features of a picture, `[batch, n]`.
    List<SymbolicTensor> head(SymbolicTensor features);

    /// The loss of each output.
    Losses losses();

    /// The targets of pictures of clocks, by the names of the outputs.
    SequencedMap<String, Column> encode(int[] times);

    /// What a network that makes no mistake answers, by the names of the outputs.
    SequencedMap<String, Tensor> perfect(int[] times);

    /// The times that answers tell.
    ///
    /// @param answers the outputs by their names; others are left out of account
    int[] decode(Map<String, Tensor> answers);

    /// The error that stays when a network makes no mistake: what the form cannot tell apart.
    default Floor floor() {
        int[] times = IntStream.range(0, ClockDataset.MINUTES).toArray();
        int[] told = decode(perfect(times));
        int[] errors =
                IntStream.range(0, times.length)
                        .map(i -> ClockDataset.minutesBetween(told[i], times[i]))
                        .toArray();
        return new Floor(
                IntStream.of(errors).average().orElse(0), IntStream.of(errors).max().orElse(0));
    }

    /// The error over all 720 minutes of a network that makes no mistake.
    ///
    /// @param mean in minutes
    /// @param most in minutes
    record Floor(double mean, int most) {}
}
