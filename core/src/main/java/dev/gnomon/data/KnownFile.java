package dev.gnomon.data;

import dev.gnomon.check.DataException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// One file of a known data set: gzipped, or as it is.
///
/// @param name the name as handed out; a gzipped one ends in `.gz`
/// @param bytes the size of the file as handed out
/// @param sha256 the SHA-256 of the file as handed out, or null where none is known
/// @param unpackedBytes the size of its content
/// @param unpackedSha256 the SHA-256 of its content, or null where none is known
public record KnownFile(
        String name,
        long bytes,
        @Nullable String sha256,
        long unpackedBytes,
        @Nullable String unpackedSha256) {
    private static final String GZ = ".gz";

    /// A file that is not packed.
    static KnownFile plain(String name, long bytes, @Nullable String sha256) {
        return new KnownFile(name, bytes, sha256, bytes, sha256);
    }

    private String unpackedName() {
        return name.endsWith(GZ) ? name.substring(0, name.length() - GZ.length()) : name;
    }

    /// The file in a folder, as handed out or else unpacked; null where neither is there.
    @Nullable Path find(Path folder) {
        for (var candidate : new Path[] {folder.resolve(name), folder.resolve(unpackedName())}) {
            if (Files.isRegularFile(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    Column readIdx(Path folder) {
        var file = find(folder);
        return Idx.read(file == null ? folder.resolve(name) : file);
    }

    /// Compares a file with what it should be. One packed again by another gzip is as good.
    ///
    /// @param file where it was found, or null
    /// @param folder where it is looked for
    FileCheck check(@Nullable Path file, Path folder) {
        if (file == null) {
            return new FileCheck(folder.resolve(name), FileCheck.State.MISSING, "is not there");
        }
        boolean handedOut = file.endsWith(name);
        try {
            var found = Digest.of(Files.newInputStream(file), Long.MAX_VALUE);
            var check =
                    compare(
                            file,
                            found,
                            handedOut ? bytes : unpackedBytes,
                            handedOut ? sha256 : unpackedSha256);
            return !check.isRight() && handedOut && name.endsWith(GZ) && hasContent(file)
                    ? new FileCheck(
                            file,
                            FileCheck.State.RIGHT,
                            "packed again; its content has SHA-256 " + unpackedSha256)
                    : check;
        } catch (IOException | DataException e) {
            return new FileCheck(
                    file, FileCheck.State.CHANGED, "cannot be read: " + e.getMessage());
        }
    }

    /// Compares content that was found elsewhere, in an archive.
    FileCheck check(Path where, Digest found) {
        return compare(where, found, unpackedBytes, unpackedSha256);
    }

    private static FileCheck compare(
            Path file, Digest found, long wantedBytes, @Nullable String wanted) {
        if (wanted == null) {
            return found.bytes() == wantedBytes
                    ? new FileCheck(
                            file,
                            FileCheck.State.RIGHT,
                            "has the right size; no SHA-256 is known, its own is " + found.sha256())
                    : new FileCheck(
                            file,
                            FileCheck.State.CHANGED,
                            "has " + found.bytes() + " bytes, but should have " + wantedBytes);
        }
        return found.sha256().equals(wanted)
                ? new FileCheck(file, FileCheck.State.RIGHT, "SHA-256 " + found.sha256())
                : new FileCheck(
                        file,
                        FileCheck.State.CHANGED,
                        "has SHA-256 " + found.sha256() + ", but should have " + wanted);
    }

    private boolean hasContent(Path file) throws IOException {
        try (InputStream in =
                new GZIPInputStream(
                        new BufferedInputStream(Files.newInputStream(file), 1 << 16), 1 << 16)) {
            return Digest.of(in, unpackedBytes).sha256().equals(unpackedSha256);
        } catch (java.io.EOFException | java.util.zip.ZipException e) {
            return false;
        }
    }
}
