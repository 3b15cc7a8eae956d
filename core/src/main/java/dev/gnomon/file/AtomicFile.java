package dev.gnomon.file;

import dev.gnomon.check.FormatException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes whole files so that a reader sees the old file or the new one, never a part.
///
/// The bytes go to a temporary file in the same folder, are forced to the disk, and only then take the name. If
/// anything fails, or the disk is full, the old file stays as it was and the temporary one is removed.
public final class AtomicFile {
    private static final int BUFFER_BYTES = 1 << 16;

    /// What is to be written.
    @FunctionalInterface
    public interface Body {
        /// Writes everything to the stream, which the caller closes.
        void write(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /// Writes a text as UTF-8.
    public static void write(Path path, String text) {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Writes bytes.
    public static void write(Path path, byte[] bytes) {
        write(path, out -> out.write(bytes));
    }

    /// Writes what the body gives; a [FormatException] with the reason if that is not possible.
    public static void write(Path path, Body body) {
        try {
            replace(Files.isSymbolicLink(path) ? path.toRealPath() : path.toAbsolutePath(), body);
        } catch (IOException e) {
            throw new FormatException(
                    path
                            + ": cannot be written: "
                            + reason(e)
                            + ". What was there before is unchanged.",
                    e);
        }
    }

    private static void replace(Path path, Body body) throws IOException {
        Path temporary =
                path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                            FileChannel.open(
                                    temporary,
                                    StandardOpenOption.CREATE_NEW,
                                    StandardOpenOption.WRITE);
                    OutputStream out =
                            new BufferedOutputStream(
                                    Channels.newOutputStream(channel), BUFFER_BYTES)) {
                body.write(out);
                out.flush();
                channel.force(true);
            }
            move(temporary, path);
            forceFolder(path.getParent());
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(
                    from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// The new name is on the disk only when the folder is; where folders cannot be opened (Windows) this is left out.
    private static void forceFolder(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException _) {
            // The file is complete either way.
        }
    }

    /// The cause in a few words; the JDK's messages are often only the path again.
    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no \"" + missing.getFile() + "\"";
            case AccessDeniedException denied -> "access to \"" + denied.getFile() + "\" is denied";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
