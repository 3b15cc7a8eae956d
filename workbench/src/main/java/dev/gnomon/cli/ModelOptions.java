package dev.gnomon.cli;

import dev.gnomon.check.ConfigException;
import dev.gnomon.file.Json;
import dev.gnomon.model.Model;
import dev.gnomon.plan.Plan;
import dev.gnomon.plan.Precision;
import dev.gnomon.preset.Preset;
import dev.gnomon.preset.Presets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/// What commands that run a model can be told of it.
final class ModelOptions {
    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "How many threads work; all processors by default. Results do not depend on it.")
    private @Nullable Integer threads;

    @Option(
            names = "--kernels",
            paramLabel = "KERNELS",
            description =
                    "onednn, or reference: plain Java, slow (default: onednn, where it can be loaded).")
    private Plan.@Nullable Kernels kernels;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--precision",
            paramLabel = "PRECISION",
            description =
                    "float32 or mixed_bfloat16: products of bfloat16 numbers, weights and sums in float32 (default:"
                            + " the model's own, mostly float32).")
    private @Nullable Precision precision;

    /// A model by name or file.
    ///
    /// @param preset the preset, or null for a file
    /// @param provenance what the file says of the model's making, or the preset of its clocks
    record Found(Model model, @Nullable Preset preset, ObjectNode provenance) {
        /// Compiles a preset's model as for a training of so many steps; a file's model has what its file says.
        void compilePreset(int steps) {
            if (preset != null) {
                var settings = preset.settings().apply(steps);
                model.compile(settings.optimizer(), settings.losses(), settings.metrics());
            }
        }
    }

    void check() {
        if (threads != null && threads < 1) {
            throw new ConfigException("--threads must be at least 1, but is " + threads + ".");
        }
    }

    int threads() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }

    /// What was chosen, else oneDNN, else, where that is not to be had, the reference.
    Plan.Kernels kernels() {
        if (kernels == null) {
            String trouble = Machine.nativeTrouble();
            kernels = trouble == null ? Plan.Kernels.ONEDNN : Plan.Kernels.REFERENCE;
            if (trouble != null) {
                spec.commandLine()
                        .getErr()
                        .println("The slow reference kernels are used: " + trouble);
            }
        }
        return kernels;
    }

    String kernelsName() {
        return kernels().name().toLowerCase(Locale.ROOT);
    }

    /// The model of a name or a file, with the threads and kernels that were chosen.
    Found find(String name, long seed) {
        check();
        var preset = Presets.find(name);
        Found found;
        if (preset != null) {
            var known = Json.object();
            preset.clocks().forEach(known::put);
            found = new Found(preset.model(seed), preset, known);
        } else {
            if (!Files.isRegularFile(Path.of(name))) {
                throw unknown(name);
            }
            var saved = ModelFiles.load(Path.of(name));
            found = new Found(saved.model(), null, saved.provenance());
        }
        found.model.withThreads(threads()).withKernels(kernels());
        if (precision != null) {
            found.model.withPrecision(precision);
        }
        return found;
    }

    static ConfigException unknown(String name) {
        var names = String.join(", ", Presets.all().stream().map(Preset::name).toList());
        return new ConfigException(
                "There is no preset and no file \"" + name + "\". Presets: " + names + ".");
    }
}
