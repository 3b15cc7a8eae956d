package dev.gnomon.cli;

import dev.gnomon.check.ConfigException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of `train` that are known but not there yet.
final class LaterOptions {
    @Option(
            names = "--tensorboard",
            paramLabel = "DIR",
            description = "Comes with a later version.")
    private @Nullable Path tensorboard;

    void check() {
        refuse(tensorboard != null, "--tensorboard");
    }

    private static void refuse(boolean given, String option) {
        if (given) {
            throw new ConfigException(Later.option(option));
        }
    }
}
