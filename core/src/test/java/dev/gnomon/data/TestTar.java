package dev.gnomon.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// Makes `.tar.gz` archives.
public final class TestTar {
    private TestTar() {}

    /// An archive of files by name, in the order of the map; a name that ends in a slash is a folder.
    public static byte[] gz(Map<String, byte[]> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(plain(files));
        }
        return bytes.toByteArray();
    }

    /// The same, not gzipped.
    public static byte[] plain(Map<String, byte[]> files) throws IOException {
        var out = new ByteArrayOutputStream();
        for (var file : files.entrySet()) {
            out.write(header(file.getKey(), file.getValue().length));
            out.write(file.getValue());
            out.write(new byte[Math.floorMod(-file.getValue().length, 512)]);
        }
        out.write(new byte[1024]);
        return out.toByteArray();
    }

    private static byte[] header(String name, int size) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, String.format(Locale.ROOT, "%011o", size) + "\0");
        put(header, 148, "        ");
        header[156] = (byte) (name.endsWith("/") ? '5' : '0');
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte value : header) {
            sum += value & 0xFF;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o", sum) + "\0 ");
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
