package dev.gnomon.cli;

import static dev.gnomon.cli.CommandFixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gnomon.data.ClockDataset;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The network in `models`, which reads clocks it was not trained on.
class ShippedReaderTest {
    private static final String FILE = "models/clock_any.keras";

    @TempDir private Path folder;

    /// The file, in this module's parent.
    private static Path file() {
        return Path.of("..", FILE).toAbsolutePath().normalize();
    }

    private JsonNode judged(String... data) throws Exception {
        String[] words = new String[data.length + 3];
        words[0] = "evaluate";
        words[1] = file().toString();
        words[2] = "--json";
        System.arraycopy(data, 0, words, 3, data.length);
        return run(folder, words).succeeds().json();
    }

    @Test
    void isSmall() throws Exception {
        assertThat(Files.size(file())).isLessThan(3_000_000);
    }

    @Test
    void readsPicturesOfARealSet() throws Exception {
        String data = System.getenv("GNOMON_DATA");
        assumeThat(data).as("set GNOMON_DATA to a folder with clock-samples").isNotNull();
        Path samples =
                Path.of(Objects.requireNonNull(data)).toAbsolutePath().resolve("clock-samples");
        var errors = judged("--data", samples.toString());
        assertThat(errors.path("within_1_minute").asDouble()).isGreaterThan(0.9);
        assertThat(errors.path("within_5_minutes").asDouble()).isGreaterThan(0.9);
        var once = judged("--data", samples.toString(), "--no-look-again");
        // One look at a turned dial reads the hands, but at times another hour or minute.
        assertThat(once.path("within_5_minutes").asDouble()).isBetween(0.8, 0.95);
        assertThat(once.path("within_1_minute").asDouble()).isBetween(0.5, 0.8);
    }

    @Test
    void saysTheTimeOfATurnedClockAndWhereItLooked() throws Exception {
        run(
                        folder,
                        "data",
                        "render-clocks",
                        "--count",
                        "60",
                        "--size",
                        "200",
                        "--style",
                        "any",
                        "--views",
                        "any",
                        "--seed",
                        "9",
                        "--out",
                        "clocks")
                .succeeds();
        var clocks = ClockDataset.read(folder.resolve("clocks"));
        List<String> words =
                new ArrayList<>(
                        List.of("predict", file().toString(), "--json", "--figure", "look.svg"));
        words.add("--input");
        for (int i = 0; i < 40; i++) {
            var picture = new BufferedImage(200, 200, BufferedImage.TYPE_BYTE_GRAY);
            for (int pixel = 0; pixel < 200 * 200; pixel++) {
                int grey = clocks.images().intAt(i, pixel);
                picture.getRaster().setSample(pixel % 200, pixel / 200, 0, grey);
            }
            ImageIO.write(picture, "png", folder.resolve(i + ".png").toFile());
            words.add(i + ".png");
        }
        var told = run(folder, words.toArray(String[]::new)).succeeds().json().path("times");
        int right = 0;
        for (int i = 0; i < 40; i++) {
            String[] time = told.get(i).path("time").asString().split(":", 2);
            int minutes = Integer.parseInt(time[0]) % 12 * 60 + Integer.parseInt(time[1]);
            assertThat(told.get(i).path("confidence").asDouble()).isBetween(0.0, 1.0);
            right += ClockDataset.minutesBetween(minutes, clocks.time(i)) <= 1 ? 1 : 0;
        }
        assertThat(right).isGreaterThan(28);
        assertThat(folder.resolve("look.svg")).content().contains("0.png", "39.png", "% sure");
    }

    @Test
    void readsClocksOfFormsThatTrainingNeverDrew() throws Exception {
        var errors =
                judged(
                        "--data",
                        "clocks",
                        "--style",
                        "held-out",
                        "--views",
                        "upright",
                        "--clocks",
                        "300",
                        "--clock-seed",
                        "7",
                        "--part",
                        "all");
        assertThat(errors.path("within_1_minute").asDouble()).isGreaterThan(0.7);
        assertThat(errors.path("within_5_minutes").asDouble()).isGreaterThan(0.8);
    }

    @Test
    void looksAgainOnlyWithANetworkThatFindsTheDial() throws Exception {
        var refused =
                run(
                        folder,
                        "evaluate",
                        "clock_cnn",
                        "--data",
                        "clocks",
                        "--clocks",
                        "40",
                        "--look-again");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("--look-again is for models of one square grey picture");
    }
}
