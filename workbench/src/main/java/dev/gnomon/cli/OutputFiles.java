package dev.gnomon.cli;

import dev.gnomon.check.ConfigException;
import dev.gnomon.data.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Looks at files that a command will write, before it works for long.
final class OutputFiles {
    private OutputFiles() {}

    /// Refuses a file that cannot be written.
    ///
    /// @param option the option that names the file
    static void check(String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw new ConfigException(option + ": " + file + " is a folder; name a file.");
        }
        if (!Files.isDirectory(folder)) {
            throw new ConfigException(
                    option
                            + ": "
                            + file
                            + " cannot be written, since there is no folder "
                            + folder
                            + ". Make it, or name another.");
        }
        checkFolder(option, folder);
    }

    /// Refuses to write a log over what is no log.
    static void checkLog(Path log, Path out) {
        boolean same = log.toAbsolutePath().normalize().equals(out.toAbsolutePath().normalize());
        boolean other = false;
        if (!same && Files.isRegularFile(log)) {
            try (var in = Files.newInputStream(log)) {
                var begin = new String(in.readNBytes(6), StandardCharsets.ISO_8859_1);
                other = !begin.isEmpty() && !begin.startsWith("epoch");
            } catch (IOException e) {
                throw new ConfigException(
                        "--log: " + log + " cannot be read: " + AtomicFile.reason(e) + ".", e);
            }
        }
        if (same || other) {
            throw new ConfigException(
                    "--log: "
                            + log
                            + (same
                                    ? " is the file of the model"
                                    : " is there and is no log of a training")
                            + ". Name another file.");
        }
    }

    /// Refuses a folder that cannot be made or written into.
    static void makeFolder(String option, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ConfigException(
                    option
                            + ": the folder "
                            + folder
                            + " cannot be made: "
                            + AtomicFile.reason(e)
                            + ". Name another.",
                    e);
        }
        checkFolder(option, folder);
    }

    /// Permissions tell too little (the administrator has them all), so a file is made and removed.
    private static void checkFolder(String option, Path folder) {
        try {
            Files.delete(Files.createTempFile(folder, ".gnomon", ".tmp"));
        } catch (IOException e) {
            throw new ConfigException(
                    option
                            + ": nothing can be written into "
                            + folder
                            + ": "
                            + AtomicFile.reason(e)
                            + ". Name another folder.",
                    e);
        }
    }
}
