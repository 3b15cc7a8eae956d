import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/// Writes variations of a set of pictures: `java Vary.java FROM TO COUNT`.
///
/// FROM has pictures and a `labels.csv`, TO gets `COUNT` grey variations of each and a `labels.csv`. A variation is turned by
/// up to 6° to either side, cut by up to a tenth of its shorter side, and has contrast and brightness of 0.8 to 1.25 times
/// what they were. The same words give the same pictures.
final class Vary {
    private static final int LARGEST = 480;

    private Vary() {}

    public static void main(String[] words) throws IOException {
        Path from = Path.of(words[0]);
        Path to = Path.of(words[1]);
        int count = Integer.parseInt(words[2]);
        Files.createDirectories(to);
        var random = new Random(3);
        List<String> labels = new ArrayList<>(List.of("file,hour,minute"));
        for (String line : Files.readAllLines(from.resolve("labels.csv")).stream().skip(1).toList()) {
            int comma = line.indexOf(',');
            var picture = ImageIO.read(from.resolve(line.substring(0, comma)).toFile());
            if (picture == null) {
                throw new IOException(line + ": not a picture that can be read");
            }
            for (int i = 0; i < count; i++) {
                String file = line.substring(0, comma).replaceFirst("\\.[^.]*$", "-" + i + ".png");
                ImageIO.write(varied(picture, random), "png", to.resolve(file).toFile());
                labels.add(file + line.substring(comma));
            }
        }
        Files.write(to.resolve("labels.csv"), labels);
    }

    private static BufferedImage varied(BufferedImage picture, Random random) {
        double scale = Math.min(1.0, (double) LARGEST / Math.max(picture.getWidth(), picture.getHeight()));
        double width = scale * picture.getWidth();
        double height = scale * picture.getHeight();
        double cut = random.nextDouble(0, 0.1) * Math.min(width, height);
        var out = new BufferedImage((int) (width - cut), (int) (height - cut), BufferedImage.TYPE_BYTE_GRAY);
        var place = new AffineTransform();
        place.translate(-cut * random.nextDouble(), -cut * random.nextDouble());
        place.rotate(Math.toRadians(random.nextDouble(-6, 6)), width / 2, height / 2);
        place.scale(scale, scale);
        var graphics = out.createGraphics();
        graphics.setColor(Color.GRAY);
        graphics.fillRect(0, 0, out.getWidth(), out.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(halved(picture, place), place, null);
        graphics.dispose();
        light(out, random.nextDouble(0.8, 1.25), random.nextDouble(0.8, 1.25));
        return out;
    }

    /// The picture halved as often as it can be without becoming smaller than it will be drawn; `place` is for what comes back.
    private static BufferedImage halved(BufferedImage picture, AffineTransform place) {
        var now = picture;
        while (Math.sqrt(place.getDeterminant()) <= 0.5) {
            var half = new BufferedImage(now.getWidth() / 2, now.getHeight() / 2, BufferedImage.TYPE_INT_RGB);
            var graphics = half.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(now, 0, 0, half.getWidth(), half.getHeight(), null);
            graphics.dispose();
            now = half;
            place.scale(2, 2);
        }
        return now;
    }

    private static void light(BufferedImage picture, double contrast, double brightness) {
        var raster = picture.getRaster();
        int[] tones = raster.getPixels(0, 0, picture.getWidth(), picture.getHeight(), (int[]) null);
        double mean = IntStream.of(tones).average().orElse(0);
        for (int i = 0; i < tones.length; i++) {
            double tone = brightness * (mean + contrast * (tones[i] - mean));
            tones[i] = (int) Math.max(0, Math.min(255, Math.round(tone)));
        }
        raster.setPixels(0, 0, picture.getWidth(), picture.getHeight(), tones);
    }
}
