package dev.gnomon.study;

import dev.gnomon.Gnomon;
import dev.gnomon.check.Check;
import dev.gnomon.file.Json;
import dev.gnomon.plan.Plan;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a study is told.
///
/// @param scale how much it does
/// @param seeds how many seeds each training is repeated with, 1, 2 and so on
/// @param data the data to use instead of the study's own, or null
/// @param dataFolder the folder of the known data sets, or null for the usual one
/// @param threads how many threads train
/// @param kernels what computes
public record StudySettings(
        Scale scale,
        int seeds,
        @Nullable Path data,
        @Nullable Path dataFolder,
        int threads,
        Plan.Kernels kernels) {
    private static final int MOST_SEEDS = 100;

    public StudySettings {
        Check.config(
                seeds >= 1 && seeds <= MOST_SEEDS,
                "--seeds must be from 1 to %d, but is %d.",
                MOST_SEEDS,
                seeds);
    }

    /// What must be the same for a run to be gone on with; threads may differ.
    ///
    /// @param fingerprint of the data
    ObjectNode identity(String study, String fingerprint) {
        return Json.object()
                .put("study", study)
                .put("scale", scale.name().toLowerCase(Locale.ROOT))
                .put("seeds", seeds)
                .put("data", data == null ? "" : data.toAbsolutePath().normalize().toString())
                .put("fingerprint", fingerprint)
                .put("gnomon", Gnomon.version())
                .put("kernels", kernels.name().toLowerCase(Locale.ROOT));
    }

    /// The options that repeat it.
    public String options() {
        return switch (scale) {
                    case QUICK -> " --quick";
                    case DEFAULT -> "";
                    case FULL -> " --full";
                }
                + " --seeds "
                + seeds
                + option("--data", data)
                + option("--data-dir", dataFolder);
    }

    private static String option(String name, @Nullable Path path) {
        if (path == null) {
            return "";
        }
        String text = path.toString();
        return " " + name + " " + (text.matches("[\\w./:\\\\-]+") ? text : "'" + text + "'");
    }
}
