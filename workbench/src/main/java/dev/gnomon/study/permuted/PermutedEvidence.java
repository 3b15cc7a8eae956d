package dev.gnomon.study.permuted;

import dev.gnomon.study.Paired;
import dev.gnomon.study.Results;
import dev.gnomon.study.Spread;
import dev.gnomon.study.TrialResult;
import java.util.List;
import java.util.stream.IntStream;

/// What the results say in numbers: accuracies in hundredths, differences in points.
///
/// @param study that they belong to
/// @param results of all its trials
record PermutedEvidence(PermutedPixels study, Results results) {
    List<String> sets() {
        return study.pictures().names();
    }

    Spread figure(Cell cell, String name) {
        return cell.in(results).figure(name);
    }

    /// A share as hundredths.
    Spread percent(Cell cell, String name) {
        return Spread.of(hundredths(cell, name));
    }

    private double[] hundredths(Cell cell, String name) {
        double[] values = cell.bySeed(results, name);
        for (int i = 0; i < values.length; i++) {
            values[i] *= 100;
        }
        return values;
    }

    /// What permuted pictures change, in points of test accuracy: below 0 where the network loses.
    Paired change(String set, Network network) {
        return Paired.of(
                hundredths(new Cell(set, network, false), PermutedTrial.ACCURACY),
                hundredths(new Cell(set, network, true), PermutedTrial.ACCURACY));
    }

    /// How much more the CNN loses than the MLP, in points, seed by seed.
    Paired interaction(String set) {
        double[] mlp = changes(set, Network.MLP);
        double[] cnn = changes(set, Network.CNN);
        return Paired.of(cnn, mlp);
    }

    private double[] changes(String set, Network network) {
        double[] plain = hundredths(new Cell(set, network, false), PermutedTrial.ACCURACY);
        double[] permuted = hundredths(new Cell(set, network, true), PermutedTrial.ACCURACY);
        return IntStream.range(0, plain.length).mapToDouble(i -> permuted[i] - plain[i]).toArray();
    }

    /// How far the CNN is ahead of the MLP on the same pictures, in points.
    Paired lead(String set, boolean permuted) {
        return Paired.of(
                hundredths(new Cell(set, Network.MLP, permuted), PermutedTrial.ACCURACY),
                hundredths(new Cell(set, Network.CNN, permuted), PermutedTrial.ACCURACY));
    }

    /// The largest distance between validation and test accuracy of a cell, in points.
    double largestGap(boolean permuted) {
        return study.cells().stream()
                .filter(cell -> cell.permuted() == permuted)
                .mapToDouble(cell ->
                        Math.abs(
                                percent(cell, PermutedTrial.ACCURACY).mean()
                                        - percent(cell, PermutedTrial.VALIDATION_ACCURACY).mean()))
                .max()
                .orElse(0);
    }

    /// The result with the first seed.
    TrialResult first(Cell cell) {
        return cell.in(results).where(Cell.SEED, 1).all().getFirst();
    }

    /// A row by epoch: the mean over the seeds, as far as all of them came.
    List<Double> byEpoch(Cell cell, String name) {
        List<TrialResult> all = cell.in(results).all();
        int epochs = all.stream().mapToInt(result -> result.row(name).size()).min().orElse(0);
        return IntStream.range(0, epochs)
                .mapToObj(epoch ->
                        all.stream()
                                .mapToDouble(result -> result.row(name).get(epoch))
                                .average()
                                .orElse(Double.NaN))
                .toList();
    }
}
