package dev.gnomon.study.permuted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.KnownDataSet;
import dev.gnomon.data.TrainTest;
import dev.gnomon.plan.Plan;
import dev.gnomon.random.Key;
import dev.gnomon.study.Scale;
import dev.gnomon.study.StudyRun;
import dev.gnomon.study.StudySettings;
import dev.gnomon.study.StudyWatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(100)
class PermutedPixelsTest {
    private static final List<String> SETS = List.of("mnist", "fashion-mnist", "cifar-10");

    @TempDir private Path folder;

    /// Small stand-ins for the known sets: bright stripes at a place that is the class.
    private static Dataset made(String name, int count) {
        boolean colour = name.startsWith("cifar");
        int side = colour ? 32 : 28;
        int channels = colour ? 3 : 1;
        byte[] pixels = new byte[count * side * side * channels];
        int[] labels = new int[count];
        for (int i = 0; i < pixels.length; i++) {
            int row = i / (side * side * channels);
            labels[row] = row % 10;
            boolean bright = i / channels % side / 2 == labels[row];
            pixels[i] = (byte) (bright ? 255 : Key.of(name.length()).intAt(i, 160));
        }
        var images =
                colour
                        ? Column.of(pixels, count, side, side, channels)
                        : Column.of(pixels, count, side, side);
        return Dataset.of(images, Column.labels(labels))
                .withClassNames(KnownDataSet.named(name).classNames());
    }

    private static PermutedPictures pictures(List<String> sets) {
        return new PermutedPictures(
                sets, name -> new TrainTest(made(name, 120), made(name, 20)), 100);
    }

    private static PermutedPixels study(int seeds, List<String> sets) {
        var settings = new StudySettings(Scale.QUICK, seeds, null, null, 2, Plan.Kernels.ONEDNN);
        return new PermutedPixels(
                settings, new PermutedPixels.Extent(100, 2, 1, 30), pictures(sets));
    }

    private StudyRun run(PermutedPixels study, String name) throws IOException {
        Path out = Files.createDirectories(folder.resolve(name));
        var run = new StudyRun(PermutedPixels.NAME, study, study.settings(), out);
        assertThat(run.run(new StudyWatcher() {})).isTrue();
        return run;
    }

    /// The report without its pictures.
    private String words(String name) throws IOException {
        return Files.readString(folder.resolve(name).resolve("report.html"))
                .replaceAll("base64,[^\"]*", "");
    }

    @Test
    void trainsEveryCellAndWritesTheReport() throws IOException {
        var run = run(study(2, SETS), "two");
        assertThat(run.results().size()).isEqualTo(24);
        assertThat(run.writeReport()).isBetween(4, 10);
        assertThat(words("two"))
                .contains("In short.", "Fashion-MNIST, permuted", "The interaction", "--seeds 2")
                .doesNotContain("NaN", "Infinity");
        for (var result : run.results().where(Cell.NETWORK, "mlp").all()) {
            boolean permuted = "permuted".equals(result.factor(Cell.PICTURES));
            assertThat(result.figures().containsKey(PermutedTrial.NEIGHBOURS_UNDONE))
                    .isEqualTo(permuted);
            assertThat(result.row("val_loss"))
                    .hasSize((int) Math.round(result.figure(PermutedTrial.EPOCHS)));
        }
    }

    @Test
    void oneSeedMakesAReportThatClaimsNothing() throws IOException {
        run(study(1, SETS.subList(0, 1)), "one").writeReport();
        assertThat(words("one"))
                .contains("with one seed, which shows nothing")
                .doesNotContain("NaN", "Infinity");
    }

    @Test
    void allPartsAreInTheSameOrderAndTheInverseBringsThePicturesBack() {
        var pictures = pictures(SETS);
        assertThat(pictures.of("mnist").permutation())
                .isEqualTo(pictures.of("fashion-mnist").permutation());
        for (String set : SETS) {
            var plain = pictures.of(set);
            var permuted = plain.permuted();
            assertThat(plain.train().size()).isEqualTo(90);
            assertThat(plain.validation().size()).isEqualTo(10);
            var inverse = plain.permutation().inverse();
            assertThat(permuted.train().labels().ints()).isEqualTo(plain.train().labels().ints());
            assertThat(permuted.train().images().tensor())
                    .isNotEqualTo(plain.train().images().tensor());
            assertThat(permuted.train().map(inverse).images().tensor())
                    .isEqualTo(plain.train().images().tensor());
            assertThat(permuted.test().map(inverse).images().tensor())
                    .isEqualTo(plain.test().images().tensor());
        }
    }
}
