package dev.gnomon.cli;

import dev.gnomon.check.ConfigException;
import dev.gnomon.data.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Keeps a second command from training the same run: both would write the same files. It ends with the process, however
/// that ends.
final class RunLock implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private RunLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// @param checkpoint the file in which the run is kept
    static RunLock of(Path checkpoint) {
        Path path = checkpoint.resolveSibling(checkpoint.getFileName() + ".lock");
        try {
            var channel =
                    FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new ConfigException(
                        checkpoint
                                + ": another process is training this run now. Wait for its end, or name another"
                                + " --out.");
            }
            return new RunLock(path, channel);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    path + ": cannot be written: " + AtomicFile.reason(e) + ".", e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    path + ": cannot be removed: " + AtomicFile.reason(e) + ".", e);
        }
    }
}
