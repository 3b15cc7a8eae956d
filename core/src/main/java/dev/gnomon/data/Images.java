package dev.gnomon.data;

import static dev.gnomon.check.Check.data;

import dev.gnomon.check.DataException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.util.List;

/// Columns of pictures: uint8, `[n, height, width, channels]`, rows from the top.
///
/// Transparency is left out, as Pillow does in converting.
public final class Images {
    private static final int OPAQUE = 0xFF00_0000;

    private Images() {}

    /// Pictures in grey, `[n, height, width, 1]`: `(19595 R + 38470 G + 7471 B + 32768) >> 16`, the weights of BT.601 in
    /// the integers that Pillow uses.
    public static Column grey(List<BufferedImage> images) {
        return column(images, 1);
    }

    /// Pictures in colour, `[n, height, width, 3]`: red, green, blue.
    public static Column rgb(List<BufferedImage> images) {
        return column(images, 3);
    }

    private static Column column(List<BufferedImage> images, int channels) {
        data(!images.isEmpty(), "Images: at least one picture is needed, but none was given.");
        int width = images.getFirst().getWidth();
        int height = images.getFirst().getHeight();
        long bytes = (long) images.size() * height * width * channels;
        data(
                bytes <= Integer.MAX_VALUE - 8,
                "Images: %d pictures of %dx%d are %d bytes, more than a Java array holds; give fewer at a time.",
                images.size(),
                width,
                height,
                bytes);
        byte[] pixels = new byte[(int) bytes];
        int at = 0;
        for (int i = 0; i < images.size(); i++) {
            var image = images.get(i);
            if (image.getWidth() != width || image.getHeight() != height) {
                throw new DataException(
                        "Images: picture "
                                + i
                                + " has "
                                + image.getWidth()
                                + "x"
                                + image.getHeight()
                                + " pixels, but the first has "
                                + width
                                + "x"
                                + height
                                + ". Scale them to one size first.");
            }
            at = append(image, channels, pixels, at);
        }
        return Column.of(pixels, images.size(), height, width, channels);
    }

    /// The values of one picture, from 0 to 255.
    ///
    /// @param channels 1 for grey, 3 for red, green and blue, 4 for opacity too
    static float[] values(BufferedImage image, int channels) {
        byte[] pixels = new byte[image.getHeight() * image.getWidth() * channels];
        append(image, channels, pixels, 0);
        float[] values = new float[pixels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = pixels[i] & 0xFF;
        }
        return values;
    }

    private static int append(BufferedImage image, int channels, byte[] pixels, int start) {
        int at = start;
        int[] line = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            readLine(image, y, line);
            for (int rgb : line) {
                if (channels == 1) {
                    pixels[at++] = (byte) grey(rgb);
                } else {
                    pixels[at++] = (byte) (rgb >> 16);
                    pixels[at++] = (byte) (rgb >> 8);
                    pixels[at++] = (byte) rgb;
                    if (channels == 4) {
                        pixels[at++] = (byte) (rgb >> 24);
                    }
                }
            }
        }
        return at;
    }

    /// The pixels of a line as opacity and RGB. Grey pictures are read as stored: Java would take them for linear light and brighten
    /// them.
    private static void readLine(BufferedImage image, int y, int[] line) {
        if (image.getColorModel().getColorSpace().getType() != ColorSpace.TYPE_GRAY) {
            image.getRGB(0, y, line.length, 1, line, 0, line.length);
            return;
        }
        image.getRaster().getSamples(0, y, line.length, 1, 0, line);
        int bits = image.getSampleModel().getSampleSize(0);
        int most = (1 << Math.min(bits, 16)) - 1;
        for (int x = 0; x < line.length; x++) {
            int value = bits > 8 ? line[x] >>> (bits - 8) : line[x] * 255 / most;
            line[x] = (value & 0xFF) * 0x010101 | OPAQUE;
        }
        if (image.getRaster().getNumBands() == 2) {
            int[] alpha = image.getRaster().getSamples(0, y, line.length, 1, 1, (int[]) null);
            for (int x = 0; x < line.length; x++) {
                line[x] = (line[x] & ~OPAQUE) | (alpha[x] >>> Math.max(0, bits - 8)) << 24;
            }
        }
    }

    /// The grey of a colour `0xRRGGBB`, from 0 to 255.
    public static int grey(int rgb) {
        int red = (rgb >> 16) & 0xFF;
        int green = (rgb >> 8) & 0xFF;
        int blue = rgb & 0xFF;
        return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
    }
}
