package dev.gnomon.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.data.clock.ClockSpec;
import dev.gnomon.data.clock.ClockStyle;
import dev.gnomon.data.clock.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockCacheTest {
    private static final ClockSpec SPEC = new ClockSpec(12, 16, Views.UPRIGHT, 1);

    @TempDir private Path cache;

    private final AtomicInteger rendered = new AtomicInteger();
    private Path kept = Path.of("");

    @BeforeEach
    void renderOnce() {
        get(cache);
        kept = cache.resolve("clocks/r6-12-16-upright-1");
        assertThat(rendered.getAndSet(0)).isPositive();
    }

    private ClockDataset get(Path folder) {
        return ClockDataset.rendered(SPEC, folder, 1, rendered::set);
    }

    @Test
    void whatWasKeptIsNotRenderedAgain() {
        assertThat(get(cache).size()).isEqualTo(12);
        assertThat(rendered).hasValue(0);
    }

    @Test
    void stylesAreKeptApart() {
        var spec = new ClockSpec(12, 16, Views.UPRIGHT, 1, ClockStyle.HELD_OUT);
        var heldOut = ClockDataset.rendered(spec, cache, 1, rendered::set);
        assertThat(rendered).doesNotHaveValue(0);
        assertThat(kept.resolveSibling(kept.getFileName() + "-held-out")).isDirectory();
        assertThat(heldOut.images().tensor()).isNotEqualTo(get(cache).images().tensor());
    }

    @Test
    void damagedFilesAreRenderedAgain() throws IOException {
        Path images = kept.resolve("images.npy");
        byte[] right = Files.readAllBytes(images);
        byte[] wrong = right.clone();
        wrong[wrong.length - 1]++;
        Files.write(images, wrong);
        get(cache);
        assertThat(rendered.getAndSet(0)).isPositive();
        assertThat(images).hasBinaryContent(right);

        Files.write(images, new byte[3]);
        get(cache);
        assertThat(rendered).doesNotHaveValue(0);
        assertThat(images).hasBinaryContent(right);
    }

    @Test
    void whatAKilledRunLeftIsRemoved() throws IOException {
        Files.delete(kept.resolve("sums.txt"));
        Files.delete(kept.resolve("points.npy"));
        Path leftover = Files.writeString(kept.resolve(".images.npy.1.tmp"), "half");
        assertThat(get(cache).size()).isEqualTo(12);
        assertThat(leftover).doesNotExist();
        assertThat(kept.resolve("points.npy")).exists();
    }

    @Test
    void withoutAFolderThePicturesAreUsedAllTheSame() throws IOException {
        Path file = Files.writeString(cache.resolve("file"), "");
        var clocks = get(file);
        var same = get(cache);
        assertThat(clocks.images().tensor()).isEqualTo(same.images().tensor());
        assertThat(clocks.time(11)).isEqualTo(same.time(11));
    }
}
