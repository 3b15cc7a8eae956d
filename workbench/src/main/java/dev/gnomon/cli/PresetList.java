package dev.gnomon.cli;

import dev.gnomon.file.Json;
import dev.gnomon.preset.Presets;

/// The list of presets, a line for each.
final class PresetList {
    private PresetList() {}

    static void show(Output output) {
        var figures = Json.object();
        var presets = figures.putArray("presets");
        for (var preset : Presets.all()) {
            output.line(
                    "%-14s %s (%s; %s)"
                            .formatted(
                                    preset.name(),
                                    preset.description(),
                                    preset.source(),
                                    preset.data()));
            presets.add(preset.name());
        }
        output.figures(figures);
    }
}
