package dev.gnomon.cli;

import dev.gnomon.model.Model;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Measures a model on the test part of its data.
record TestPart(Model model, DataOptions.Parts parts, int batchSize) {
    private static final int PICTURES_SHOWN = 3;

    /// The figures; null where there is no test part.
    @Nullable ObjectNode measured() {
        return measured(null);
    }

    /// The same, with lines about them.
    @Nullable ObjectNode told(Output output) {
        return measured(output);
    }

    private @Nullable ObjectNode measured(@Nullable Output output) {
        var samples = parts.test();
        if (samples == null) {
            return null;
        }
        var logs = model.evaluate(samples, batchSize);
        var figures = Output.figures(logs.values());
        if (output != null) {
            output.progressLine("Test: " + EpochReport.text(logs));
        }
        var clocks = parts.clocks("test");
        boolean diverged = !Double.isFinite(logs.loss());
        var reading =
                clocks == null || diverged
                        ? null
                        : ClockReading.of(model, clocks, samples, batchSize);
        if (reading != null) {
            reading.put(figures);
            if (output != null) {
                output.progressLine(reading.text());
                output.progressLine(reading.pictures(PICTURES_SHOWN));
            }
        }
        return figures;
    }
}
