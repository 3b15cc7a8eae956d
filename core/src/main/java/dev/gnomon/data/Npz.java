package dev.gnomon.data;

import static dev.gnomon.check.Check.data;

import dev.gnomon.check.DataException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Numpy's `.npz` files: named arrays in a zip file, stored or deflated.
public final class Npz {
    private static final String SUFFIX = ".npy";
    private static final int END_RECORD = 22;
    private static final int END_MARK = 0x06054b50;

    private Npz() {}

    /// Reads all arrays by name, in the order of the file.
    public static SequencedMap<String, Column> read(Path file) {
        long size = Bytes.size(file);
        try (var zip = new ZipFile(file.toFile())) {
            checkSizes(zip, file, size);
            checkEnd(file, size);
            var columns = new LinkedHashMap<String, Column>();
            for (var entry : Collections.list(zip.entries())) {
                data(
                        entry.getName().endsWith(SUFFIX),
                        "%s: \"%s\" is not an .npy array; a file that np.savez writes has nothing else.",
                        file,
                        entry.getName());
                String name =
                        entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
                data(
                        columns.put(name, read(zip, entry, file + ", array \"" + name + "\""))
                                == null,
                        "%s: has two arrays of the name \"%s\".",
                        file,
                        name);
            }
            return Collections.unmodifiableSequencedMap(columns);
        } catch (IOException e) {
            throw new DataException(
                    file
                            + ": cannot be read as an .npz (zip) file: "
                            + e.getMessage()
                            + ". It is cut short or no .npz file; fetch or write it again.",
                    e);
        }
    }

    /// The record that ends a zip file must end the file: Java passes over what comes behind it.
    private static void checkEnd(Path file, long size) throws IOException {
        int length = (int) Math.min(size, END_RECORD + 0xFFFF);
        var tail = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        try (var channel = FileChannel.open(file)) {
            while (tail.hasRemaining()
                    && channel.read(tail, size - length + tail.position()) > 0) {}
        }
        for (int at = length - END_RECORD; at >= 0; at--) {
            if (tail.getInt(at) == END_MARK) {
                int comment = tail.getShort(at + END_RECORD - 2) & 0xFFFF;
                int more = length - at - END_RECORD - comment;
                data(
                        more <= 0,
                        "%s: %d bytes follow the end of the .npz; fetch or write it again.",
                        file,
                        more);
                return;
            }
        }
    }

    /// No entry may claim more than its packed bytes can give, nor all of them more packed bytes than there are.
    private static void checkSizes(ZipFile zip, Path file, long size) {
        long packed = 0;
        for (var entry : Collections.list(zip.entries())) {
            packed += Math.max(0, entry.getCompressedSize());
            data(
                    entry.getSize() >= 0
                            && entry.getSize() / Bytes.DEFLATE_LIMIT <= entry.getCompressedSize(),
                    "%s: \"%s\" declares %d bytes, more than its %d packed bytes can hold.",
                    file,
                    entry.getName(),
                    entry.getSize(),
                    entry.getCompressedSize());
        }
        data(
                packed <= size,
                "%s: its parts declare %d packed bytes, but the file has %d.",
                file,
                packed,
                size);
    }

    private static Column read(ZipFile zip, ZipEntry entry, String where) throws IOException {
        try (var in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            var column = Npy.read(in, where, entry.getSize());
            data(
                    in.getChecksum().getValue() == entry.getCrc(),
                    "%s: the bytes do not fit their checksum; the file is damaged. Fetch or write it again.",
                    where);
            return column;
        } catch (IOException e) {
            throw new DataException(where + ": cannot be unpacked: " + e.getMessage() + ".", e);
        }
    }

    /// Writes arrays by name as `np.savez` does: not packed, at once or not at all; a file of that name is replaced.
    public static void write(Path file, Map<String, Column> columns) {
        AtomicFile.write(file, out -> write(out, columns, false));
    }

    /// Writes arrays by name as `np.savez_compressed` does; otherwise as [#write].
    public static void writeCompressed(Path file, Map<String, Column> columns) {
        AtomicFile.write(file, out -> write(out, columns, true));
    }

    private static void write(OutputStream out, Map<String, Column> columns, boolean compressed)
            throws IOException {
        var zip = new ZipOutputStream(out);
        for (var column : columns.entrySet()) {
            var entry = new ZipEntry(column.getKey() + SUFFIX);
            entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
            if (!compressed) {
                var counted = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
                Npy.write(counted, column.getValue());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(
                        NpyHeader.write(column.getValue()).length
                                + elementBytes(column.getValue()));
                entry.setCrc(counted.getChecksum().getValue());
            }
            zip.putNextEntry(entry);
            Npy.write(zip, column.getValue());
            zip.closeEntry();
        }
        zip.finish();
    }

    private static long elementBytes(Column column) {
        return column.shape().elements() * column.dtype().bytes();
    }
}
