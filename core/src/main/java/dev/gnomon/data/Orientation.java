package dev.gnomon.data;

import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How a camera was held, as JPEG files tell it (Exif, tag 0x0112): 1 upright, 2 to 8 turned or mirrored.
final class Orientation {
    /// Markers of JPEG files.
    private static final int START = 0xFFD8;

    private static final int FIRST_SEGMENT = 0xFFC0;
    private static final int SCAN = 0xFFDA;
    private static final int APP1 = 0xFFE1;

    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int TAG = 0x0112;
    private static final int TIFF_HEADER_BYTES = 8;
    private static final int ENTRY_BYTES = 12;
    private static final int UPRIGHT = 1;
    private static final int LAST = 8;
    private static final int FIRST_SIDEWAYS = 5;

    private Orientation() {}

    /// The orientation that a file tells; 1 where it tells none, or nothing that can be read.
    static int of(Path file) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readUnsignedShort() != START) {
                return UPRIGHT;
            }
            for (int marker = in.readUnsignedShort();
                    marker >= FIRST_SEGMENT && marker != SCAN;
                    marker = in.readUnsignedShort()) {
                int length = in.readUnsignedShort() - Short.BYTES;
                if (marker != APP1) {
                    in.skipNBytes(length);
                    continue;
                }
                Integer found = inExif(in.readNBytes(length));
                if (found != null) {
                    return found;
                }
            }
        } catch (EOFException | IllegalArgumentException e) {
            return UPRIGHT;
        }
        return UPRIGHT;
    }

    /// The orientation of an Exif block: a TIFF file without pictures, whose first directory is looked through.
    private static @Nullable Integer inExif(byte[] bytes) {
        boolean exif =
                bytes.length >= EXIF.length + TIFF_HEADER_BYTES
                        && Arrays.equals(bytes, 0, EXIF.length, EXIF, 0, EXIF.length);
        if (!exif) {
            return null;
        }
        var tiff = ByteBuffer.wrap(bytes, EXIF.length, bytes.length - EXIF.length).slice();
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = Integer.toUnsignedLong(tiff.getInt(4));
        if (directory + 2 > tiff.limit()) {
            return null;
        }
        int entries = Short.toUnsignedInt(tiff.getShort((int) directory));
        for (int entry = 0; entry < entries; entry++) {
            long at = directory + 2 + (long) entry * ENTRY_BYTES;
            if (at + ENTRY_BYTES > tiff.limit()) {
                return null;
            }
            if (Short.toUnsignedInt(tiff.getShort((int) at)) == TAG) {
                int value = Short.toUnsignedInt(tiff.getShort((int) at + 8));
                return value >= UPRIGHT && value <= LAST ? value : null;
            }
        }
        return null;
    }

    /// The picture as it was seen.
    static BufferedImage upright(BufferedImage image, int orientation) {
        if (orientation == UPRIGHT) {
            return image;
        }
        boolean sideways = orientation >= FIRST_SIDEWAYS;
        int width = sideways ? image.getHeight() : image.getWidth();
        int height = sideways ? image.getWidth() : image.getHeight();
        var stored = image.getRaster();
        var turned = stored.createCompatibleWritableRaster(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int across = fromRight(orientation) ? width - 1 - x : x;
                int down = fromBottom(orientation) ? height - 1 - y : y;
                Object pixel =
                        stored.getDataElements(
                                sideways ? down : across, sideways ? across : down, null);
                turned.setDataElements(x, y, pixel);
            }
        }
        return new BufferedImage(image.getColorModel(), turned, image.isAlphaPremultiplied(), null);
    }

    /// Whether what is stored first is seen on the right.
    private static boolean fromRight(int orientation) {
        return orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
    }

    /// Whether what is stored first is seen below.
    private static boolean fromBottom(int orientation) {
        return orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
    }
}
