package dev.gnomon.data;

import static dev.gnomon.check.Check.data;

import dev.gnomon.check.DataException;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Reads files of pictures: all kinds that ImageIO and its plug-ins know.
public final class PictureFiles {
    /// How the reader of JPEG begins its answer to colours that it does not know.
    private static final String UNSUPPORTED = "Unsupported Image Type";

    private static final long MOST_PIXELS = 200_000_000;

    private PictureFiles() {}

    /// Reads the first picture of a file as it is stored, as Keras does.
    public static BufferedImage read(Path file) {
        return read(file, false);
    }

    /// Reads the first picture of a file and turns it as the camera was held, if the file tells that (Exif).
    public static BufferedImage readUpright(Path file) {
        return read(file, true);
    }

    private static BufferedImage read(Path file, boolean upright) {
        Bytes.size(file);
        try (ImageInputStream in =
                new MemoryCacheImageInputStream(
                        new BufferedInputStream(Files.newInputStream(file)))) {
            var readers = ImageIO.getImageReaders(in);
            data(
                    readers.hasNext(),
                    "%s: is no picture of a known kind (%s).",
                    file,
                    String.join(", ", ImageIO.getReaderFileSuffixes()));
            var image = read(file, readers.next(), in);
            return upright ? Orientation.upright(image, Orientation.of(file)) : image;
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            boolean unknown = String.valueOf(e.getMessage()).startsWith(UNSUPPORTED);
            throw new DataException(
                    file
                            + ": the picture cannot be read: "
                            + e.getMessage()
                            + (unknown
                                    ? ". Its colours are of a kind that is not read, CMYK perhaps; save it as RGB."
                                    : ". It is damaged or cut short; make or fetch it again."),
                    e);
        }
    }

    private static BufferedImage read(Path file, ImageReader reader, ImageInputStream in)
            throws IOException {
        try {
            reader.setInput(in, true, true);
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            data(
                    pixels <= MOST_PIXELS,
                    "%s: the picture has %d pixels; %d is the limit.",
                    file,
                    pixels,
                    MOST_PIXELS);
            var warnings = new ArrayList<String>();
            reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
            var image = reader.read(0);
            for (String warning : warnings) {
                if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
                    throw new IOException(warning); // a reader of JPEG makes up the rest
                }
            }
            return image;
        } finally {
            reader.dispose();
        }
    }
}
