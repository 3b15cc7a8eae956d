package dev.gnomon.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrientationTest {
    private static final int BLOCK = 16;

    /// What of the stored picture
    ///
    /// ```
    /// a b c
    /// d e f
    /// ```
    ///
    /// is seen where, by the definition of each orientation.
    private static final List<String> SEEN =
            List.of(
                    "abc/def",
                    "cba/fed",
                    "fed/cba",
                    "def/abc",
                    "ad/be/cf",
                    "da/eb/fc",
                    "fc/eb/da",
                    "cf/be/ad");

    @TempDir private Path folder;

    private static int grey(int letter) {
        return 30 + 40 * (letter - 'a');
    }

    /// A JPEG of six grey blocks, with an Exif block of these bytes behind its first marker.
    private Path file(byte[] exif) throws IOException {
        var image = new BufferedImage(3 * BLOCK, 2 * BLOCK, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 2 * BLOCK; y++) {
            for (int x = 0; x < 3 * BLOCK; x++) {
                int letter = 'a' + 3 * (y / BLOCK) + x / BLOCK;
                image.getRaster().setSample(x, y, 0, grey(letter));
            }
        }
        var plain = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", plain);
        byte[] jpeg = plain.toByteArray();
        var bytes = new ByteArrayOutputStream();
        bytes.write(jpeg, 0, 2);
        bytes.write(
                ByteBuffer.allocate(4)
                        .putShort((short) 0xFFE1)
                        .putShort((short) (exif.length + 2))
                        .array());
        bytes.write(exif);
        bytes.write(jpeg, 2, jpeg.length - 2);
        Path file = folder.resolve("p.jpg");
        Files.write(file, bytes.toByteArray());
        return file;
    }

    private static byte[] exif(int orientation, ByteOrder order) {
        var bytes =
                ByteBuffer.allocate(6 + 8 + 2 + 24 + 4)
                        .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        bytes.order(order)
                .put(
                        (order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM")
                                .getBytes(StandardCharsets.US_ASCII));
        bytes.putShort((short) 42).putInt(8).putShort((short) 2);
        bytes.putShort((short) 0x0100)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) 48)
                .putShort((short) 0);
        bytes.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        return bytes.putInt(0).array();
    }

    private static String seen(BufferedImage image) {
        var text = new StringBuilder();
        for (int y = 0; y < image.getHeight() / BLOCK; y++) {
            text.append(y == 0 ? "" : "/");
            for (int x = 0; x < image.getWidth() / BLOCK; x++) {
                int value = image.getRaster().getSample(x * BLOCK + 8, y * BLOCK + 8, 0);
                text.append((char) ('a' + Math.round((value - 30) / 40f)));
            }
        }
        return text.toString();
    }

    @Test
    void picturesAreTurnedAsTheCameraWasHeld() throws IOException {
        for (int orientation = 1; orientation <= 8; orientation++) {
            for (var order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                Path file = file(exif(orientation, order));
                assertThat(seen(PictureFiles.readUpright(file)))
                        .as("orientation %d", orientation)
                        .isEqualTo(SEEN.get(orientation - 1));
                assertThat(seen(PictureFiles.read(file))).isEqualTo("abc/def");
            }
        }
    }

    @Test
    void whatCannotBeReadTurnsNothing() throws IOException {
        byte[] right = exif(6, ByteOrder.LITTLE_ENDIAN);
        for (int length = 0; length < right.length - 6; length++) {
            assertThat(seen(PictureFiles.readUpright(file(Arrays.copyOf(right, length)))))
                    .as("length %d", length)
                    .isEqualTo("abc/def");
        }
        byte[] far = right.clone();
        Arrays.fill(far, 10, 14, (byte) 0xFF);
        byte[] many = right.clone();
        Arrays.fill(many, 14, 16, (byte) 0xFF);
        many[14 + 2 + 12] = 0;
        for (byte[] exif :
                List.of(far, many, exif(0, ByteOrder.BIG_ENDIAN), exif(9, ByteOrder.BIG_ENDIAN))) {
            assertThat(seen(PictureFiles.readUpright(file(exif)))).isEqualTo("abc/def");
        }
        var png = new BufferedImage(BLOCK, BLOCK, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(png, "png", folder.resolve("p.png").toFile());
        assertThat(PictureFiles.readUpright(folder.resolve("p.png")).getWidth()).isEqualTo(BLOCK);
    }
}
