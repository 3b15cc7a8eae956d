package dev.gnomon.cli;

import static dev.gnomon.cli.CommandFixture.here;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.activation.Activation;
import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.Column;
import dev.gnomon.data.Npy;
import dev.gnomon.data.Npz;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.model.Functional;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pictures of any size go to a model that takes one size; clocks are told as times.
class PredictPicturesTest {
    private static final int SIDE = 12;

    @TempDir private Path folder;

    @BeforeEach
    void makeModel() {
        var image = Input.of(SIDE, SIDE, 1).named("image");
        var flat = new Flatten().apply(new Rescaling(1 / 255.0).apply(image));
        var points = new Dense(14).named(ClockDataset.POINTS).apply(flat);
        var time =
                new Dense(ClockDataset.MINUTES)
                        .withActivation(Activation.SOFTMAX)
                        .named("time_class")
                        .apply(flat);
        try (var model = Functional.of(List.of(image), List.of(points, time)).initialize(1)) {
            model.save(folder.resolve("clock.keras"));
        }
    }

    /// A picture whose pixels are each so many pixels high and wide, with bars at its sides that are to be cut off.
    private Path picture(String name, int magnified, int bar) throws IOException {
        var image =
                new BufferedImage(
                        SIDE * magnified + 2 * bar, SIDE * magnified, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int column = Math.floorDiv(x - bar, magnified);
                boolean inside = column >= 0 && column < SIDE;
                int grey = inside ? (7 * column + 13 * (y / magnified)) % 256 : 255;
                image.setRGB(x, y, grey * 0x010101);
            }
        }
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void cutsAndAveragesToTheModelsSize() throws IOException {
        Path small = picture("small.png", 1, 0);
        Path large = picture("large.png", 5, 0);
        Path wide = picture("wide.png", 3, 20);
        here(
                        "predict",
                        path("clock.keras"),
                        "--input",
                        small.toString(),
                        large.toString(),
                        wide.toString(),
                        "--output",
                        path("out.npz"))
                .succeeds();
        float[][] rows =
                Objects.requireNonNull(Npz.read(folder.resolve("out.npz")).get("time_class"))
                        .tensor()
                        .rows();
        assertThat(rows).hasDimensions(3, ClockDataset.MINUTES);
        for (int i = 0; i < ClockDataset.MINUTES; i++) {
            assertThat(rows[1][i]).isCloseTo(rows[0][i], within(rows[0][i]));
            assertThat(rows[2][i]).isCloseTo(rows[0][i], within(rows[0][i]));
        }
    }

    private static Offset<Float> within(float value) {
        return Offset.offset(1e-4f * value + 1e-9f);
    }

    @Test
    void saysTheTimeAndDrawsWhereItLooked() throws Exception {
        Path photo = picture("photo.png", 4, 3);
        var told =
                here(
                        "predict",
                        path("clock.keras"),
                        "--input",
                        photo.toString(),
                        "--figure",
                        path("look.svg"),
                        "--json");
        told.succeeds();
        assertThat(told.out())
                .containsPattern(
                        "photo.png  1?\\d:\\d\\d +\\d+\\.\\d % sure to the minute or its neighbours");
        var time = told.json().path("times").path(0);
        assertThat(time.path("time").asString()).matches("1?\\d:\\d\\d");
        assertThat(time.path("confidence").asDouble()).isBetween(0.0, 1.0);
        var svg =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(folder.resolve("look.svg").toFile());
        assertThat(svg.getElementsByTagName("image").getLength()).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("look.svg")))
                .contains(time.path("time").asString(), "photo.png");
    }

    @Test
    void warnsOfPicturesThatItCannotRead() throws IOException {
        float[] pixels = new float[2 * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i % 256 / 255f;
        }
        Npy.write(folder.resolve("scaled.npy"), Column.of(pixels, 2, SIDE, SIDE, 1));
        pixels[SIDE * SIDE] = Float.NaN;
        Npy.write(folder.resolve("nan.npy"), Column.of(pixels, 2, SIDE, SIDE, 1));
        assertThat(predicted("scaled.npy").err()).contains("they seem to be scaled already");
        var refused = here("predict", path("clock.keras"), "--input", path("nan.npy"));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("nan.npy: picture 1 holds NaN or infinity");
        picture("photo.png", 4, 3);
        for (String again : List.of("--look-again", "--no-look-again")) {
            assertThat(predicted("photo.png", again).err())
                    .contains("Less than half sure of 1 of 1. Is one whole clock in the picture?");
        }
        Files.createDirectory(folder.resolve("folder.jpg"));
        var none = here("predict", path("clock.keras"), "--input", path("folder.jpg"));
        assertThat(none.err()).contains("folder.jpg is a folder; name the files in it");
    }

    private CommandFixture.Result predicted(String file, String... more) {
        String[] words = {"predict", path("clock.keras"), "--input", path(file)};
        return here(Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new))
                .succeeds();
    }

    @Test
    void aModelThatAnswersNaNTellsNoTime() throws IOException {
        var image = Input.of(SIDE, SIDE, 1).named("image");
        var flat = new Flatten().apply(new Rescaling(Double.MAX_VALUE).apply(image));
        var points = new Dense(14).named(ClockDataset.POINTS).apply(flat);
        var time = new Dense(ClockDataset.MINUTES).named("time_class").apply(flat);
        try (var model = Functional.of(List.of(image), List.of(points, time)).initialize(1)) {
            model.save(folder.resolve("clock.keras"));
        }
        picture("photo.png", 4, 3);
        for (String again : List.of("--look-again", "--no-look-again")) {
            var unread = predicted("photo.png", again, "--figure", path("look.svg"), "--json");
            assertThat(unread.out()).contains("photo.png  not read: the model answers NaN");
            assertThat(unread.json().path("times").path(0).path("time").isNull()).isTrue();
            assertThat(folder.resolve("look.svg"))
                    .content()
                    .contains("not read")
                    .doesNotContain("NaN");
        }
    }

    @Test
    void takesScoresForWhatTheyAre() throws IOException {
        var image = Input.of(SIDE, SIDE, 1).named("image");
        var flat = new Flatten().apply(new Rescaling(1 / 255.0).apply(image));
        var points = new Dense(14).named(ClockDataset.POINTS).apply(flat);
        var scores = new Dense(ClockDataset.MINUTES).named("time_class").apply(flat);
        try (var model = Functional.of(List.of(image), List.of(points, scores)).initialize(1)) {
            model.save(folder.resolve("scores.keras"));
        }
        Path photo = picture("photo.png", 4, 3);
        for (String again : List.of("--look-again", "--no-look-again")) {
            String alike = told("clock.keras", photo, again);
            assertThat(told("scores.keras", photo, again)).isEqualTo(alike).contains("% sure");
        }
    }

    private String told(String model, Path photo, String again) {
        return here("predict", path(model), "--input", photo.toString(), again).succeeds().out();
    }

    @Test
    void drawsClocksOnly() throws IOException {
        Path photo = picture("photo.png", 4, 3);
        CommandFixture.network(folder.resolve("n.keras"));
        var refused =
                here(
                        "predict",
                        path("n.keras"),
                        "--input",
                        photo.toString(),
                        "--figure",
                        path("look.svg"));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("no output of the model has a class for each of the 720");
        var other =
                here(
                        "predict",
                        path("clock.keras"),
                        "--input",
                        photo.toString(),
                        "--figure",
                        path("look.pdf"));
        assertThat(other.err()).contains("--figure must name an .svg file");
    }
}
