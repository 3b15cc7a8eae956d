package dev.gnomon.figure;

import dev.gnomon.figure.Svg.Anchor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/// Pictures in rows, each with words beneath.
///
/// @param columns how many stand in a row
/// @param side width and height of a picture on the page
/// @param entries the pictures
public record Sheet(int columns, double side, List<Entry> entries) {
    private static final double GAP = 6;
    private static final double WORDS = 13;

    /// A picture.
    ///
    /// @param picture what is shown
    /// @param words beneath, line by line
    public record Entry(BufferedImage picture, List<String> words) {}

    /// A grey picture from pixels, 0 black to 255 white, row by row.
    ///
    /// @param magnified how many times larger each pixel becomes
    public static BufferedImage grey(int[] pixels, int width, int magnified) {
        int height = pixels.length / width;
        var image =
                new BufferedImage(
                        width * magnified, height * magnified, BufferedImage.TYPE_BYTE_GRAY);
        var raster = image.getRaster();
        for (int y = 0; y < height * magnified; y++) {
            for (int x = 0; x < width * magnified; x++) {
                raster.setSample(x, y, 0, pixels[y / magnified * width + x / magnified]);
            }
        }
        return image;
    }

    /// A colour picture from pixels `0xRRGGBB`, row by row.
    public static BufferedImage colour(int[] pixels, int width, int magnified) {
        int height = pixels.length / width;
        var image =
                new BufferedImage(
                        width * magnified, height * magnified, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height * magnified; y++) {
            for (int x = 0; x < width * magnified; x++) {
                image.setRGB(x, y, pixels[y / magnified * width + x / magnified]);
            }
        }
        return image;
    }

    /// The sheet as a drawing.
    public Svg draw() {
        int rows = Math.ceilDiv(entries.size(), columns);
        List<Double> tops = new ArrayList<>();
        double top = 0;
        for (int row = 0; row < rows; row++) {
            tops.add(top);
            int lines =
                    entries
                            .subList(row * columns, Math.min(entries.size(), (row + 1) * columns))
                            .stream()
                            .mapToInt(entry -> entry.words.size())
                            .max()
                            .orElse(0);
            top += side + GAP + WORDS * lines + 4;
        }
        var svg = new Svg(columns * (side + GAP) - GAP, top);
        for (int i = 0; i < entries.size(); i++) {
            double x = i % columns * (side + GAP);
            double y = tops.get(i / columns);
            var entry = entries.get(i);
            svg.picture(x, y, side, side, base64(entry.picture));
            for (int line = 0; line < entry.words.size(); line++) {
                svg.text(
                        x + side / 2,
                        y + side + WORDS * (line + 1) - 1,
                        entry.words.get(line),
                        Anchor.MIDDLE,
                        Svg.TEXT - 1,
                        line == 0 ? Svg.INK : Svg.FAINT);
            }
        }
        return svg;
    }

    /// A picture as PNG, as [Svg#picture] takes it.
    public static String base64(BufferedImage picture) {
        try {
            var bytes = new ByteArrayOutputStream();
            ImageIO.write(picture, "png", bytes);
            return Base64.getEncoder().encodeToString(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("A picture cannot be coded: " + e, e);
        }
    }
}
