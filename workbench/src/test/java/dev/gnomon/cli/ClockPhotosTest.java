package dev.gnomon.cli;

import static dev.gnomon.cli.CommandFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.activation.Activation;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.model.Functional;
import dev.gnomon.model.Model;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Folders of photographs with the times in `labels.csv`.
class ClockPhotosTest {
    @TempDir private Path folder;

    @BeforeEach
    void makePhotosAndModel() throws IOException {
        Files.createDirectory(folder.resolve("photos"));
        var labels = new StringBuilder("file,hour,minute,source\n");
        for (int i = 0; i < 12; i++) {
            var image = new BufferedImage(20 + i, 40, BufferedImage.TYPE_INT_RGB);
            ImageIO.write(image, "png", folder.resolve("photos/" + i + ".png").toFile());
            labels.append(i).append(".png,").append(i).append(",30,\"mine, of all\"\n");
        }
        label(labels.toString());
        try (var model = model()) {
            model.save(folder.resolve("n.keras"));
        }
    }

    /// Tells every time as 12:00.
    private static Model model() {
        var image = Input.of(16, 16, 1);
        var x = new Flatten().apply(image);
        var points = new Dense(14).named("points").apply(x);
        var time = new Dense(720).withActivation(Activation.SOFTMAX).named("time").apply(x);
        return Functional.of(List.of(image), List.of(points, time)).initialize(1);
    }

    private void label(String text) throws IOException {
        Files.writeString(folder.resolve("photos/labels.csv"), text);
    }

    @Test
    void areJudgedByTheTimesTold() throws Exception {
        var judged = run(folder, "evaluate", "n.keras", "--data", "photos", "--json").succeeds();
        assertThat(judged.out()).startsWith("Common-sense error on 12 pictures");
        assertThat(judged.json().path("common_sense_error_minutes").asDouble()).isEqualTo(180);
        assertThat(judged.json().path("largest_error_minutes").asInt()).isEqualTo(330);
    }

    @Test
    void fewAreJudgedToo() throws Exception {
        label("file,hour,minute\n0.png,12,10\n1.png,11,30\n");
        assertThat(run(folder, "evaluate", "n.keras", "--data", "photos").succeeds().out())
                .startsWith("Common-sense error on 2 pictures: 20.00 minutes in the mean");
    }

    @Test
    void areNotLearntFromWhereThePointsAreMissing() throws Exception {
        assertThat(run(folder, "train", "clock_reader", "--data", "photos").err())
                .contains("these pictures come without points.npy. Use rendered clocks");
    }

    @Test
    void wrongLabelsAreTold() throws Exception {
        for (String line : List.of("1.png,13,0", "1.png,1,60", "1.png,one,2", "1.png,1")) {
            label("file,hour,minute\n0.png,0,0\n" + line + "\n");
            assertThat(run(folder, "evaluate", "n.keras", "--data", "photos").err())
                    .contains(
                            "labels.csv: picture 2 is told of as "
                                    + line
                                    + "; wanted are file, hour from 0 to 12, and minute from 0 to 59.");
        }
        label("file,hour,minute\n");
        assertThat(run(folder, "evaluate", "n.keras", "--data", "photos").err())
                .contains("labels.csv: tells of no picture");
        label("name,hour,minute\n0.png,0,0\n");
        assertThat(run(folder, "evaluate", "n.keras", "--data", "photos").err())
                .contains("begins with name,hour,minute", "must begin with file,hour,minute");
        label("file,hour,minute\nno.png,0,0\n");
        assertThat(run(folder, "evaluate", "n.keras", "--data", "photos").err()).contains("no.png");
    }
}
