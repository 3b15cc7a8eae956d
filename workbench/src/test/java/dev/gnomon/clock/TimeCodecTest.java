package dev.gnomon.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gnomon.check.ConfigException;
import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Input;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Functional;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.Fit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TimeCodecTest {
    private static final int[] ALL = IntStream.range(0, ClockDataset.MINUTES).toArray();

    static List<TimeCodec> codecs() {
        return TimeCodecs.all();
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void readsWhatAPerfectNetworkAnswers(TimeCodec codec) {
        int[] told = codec.decode(codec.perfect(ALL));
        int width = codec instanceof ClassCodec(int classes, double _) ? 720 / classes : 1;
        for (int time : ALL) {
            assertThat(told[time] / width).as(codec.name()).isEqualTo(time / width);
        }
        assertThat(TimeCodecs.byName(codec.name())).isEqualTo(codec);
    }

    @ParameterizedTest
    @CsvSource({
        "classes-24, 7.5, 15",
        "classes-48, 3.733, 7",
        "classes-72, 2.5, 5",
        "classes-144, 1.2, 2",
        "classes-240, 0.667, 1",
        "classes-720, 0, 0",
        "soft-classes-720, 0, 0",
        "hours, 0, 0",
        "minutes, 0, 0",
        "circular-hours, 0, 0",
        "hour-and-minute-classes, 0, 0",
        "hour-class-minute-number, 0, 0",
        "hour-class-minute-angle, 0, 0",
        "dial, 0, 0",
        "hands, 0, 0"
    })
    void knowsWhatItCannotTellApart(String name, double mean, int most) {
        var floor = TimeCodecs.byName(name).floor();
        assertThat(floor.mean()).isCloseTo(mean, within(5e-4));
        assertThat(floor.most()).isEqualTo(most);
    }

    /// The shapes of targets and outputs belong together: two steps of training, then an answer for each picture.
    @ParameterizedTest
    @MethodSource("codecs")
    void isTrainedWith(TimeCodec codec) {
        var image = Input.of(3);
        var features = new Dense(5).apply(image);
        int[] times = {0, 719, 30, 400};
        try (var model = Functional.of(List.of(image), codec.head(features))) {
            model.compile(new Adam(), codec.losses(), Metrics.perOutput());
            var data = Dataset.of(Column.of(new float[12], 4, 3));
            for (var target : codec.encode(times).entrySet()) {
                data = data.withTarget(target.getKey(), target.getValue());
            }
            var history = model.fit(data, Fit.epochs(2).withBatchSize(2).withoutLint());
            assertThat(history.last().loss()).isFinite().isNotNegative();
            int[] told = codec.decode(model.predict(data, 4));
            assertThat(told).hasSize(4);
            assertThat(IntStream.of(told))
                    .allMatch(time -> time >= 0 && time < ClockDataset.MINUTES);
        }
    }

    @Test
    void goesRoundAtTwelve() {
        assertThat(decode(NumberCodec.HOURS, "time_number", 12.05f)).isEqualTo(3);
        assertThat(decode(NumberCodec.HOURS, "time_number", -0.05f)).isEqualTo(717);
        assertThat(decode(AngleCodec.DIAL, "dial", -0.01f, 1)).isEqualTo(719);
        float[] shares = new float[60];
        shares[58] = 1;
        var heads = new HeadsCodec(HeadsCodec.Minute.CLASS);
        float[] hours = new float[12];
        hours[11] = 1;
        assertThat(
                        heads.decode(
                                Map.of(
                                        "hour", Tensor.of(hours, 1, 12),
                                        "minute", Tensor.of(shares, 1, 60))))
                .containsExactly(718);
    }

    private static int decode(TimeCodec codec, String output, float... answer) {
        return codec.decode(Map.of(output, Tensor.of(answer, 1, answer.length)))[0];
    }

    @Test
    void softClassesGoRoundTheDial() {
        var target = new ClassCodec(720, 2).encode(new int[] {719, 100}).firstEntry().getValue();
        float[][] rows = target.tensor().rows();
        assertThat(rows[0][0]).isEqualTo(rows[0][718]).isCloseTo(0.176f, within(1e-3f));
        assertThat(rows[1][100]).isCloseTo(0.1995f, within(1e-3f));
        double sum = 0;
        for (float share : rows[0]) {
            sum += share;
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
    }

    @Test
    void refusesOtherNumbersOfClasses() {
        assertThatThrownBy(() -> new ClassCodec(100))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must divide 720, but is 100");
        assertThatThrownBy(() -> TimeCodecs.byName("hand"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("hands");
    }
}
