package dev.gnomon.study.permuted;

import dev.gnomon.study.Results;
import dev.gnomon.study.TrialResult;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What is trained with each seed.
///
/// @param set the name of the data set
/// @param network that is trained
/// @param permuted whether its pictures have their pixels permuted
record Cell(String set, Network network, boolean permuted) {
    static final String SET = "set";
    static final String NETWORK = "network";
    static final String PICTURES = "pictures";
    static final String SEED = "seed";

    SequencedMap<String, String> factors(int seed) {
        var factors = new LinkedHashMap<String, String>();
        factors.put(SET, set);
        factors.put(NETWORK, network.id());
        factors.put(PICTURES, pictures());
        factors.put(SEED, Integer.toString(seed));
        return factors;
    }

    String pictures() {
        return permuted ? "permuted" : "plain";
    }

    Results in(Results all) {
        return all.where(SET, set).where(NETWORK, network.id()).where(PICTURES, pictures());
    }

    /// A figure of each seed, in the order of the seeds.
    double[] bySeed(Results all, String figure) {
        List<TrialResult> mine =
                in(all).all().stream()
                        .sorted(
                                Comparator.comparingInt(
                                        result -> Integer.parseInt(result.factor(SEED))))
                        .toList();
        return mine.stream().mapToDouble(result -> result.figure(figure)).toArray();
    }
}
