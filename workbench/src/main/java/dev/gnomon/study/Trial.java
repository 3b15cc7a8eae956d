package dev.gnomon.study;

import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One training of a study.
///
/// @param factors what is tried, by the names of what is varied; no two trials of a study have the same
/// @param cost about how long it takes, in any unit that all trials share
/// @param work does it
public record Trial(SequencedMap<String, String> factors, double cost, Work work) {
    /// Trains and measures.
    public interface Work {
        /// The result, or null where it was interrupted.
        @Nullable TrialResult run(TrialRoom room);
    }

    /// What it is called by.
    public String id() {
        return id(factors);
    }

    static String id(Map<String, String> factors) {
        return factors.entrySet().stream()
                .map(factor -> factor.getKey() + "=" + factor.getValue())
                .collect(Collectors.joining(" "));
    }
}
