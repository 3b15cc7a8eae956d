package dev.gnomon.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.data.Batches;
import dev.gnomon.data.Dataset;
import dev.gnomon.tensor.NativeMemory;
import dev.gnomon.train.Fit;
import java.util.function.Supplier;

/// Compares the memory that was predicted for a fit with what was allocated for it.
public final class FitBytesCheck {
    private FitBytesCheck() {}

    /// Makes a compiled model, asks it, and lets it fit for one epoch.
    public static FitBytes check(Supplier<Model> compiled, Dataset data, Fit settings) {
        try (Model model = compiled.get()) {
            long before = NativeMemory.allocatedBytes() - model.parameters().bytes();
            FitBytes predicted = model.fitBytes(data, settings);
            model.fit(data, settings);
            long counted = NativeMemory.allocatedBytes() - before;
            assertThat(counted)
                    .as("%s", predicted)
                    .isEqualTo(predicted.total() + freedBetween(data, settings));
            assertThat(model.fitBytes(data, settings)).as("afterwards").isEqualTo(predicted);
            model.fit(data, settings);
            assertThat(NativeMemory.allocatedBytes() - before - counted)
                    .as("a second time, only batches")
                    .isEqualTo(predicted.batches() + freedBetween(data, settings));
            return predicted;
        }
    }

    /// The smaller of the two kinds of batches: those of training are freed before those of validation come.
    private static long freedBetween(Dataset data, Fit settings) {
        Split split = Split.of(data, settings);
        Dataset validation = split.validation();
        return validation == null
                ? 0
                : Math.min(
                        Batches.bytes(split.training(), settings.batchSize()),
                        Batches.bytes(validation, settings.batchSize()));
    }
}
