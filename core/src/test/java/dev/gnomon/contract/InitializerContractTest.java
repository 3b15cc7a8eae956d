package dev.gnomon.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gnomon.initializer.*;
import dev.gnomon.initializer.VarianceScaling.Distribution;
import dev.gnomon.initializer.VarianceScaling.Mode;
import dev.gnomon.keras.KerasTypes;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Input;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What every initializer keeps.
class InitializerContractTest {
    private static final int IN = 40;
    private static final int OUT = 60;
    private static final double MEAN_FAN = (IN + OUT) / 2.0;

    /// How much of a normal distribution's deviation is left when it is cut at ±2.
    private static final double CUT = 0.8796256610342398;

    /// An initializer with the statistics of a kernel `[40, 60]`.
    ///
    /// @param reach the largest distance of a value from the mean
    private record Sample(
            Initializer initializer,
            double mean,
            double deviation,
            double reach,
            boolean drawn,
            Rules rules) {
        Sample refuses(String component, Object value, String sentence) {
            rules.refuses(component, value, sentence);
            return this;
        }

        Sample free(String... components) {
            rules.free(components);
            return this;
        }
    }

    /// Values that are always the same.
    private static Sample fixed(
            Initializer initializer, double mean, double deviation, double reach) {
        return new Sample(
                initializer, mean, deviation, reach, false, new Rules((Record) initializer));
    }

    private static Sample uniform(Initializer initializer, double mean, double limit) {
        return drawn(initializer, mean, limit / Math.sqrt(3), limit);
    }

    /// @param deviation after the cut
    private static Sample cut(Initializer initializer, double mean, double deviation) {
        return drawn(initializer, mean, deviation, 2 * deviation / CUT);
    }

    private static Sample drawn(
            Initializer initializer, double mean, double deviation, double reach) {
        return new Sample(
                initializer, mean, deviation, reach, true, new Rules((Record) initializer));
    }

    /// The samples: a new initializer needs a row here.
    private static List<Sample> samples() {
        return List.of(
                fixed(new Zeros(), 0, 0, 0),
                fixed(new Ones(), 1, 0, 0),
                fixed(new Constant(0.25), 0.25, 0, 0).free("value"),
                fixed(new Identity(2), 2.0 / OUT, 0.2539, 2).free("gain"),
                drawn(new RandomNormal(0.5, 0.2), 0.5, 0.2, 1.2)
                        .free("mean")
                        .refuses(
                                "stddev",
                                -0.1,
                                "RandomNormal: stddev must be at least 0, but is -0.1."),
                uniform(new RandomUniform(-0.1, 0.3), 0.1, 0.2)
                        .refuses(
                                "minval",
                                0.4,
                                "RandomUniform: minval must not be above maxval, but they are 0.4 and 0.3.")
                        .refuses(
                                "maxval",
                                -0.2,
                                "RandomUniform: minval must not be above maxval, but they are -0.1 and -0.2."),
                cut(new TruncatedNormal(0.5, 0.2), 0.5, 0.2 * CUT)
                        .free("mean")
                        .refuses(
                                "stddev",
                                -0.1,
                                "TruncatedNormal: stddev must be at least 0, but is -0.1."),
                cut(new VarianceScaling(), 0, Math.sqrt(1.0 / IN))
                        .refuses(
                                "scale",
                                0.0,
                                "VarianceScaling: scale must be above 0, but is 0.0."),
                uniform(
                                new VarianceScaling(2, Mode.FAN_OUT, Distribution.UNIFORM),
                                0,
                                Math.sqrt(6.0 / OUT))
                        .refuses(
                                "scale",
                                -1.0,
                                "VarianceScaling: scale must be above 0, but is -1.0."),
                uniform(new GlorotUniform(), 0, Math.sqrt(3 / MEAN_FAN)),
                cut(new GlorotNormal(), 0, Math.sqrt(1 / MEAN_FAN)),
                uniform(new HeUniform(), 0, Math.sqrt(6.0 / IN)),
                cut(new HeNormal(), 0, Math.sqrt(2.0 / IN)),
                uniform(new LecunUniform(), 0, Math.sqrt(3.0 / IN)),
                cut(new LecunNormal(), 0, Math.sqrt(1.0 / IN)),
                drawn(new Orthogonal(1.5), 0, 1.5 / Math.sqrt(OUT), 1.5).free("gain"));
    }

    @TempDir private Path folder;

    @Test
    void everyInitializerHasASample() {
        var sampled = samples().stream().map(sample -> sample.initializer.getClass()).toList();
        Types.check(Initializer.class, InitializerContractTest.class, sampled, Map.of(), Map.of());
    }

    @TestFactory
    Stream<DynamicContainer> initializers() {
        return samples().stream()
                .map(sample -> Named.tests(sample.initializer.toString(), tests(sample)));
    }

    private Stream<DynamicTest> tests(Sample sample) {
        Initializer initializer = sample.initializer;
        Stream<DynamicTest> own =
                Stream.of(
                        dynamicTest("comes back from Keras's form", () -> comesBack(initializer)),
                        dynamicTest("has the statistics stated", () -> statistics(sample)),
                        dynamicTest("repeats with its key alone", () -> repeats(sample)));
        Stream<DynamicTest> rules = sample.rules.tests();
        Stream<DynamicTest> trial = Trial.ofNetwork(() -> network(initializer), 2).tests(folder);
        return Stream.of(own, trial, rules).flatMap(tests -> tests);
    }

    private static Model network(Initializer initializer) {
        return Sequential.of(
                Input.of(6), new Dense(5).withKernelInitializer(initializer), new Dense(2));
    }

    private static void comesBack(Initializer initializer) {
        assertThat(KerasTypes.className((Record) initializer))
                .isEqualTo(initializer.getClass().getSimpleName());
        assertThat(KerasTypes.throughJson(Initializer.class, (Record) initializer))
                .isEqualTo(initializer);
    }

    /// Bounds of five standard errors; the key is fixed.
    private static void statistics(Sample sample) {
        float[] values = sample.initializer.values(Shape.of(IN, OUT), Key.of(5));
        assertThat(values).hasSize(IN * OUT);
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            assertThat(Math.abs(value - sample.mean)).isLessThanOrEqualTo(sample.reach + 1e-6);
            sum += value;
            squares += (value - sample.mean) * (value - sample.mean);
        }
        int count = values.length;
        double error = 5 * sample.deviation / Math.sqrt(count) + 1e-6;
        assertThat(sum / count).as("mean").isCloseTo(sample.mean, within(error));
        assertThat(Math.sqrt(squares / count))
                .as("deviation")
                .isCloseTo(sample.deviation, within(error));
    }

    private static void repeats(Sample sample) {
        Shape shape = Shape.of(IN, OUT);
        float[] values = sample.initializer.values(shape, Key.of(5));
        assertThat(sample.initializer.values(shape, Key.of(5))).isEqualTo(values);
        float[] other = sample.initializer.values(shape, Key.of(6));
        if (sample.drawn) {
            assertThat(other).isNotEqualTo(values);
        } else {
            assertThat(other).isEqualTo(values);
        }
    }
}
