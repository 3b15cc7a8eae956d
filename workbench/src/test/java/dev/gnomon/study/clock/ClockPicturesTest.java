package dev.gnomon.study.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.ConfigException;
import dev.gnomon.clock.TimeCodecs;
import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.clock.ClockSpec;
import dev.gnomon.data.clock.Views;
import dev.gnomon.tensor.Shape;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockPicturesTest {
    @TempDir private Path folder;

    private ClockPictures folderOf(int size, int most) {
        ClockDataset.render(new ClockSpec(40, size, Views.ANY, 3), folder, 1, _ -> {});
        return ClockPictures.of(ClockDataset.read(folder), most);
    }

    @Test
    void largePicturesAreMadeSmallToo() {
        var pictures = folderOf(ClockPictures.LARGE, Integer.MAX_VALUE);
        assertThat(pictures.hasLarge()).isTrue();
        var small = pictures.of(ClockPictures.SMALL);
        var large = pictures.of(ClockPictures.LARGE);
        assertThat(small.test().times()).containsExactly(large.test().times());
        var codec = TimeCodecs.all().getFirst();
        assertThat(small.samples(small.train(), codec).inputs().firstEntry().getValue().shape())
                .isEqualTo(Shape.of(32, 75, 75, 1));
        assertThat(large.samples(large.train(), codec).inputs().firstEntry().getValue().shape())
                .isEqualTo(Shape.of(32, 150, 150, 1));
        float mean =
                (large.test().images().intAt(0, 0)
                                + large.test().images().intAt(0, 1)
                                + large.test().images().intAt(0, 150)
                                + large.test().images().intAt(0, 151))
                        / 4f;
        assertThat(small.test().images().tensor().values()[0]).isEqualTo(mean);
    }

    @Test
    void smallPicturesAreAllThereIs() {
        var pictures = folderOf(ClockPictures.SMALL, 20);
        assertThat(pictures.count()).isEqualTo(20);
        assertThat(pictures.hasLarge()).isFalse();
        assertThat(pictures.of(ClockPictures.SMALL).train().size()).isEqualTo(16);
    }

    @Test
    void otherSizesAreRefused() {
        assertThatThrownBy(() -> folderOf(100, 40))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "--data: the pictures of the study are 75×75 or 150×150, but these are 100×100.");
    }
}
