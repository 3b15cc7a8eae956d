package dev.gnomon.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// One gzip file of a known data set.
///
/// @param name the name as handed out, ending in `.gz`
/// @param sha256 the SHA-256 of the file as handed out
/// @param unpackedSha256 the SHA-256 of its content
/// @param unpackedBytes the size of its content
public record KnownFile(String name, String sha256, String unpackedSha256, long unpackedBytes) {
    private static final String GZ = ".gz";

    private String unpackedName() {
        return name.substring(0, name.length() - GZ.length());
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

    Column read(Path folder) {
        var file = find(folder);
        return Idx.read(file == null ? folder.resolve(name) : file);
    }

    /// Compares the file in a folder with what it should be. One packed again by another gzip is as good.
    FileCheck check(Path folder) {
        var file = find(folder);
        if (file == null) {
            return new FileCheck(folder.resolve(name), FileCheck.State.MISSING, "is not there");
        }
        boolean packed = file.endsWith(name);
        String wanted = packed ? sha256 : unpackedSha256;
        try {
            String found = digest(Files.newInputStream(file), Long.MAX_VALUE);
            if (found.equals(wanted)) {
                return new FileCheck(file, FileCheck.State.RIGHT, "SHA-256 " + found);
            }
            if (packed && hasContent(file)) {
                return new FileCheck(
                        file,
                        FileCheck.State.RIGHT,
                        "packed again; its content has SHA-256 " + unpackedSha256);
            }
            return new FileCheck(
                    file,
                    FileCheck.State.CHANGED,
                    "has SHA-256 " + found + ", but should have " + wanted);
        } catch (IOException e) {
            return new FileCheck(
                    file, FileCheck.State.CHANGED, "cannot be read: " + e.getMessage());
        }
    }

    private boolean hasContent(Path file) throws IOException {
        try (var in =
                new GZIPInputStream(
                        new BufferedInputStream(Files.newInputStream(file), 1 << 16), 1 << 16)) {
            return digest(in, unpackedBytes).equals(unpackedSha256);
        } catch (java.io.EOFException | java.util.zip.ZipException e) {
            return false;
        }
    }

    /// The SHA-256 of a stream; reading stops soon after `most` bytes, since then it is not the wanted one.
    private static String digest(InputStream stream, long most) throws IOException {
        try (var in = stream) {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[1 << 16];
            long total = 0;
            for (int read = in.read(chunk); read >= 0 && total <= most; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
                total += read;
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
