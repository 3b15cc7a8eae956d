package dev.gnomon.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gnomon.Golden;
import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import dev.gnomon.data.ImageFolder.ColorMode;
import dev.gnomon.data.ImageFolder.LabelMode;
import dev.gnomon.data.transform.Resize.Fit;
import dev.gnomon.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ImageFolderTest {
    @TempDir private Path folder;

    private void picture(String name, int rgb) throws IOException {
        var image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 4; i++) {
            image.setRGB(i % 2, i / 2, rgb);
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, name.substring(name.length() - 3), file.toFile());
    }

    private void pictures() throws IOException {
        picture("b/2.png", 0x020202);
        picture("b/1.PNG".toLowerCase(Locale.ROOT), 0x010101);
        picture("b/inner/0.bmp", 0x030303);
        picture("a/9.gif", 0x000000);
        picture(".hidden/9.png", 0x000000);
        Files.writeString(folder.resolve("a/notes.txt"), "no picture");
    }

    private ImageFolder small() {
        return ImageFolder.of(folder).withImageSize(1, 1).withShuffle(false);
    }

    @Test
    void classesAndFilesAreSorted() throws IOException {
        pictures();
        var set = small().load();
        assertThat(set.classNames()).containsExactly("a", "b");
        assertThat(set.images().shape()).isEqualTo(Shape.of(4, 1, 1, 3));
        assertThat(set.labels().ints()).containsExactly(0, 1, 1, 1);
        assertThat(set.images().tensor().values())
                .containsExactly(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3);
        assertThat(ImageFolder.load(folder).images().sampleShape())
                .isEqualTo(Shape.of(256, 256, 3));
    }

    @Test
    void labelsHaveFourForms() throws IOException {
        pictures();
        assertThat(small().withLabelMode(LabelMode.CATEGORICAL).load().labels().tensor().values())
                .containsExactly(1, 0, 0, 1, 0, 1, 0, 1);
        assertThat(small().withLabelMode(LabelMode.BINARY).load().labels().shape())
                .isEqualTo(Shape.of(4, 1));
        var none = small().withLabelMode(LabelMode.NONE).withColorMode(ColorMode.GRAYSCALE).load();
        assertThat(none.targets()).isEmpty();
        assertThat(none.size()).isEqualTo(5);
        var named = small().withClassNames("b").load();
        assertThat(named.labels().ints()).containsExactly(0, 0, 0);
        assertThat(named.classNames()).containsExactly("b");
    }

    @Test
    void theSeedGivesTheOrder() throws IOException {
        for (int i = 0; i < 30; i++) {
            picture("c/" + i + ".png", i);
            picture("d/" + i + ".png", i);
        }
        var shuffled = small().withShuffle(true);
        int[] labels = shuffled.load().labels().ints();
        assertThat(labels).isEqualTo(shuffled.load().labels().ints());
        assertThat(labels).isNotEqualTo(shuffled.withSeed(1).load().labels().ints());
        var parts = shuffled.loadSplit(0.2);
        assertThat(parts.get(0).size()).isEqualTo(48);
        assertThat(parts.get(1).labels().ints()).isEqualTo(Arrays.copyOfRange(labels, 48, 60));
    }

    @Test
    void batchesAreDecodedByHelpers() throws IOException {
        for (int i = 0; i < 20; i++) {
            picture("c/" + (10 + i) + ".png", i * 0x010101);
        }
        int seen = 0;
        try (var batches = new Batches(small().load(), BatchOrder.identity(20), 8, 0)) {
            while (batches.next()) {
                for (int i = 0; i < batches.size(); i++) {
                    float value = batches.input("x").getAtIndex(ValueLayout.JAVA_FLOAT, 3L * i);
                    assertThat(value).isEqualTo(seen++);
                }
            }
        }
        assertThat(seen).isEqualTo(20);
    }

    /// The file is cut to so many hundredths.
    @ParameterizedTest
    @CsvSource({
        "png,0", "png,1", "png,5", "png,50", "png,95", "jpg,0", "jpg,30", "jpg,70", "bmp,10",
        "bmp,90", "gif,50"
    })
    void aBrokenPictureIsNamed(String kind, int hundredths) throws IOException {
        pictures();
        var image = new BufferedImage(60, 60, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 3600; i++) {
            image.setRGB(i % 60, i / 60, i * 0x9E3779);
        }
        Path broken = folder.resolve("b/2." + kind);
        ImageIO.write(image, kind, broken.toFile());
        byte[] whole = Files.readAllBytes(broken);
        Files.write(broken, Arrays.copyOf(whole, whole.length * hundredths / 100));
        assertThatThrownBy(() -> small().load().cached())
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(broken + ": ")
                .hasMessageMatching("(?s).*(is no picture of a known kind|cannot be read: ).*");
        try (var batches = new Batches(small().load(), BatchOrder.identity(4), 4, 0)) {
            assertThatThrownBy(batches::next)
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(broken.toString());
        }
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        pictures();
        assertThatThrownBy(() -> ImageFolder.load(folder.resolve("none")))
                .isInstanceOf(DataException.class)
                .hasMessage(folder.resolve("none") + ": there is no such folder of pictures.");
        assertThatThrownBy(() -> ImageFolder.load(folder.resolve("a")))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        folder.resolve("a")
                                + ": holds no pictures (.bmp, .gif, .jpeg, .jpg, .png) in folders of classes.");
        assertThatThrownBy(() -> small().withClassNames("b", "c").load())
                .isInstanceOf(DataException.class)
                .hasMessage(
                        folder
                                + ": the classes [b, c] were asked for, but the folders are [a, b].");
        assertThatThrownBy(() -> small().withClassNames("b").withLabelMode(LabelMode.BINARY).load())
                .isInstanceOf(DataException.class)
                .hasMessage(
                        folder
                                + ": the label mode BINARY needs two classes, but there are 1: [b].");
        assertThatThrownBy(() -> small().withClassNames("b").withLabelMode(LabelMode.NONE))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "ImageFolder: class names belong to labels, but the label mode is NONE. Leave one of them"
                                + " out.");
        assertThatThrownBy(() -> small().loadSplit(1))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "ImageFolder: validationSplit must be above 0 and below 1, but is 1.0.");
        assertThatThrownBy(() -> small().loadSplit(0.1))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "ImageFolder: a validationSplit of 0.1 of 4 pictures leaves one part empty.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "greek grayscale int stretch",
                "greek rgb categorical crop",
                "handwritten-digits rgb binary stretch",
                "handwritten-digits rgba int crop",
                "greek grayscale int pad",
                "handwritten-digits rgb int pad"
            })
    void isThatOfKeras(String key) {
        String data = System.getenv("GNOMON_DATA");
        assumeThat(data)
                .as("set GNOMON_DATA to a folder with the data sets to run this test")
                .isNotBlank();
        String[] words = key.split(" ");
        Path pictures = Path.of(data).resolve(words[0]);
        assumeThat(pictures).exists();
        var golden = Golden.read("folders");
        var set =
                ImageFolder.of(pictures)
                        .withImageSize(9, 7)
                        .withColorMode(ColorMode.valueOf(words[1].toUpperCase(Locale.ROOT)))
                        .withLabelMode(LabelMode.valueOf(words[2].toUpperCase(Locale.ROOT)))
                        .withFit(Fit.valueOf(words[3].toUpperCase(Locale.ROOT)))
                        .withShuffle(false)
                        .load();
        golden.check(key + " labels", doubles(set.labels().tensor().values()), 0);
        var ends = set.images().select(new int[] {0, set.size() - 1});
        assertThat(ends.shape()).isEqualTo(golden.shape(key));
        golden.check(key, doubles(ends.tensor().values()), 1e-6);
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
