package dev.gnomon.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.Golden;
import dev.gnomon.check.ConfigException;
import dev.gnomon.check.ShapeException;
import dev.gnomon.data.transform.Resize.Fit;
import dev.gnomon.tensor.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResizeTest {
    private static final Golden GOLDEN = Golden.read("resize");

    static Stream<String> cases() {
        return GOLDEN.keys().stream().filter(key -> key.contains(" "));
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /// Bit for bit with bilinear and nearest. With the others TensorFlow's vector code adds in another order, which changes
    /// the last bit: that of values up to 255 is 3e-5.
    @ParameterizedTest
    @MethodSource("cases")
    void isThatOfKeras(String key) {
        String[] words = key.split(" ");
        int[] size = Arrays.stream(words[1].split("x")).mapToInt(Integer::parseInt).toArray();
        var interpolation = Interpolation.valueOf(words[2].toUpperCase(Locale.ROOT));
        var resize =
                new Resize(size[0], size[1])
                        .withInterpolation(interpolation)
                        .withFit(Fit.valueOf(words[3].toUpperCase(Locale.ROOT)))
                        .withFillValue(9);
        var step = resize.prepare(GOLDEN.shape(words[0]));
        assertThat(step.shape()).isEqualTo(GOLDEN.shape(key));
        float[] result = new float[Math.toIntExact(step.shape().elements())];
        step.apply(floats(GOLDEN.values(words[0])), result);
        boolean exact =
                interpolation == Interpolation.BILINEAR || interpolation == Interpolation.NEAREST;
        GOLDEN.check(
                key,
                IntStream.range(0, result.length).mapToDouble(i -> result[i]).toArray(),
                exact ? 0 : 3e-5);
    }

    @Test
    void picturesNeedNoAxisOfChannels() {
        var step = new Resize(4, 2).prepare(Shape.of(8, 8));
        assertThat(step.shape()).isEqualTo(Shape.of(4, 2));
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> new Resize(0, 3))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Resize: height and width must be at least 1, but are 0 and 3.");
        assertThatThrownBy(() -> new Resize(3, 3).prepare(Shape.of(784)))
                .isInstanceOf(ShapeException.class)
                .hasMessage(
                        "Resize: needs pictures [height, width, channels] or [height, width], but the samples are"
                                + " [784].");
    }
}
