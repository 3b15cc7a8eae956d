package dev.gnomon.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.DataException;
import dev.gnomon.tensor.Shape;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImagesTest {
    @Test
    void greyIsThatOfPillow() {
        assertThat(Images.grey(0xFF0000)).isEqualTo(76);
        assertThat(Images.grey(0x00FF00)).isEqualTo(150);
        assertThat(Images.grey(0x0000FF)).isEqualTo(29);
        for (int value = 0; value < 256; value++) {
            assertThat(Images.grey(value * 0x010101)).isEqualTo(value);
        }
    }

    @Test
    void readsRowsFromTheTop() {
        var image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(2, 0, 0xFF102030);
        image.setRGB(0, 1, 0x00AABBCC);
        var rgb = Images.rgb(List.of(image, image));
        assertThat(rgb.shape()).isEqualTo(Shape.of(2, 2, 3, 3));
        assertThat(rgb.slice(1, 2).tensor().values())
                .containsExactly(0, 0, 0, 0, 0, 0, 16, 32, 48, 170, 187, 204, 0, 0, 0, 0, 0, 0);
        assertThat(Images.grey(List.of(image)).tensor().get(0, 0, 2, 0))
                .isEqualTo(Images.grey(0x102030));
    }

    @Test
    void greyPicturesAreReadAsStored() {
        var image = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
        var deep = new BufferedImage(256, 1, BufferedImage.TYPE_USHORT_GRAY);
        for (int x = 0; x < 256; x++) {
            image.getRaster().setSample(x, 0, 0, x);
            deep.getRaster().setSample(x, 0, 0, x * 257);
        }
        for (var column : List.of(Images.grey(List.of(image)), Images.grey(List.of(deep)))) {
            for (int x = 0; x < 256; x++) {
                assertThat(column.intAt(0, x)).isEqualTo(x);
            }
        }
    }

    @Test
    void refusesSizesThatDiffer() {
        var small = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
        var large = new BufferedImage(30, 28, BufferedImage.TYPE_INT_RGB);
        assertThatThrownBy(() -> Images.grey(List.of(small, large)))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "Images: picture 1 has 30x28 pixels, but the first has 28x28. Scale them to one size first.");
        assertThatThrownBy(() -> Images.rgb(List.of()))
                .isInstanceOf(DataException.class)
                .hasMessage("Images: at least one picture is needed, but none was given.");
    }
}
