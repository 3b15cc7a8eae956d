package dev.gnomon.data;

import static dev.gnomon.check.Check.data;

import dev.gnomon.check.DataException;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/// Writes a file at once or not at all: beside it, forced to the disk, then moved into its place. An
/// interrupt does not stop it.
public final class AtomicFile {
    private AtomicFile() {}

    /// What writes the content.
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /// Writes a file, replacing one of that name. If writing fails, the old file stays as it was.
    public static void write(Path file, Content content) {
        Path beside = null;
        try {
            var target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            var folder = target.getParent();
            data(
                    folder != null && Files.isDirectory(folder),
                    "%s: cannot be written: the folder %s does not exist.",
                    file,
                    String.valueOf(folder));
            beside =
                    target.resolveSibling(
                            target.getFileName()
                                    + ".tmp-"
                                    + Long.toHexString(ThreadLocalRandom.current().nextLong()));
            fill(beside, content);
            move(beside, target);
            forceFolder(target);
        } catch (IOException e) {
            throw new DataException(file + ": cannot be written: " + e + ".", e);
        } finally {
            if (beside != null) {
                deleteQuietly(beside);
            }
        }
    }

    /// Not through a channel: a thread that was told to stop must still be able to save.
    private static void fill(Path beside, Content content) throws IOException {
        try (var file = new FileOutputStream(beside.toFile())) {
            var out = new BufferedOutputStream(file, 1 << 16);
            content.writeTo(out);
            out.flush();
            file.getFD().sync();
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void forceFolder(Path file) {
        var folder = file.getParent();
        if (folder == null) {
            return;
        }
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Some systems cannot open folders; the file itself is safe.
            return;
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A leftover does no harm; what happened before is what the caller must hear of.
            return;
        }
    }
}
