package dev.gnomon.data;

import static dev.gnomon.check.Check.data;

import dev.gnomon.check.DataException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Reads gzipped tar archives: their regular files, one after the other. Nothing is ever written where an archive says.
final class Tar {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SUM_AT = 148;
    private static final int TYPE_AT = 156;
    private static final int PREFIX_AT = 345;

    private Tar() {}

    /// What is done with a file of an archive.
    @FunctionalInterface
    interface Visitor {
        /// Takes a file; what is left of the stream is passed over.
        void file(String name, long size, InputStream in) throws IOException;
    }

    /// Shows the visitor all regular files. A damaged archive is a fault that names the file and the offset in the unpacked
    /// stream.
    static void read(Path archive, Visitor visitor) throws IOException {
        try (var in =
                new Counting(
                        new GZIPInputStream(
                                new BufferedInputStream(Files.newInputStream(archive), 1 << 16),
                                1 << 16))) {
            while (true) {
                long at = in.count;
                byte[] header = in.readNBytes(BLOCK);
                data(
                        header.length == BLOCK,
                        "%s: the archive ends at offset %d within a header. It is cut short; fetch it again.",
                        archive,
                        at + header.length);
                if (isEmpty(header)) {
                    return;
                }
                entry(archive, header, at, in, visitor);
            }
        } catch (EOFException e) {
            throw new DataException(archive + ": is cut short; fetch it again.", e);
        } catch (ZipException e) {
            throw new DataException(
                    archive
                            + ": is no gzip file or damaged: "
                            + e.getMessage()
                            + ". Fetch it again.",
                    e);
        }
    }

    private static void entry(Path archive, byte[] header, long at, InputStream in, Visitor visitor)
            throws IOException {
        data(
                number(header, SUM_AT, 8) == sum(header),
                "%s: what is at offset %d is no header of a tar file. The archive is damaged; fetch it again.",
                archive,
                at);
        long size = number(header, SIZE_AT, 12);
        data(size >= 0, "%s: the header at offset %d has no size.", archive, at);
        var part = new Part(in, size);
        if (header[TYPE_AT] == '0' || header[TYPE_AT] == 0) {
            visitor.file(name(header), size, part);
        }
        part.skipNBytes(part.left);
        in.skipNBytes(Math.floorMod(-size, (long) BLOCK));
    }

    private static String name(byte[] header) {
        String prefix = text(header, PREFIX_AT, 155);
        return (prefix.isEmpty() ? "" : prefix + "/") + text(header, 0, NAME);
    }

    private static String text(byte[] header, int from, int most) {
        int end = from;
        while (end < from + most && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }

    /// An octal number, or -1.
    private static long number(byte[] header, int from, int most) {
        String digits = text(header, from, most).strip();
        return digits.matches("[0-7]{1,12}") ? Long.parseLong(digits, 8) : -1;
    }

    /// The sum of the header's bytes, with blanks for the sum itself.
    private static long sum(byte[] header) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= SUM_AT && i < SUM_AT + 8 ? ' ' : header[i] & 0xFF;
        }
        return sum;
    }

    private static boolean isEmpty(byte[] header) {
        for (byte value : header) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /// A stream that knows how far it is.
    private static final class Counting extends InputStream {
        private final InputStream in;
        private long count;

        Counting(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            int read = in.read(into, from, most);
            count += Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /// One file of the archive; closing it leaves the archive open.
    private static final class Part extends InputStream {
        private final InputStream in;
        private long left;

        Part(InputStream in, long size) {
            this.in = in;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(into, from, (int) Math.min(most, left));
            if (read < 0) {
                throw new EOFException("the archive is cut short");
            }
            left -= read;
            return read;
        }
    }
}
