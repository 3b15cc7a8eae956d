package dev.gnomon.study;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The results of trials, in the order in which they ended.
///
/// @param all the results
public record Results(List<TrialResult> all) {
    /// No results.
    public static final Results NONE = new Results(List.of());

    Results with(TrialResult more) {
        return new Results(Stream.concat(all.stream(), Stream.of(more)).toList());
    }

    /// Those in which a factor has a value.
    public Results where(String factor, Object value) {
        return where(result -> String.valueOf(value).equals(result.factors().get(factor)));
    }

    /// Those for which a condition holds.
    public Results where(Predicate<TrialResult> condition) {
        return new Results(all.stream().filter(condition).toList());
    }

    /// The values that a factor has, in the order in which they came.
    public List<String> values(String factor) {
        return all.stream()
                .filter(result -> result.factors().containsKey(factor))
                .map(result -> result.factor(factor))
                .distinct()
                .toList();
    }

    /// A figure of all results as mean and spread.
    public Spread figure(String name) {
        return Spread.of(all.stream().mapToDouble(result -> result.figure(name)).toArray());
    }

    /// The result of these factors, or null where it is not there.
    @Nullable TrialResult find(String id) {
        return all.stream().filter(result -> result.id().equals(id)).findFirst().orElse(null);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public int size() {
        return all.size();
    }
}
