package dev.gnomon.data;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// Writes whole files so that a reader sees the old file or the new one, never a part.
///
/// The bytes go to a temporary file in the same folder, are forced to the disk, and only then take the name. If anything
/// fails, or the disk is full, the old file stays as it was and the temporary one is removed. A thread that was told to
/// stop can still write.
public final class AtomicFile {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final String TEMPORARY = ".tmp";
    private static final int UUID_LENGTH = 36;

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

    /// Writes what the body gives; an [UncheckedIOException] with the reason if that is not possible.
    public static void write(Path path, Body body) {
        try {
            replace(Files.isSymbolicLink(path) ? path.toRealPath() : path.toAbsolutePath(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    path
                            + ": cannot be written: "
                            + reason(e)
                            + ". What was there before is unchanged.",
                    e);
        }
    }

    private static void replace(Path path, Body body) throws IOException {
        Path folder = path.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder);
        }
        if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
            fill(path, body); // a device or a pipe is written into, not replaced
            return;
        }
        Path temporary =
                path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID() + TEMPORARY);
        try {
            fill(temporary, body);
            move(temporary, path);
            forceFolder(folder);
        } finally {
            deleteQuietly(temporary);
        }
    }

    /// Removes what processes that were killed while they wrote this file have left beside it. To be called only where no
    /// other process writes it.
    public static void deleteLeftovers(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        String name = "." + path.getFileName() + ".";
        if (folder == null) {
            return;
        }
        try (var files =
                Files.newDirectoryStream(
                        folder,
                        file -> {
                            String other = String.valueOf(file.getFileName());
                            return other.startsWith(name)
                                    && other.endsWith(TEMPORARY)
                                    && other.length()
                                            == name.length() + UUID_LENGTH + TEMPORARY.length();
                        })) {
            files.forEach(AtomicFile::deleteQuietly);
        } catch (IOException _) {
            // See deleteQuietly.
        }
    }

    /// Not through a channel, which an interrupt would close.
    private static void fill(Path temporary, Body body) throws IOException {
        try (var file = new FileOutputStream(temporary.toFile())) {
            var out = new BufferedOutputStream(file, BUFFER_BYTES);
            body.write(out);
            out.flush();
            if (Files.isRegularFile(temporary)) {
                file.getFD().sync();
            }
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
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException _) {
            // The file is complete either way.
        }
    }

    /// A leftover does no harm; what happened before is what the caller must hear of.
    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // See above.
        }
    }

    /// The cause in a few words; the JDK's messages are often only the path again.
    public static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no \"" + missing.getFile() + "\"";
            case AccessDeniedException denied -> "access to \"" + denied.getFile() + "\" is denied";
            case FileAlreadyExistsException there ->
                    "there is a file \"" + there.getFile() + "\" already";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
