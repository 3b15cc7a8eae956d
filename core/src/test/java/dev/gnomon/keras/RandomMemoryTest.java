package dev.gnomon.keras;

import dev.gnomon.model.FitBytesCheck;
import dev.gnomon.train.Fit;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The memory of a fit is known before it begins, for models that nobody has written down: `-Dgnomon.memory.seed=7` says
/// which ones, `-Dgnomon.memory.models=200` how many.
class RandomMemoryTest {
    static IntStream seeds() {
        int first = Integer.getInteger("gnomon.memory.seed", 1);
        return IntStream.range(first, first + Integer.getInteger("gnomon.memory.models", 30));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void predictedEqualsAllocated(int seed) {
        var models = new RandomModels(seed);
        try (var shape = models.model()) {
            var data = models.data(shape);
            FitBytesCheck.check(
                    () -> new RandomModels(seed).model(),
                    data,
                    Fit.epochs(1).withBatchSize(1 + seed % 4).withValidation(data));
        }
    }
}
