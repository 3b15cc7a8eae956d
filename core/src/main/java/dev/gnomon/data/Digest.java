package dev.gnomon.data;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// How many bytes a stream gave, and their SHA-256.
record Digest(long bytes, String sha256) {
    /// Reads a stream to its end and closes it; reading stops soon after `most` bytes, since then it is not the wanted one.
    static Digest of(InputStream stream, long most) throws IOException {
        try (var in = stream) {
            var digest = algorithm();
            byte[] chunk = new byte[1 << 16];
            long total = 0;
            for (int read = in.read(chunk); read >= 0 && total <= most; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
                total += read;
            }
            return new Digest(total, HexFormat.of().formatHex(digest.digest()));
        }
    }

    static MessageDigest algorithm() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
