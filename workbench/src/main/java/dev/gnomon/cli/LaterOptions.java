package dev.gnomon.cli;

import dev.gnomon.check.ConfigException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of `train` that are known but not there yet.
final class LaterOptions {
    @Option(
            names = "--early-stopping",
            paramLabel = "N",
            description = "Comes with a later version.")
    private @Nullable Integer earlyStopping;

    @Option(
            names = "--tensorboard",
            paramLabel = "DIR",
            description = "Comes with a later version.")
    private @Nullable Path tensorboard;

    @Option(names = "--resume", description = "Comes with a later version.")
    private boolean resume;

    void check() {
        refuse(earlyStopping != null, "--early-stopping");
        refuse(tensorboard != null, "--tensorboard");
        refuse(resume, "--resume");
    }

    private static void refuse(boolean given, String option) {
        if (given) {
            throw new ConfigException(Later.option(option));
        }
    }
}
