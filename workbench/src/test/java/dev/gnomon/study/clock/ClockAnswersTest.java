package dev.gnomon.study.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.clock.TimeCodec;
import dev.gnomon.clock.TimeCodecs;
import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.Column;
import dev.gnomon.study.Results;
import dev.gnomon.study.TrialResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The sentences of the report follow from the readings, however these turn out.
class ClockAnswersTest {
    private static final int SIDE = ClockPictures.SMALL;

    /// How a form reads a true time.
    private interface Reader {
        IntUnaryOperator of(TimeCodec codec);
    }

    /// What is said of pictures of these times, which are all parts at once.
    private static ClockEvidence evidence(int[] times, Reader reader) {
        var images = Column.of(new byte[times.length * SIDE * SIDE], times.length, SIDE, SIDE);
        var clocks = ClockDataset.of(images, times);
        List<TrialResult> all = new ArrayList<>();
        for (TimeCodec codec : TimeCodecs.all()) {
            int[] told = Arrays.stream(times).map(reader.of(codec)).toArray();
            var errors =
                    IntStream.range(0, times.length)
                            .map(i -> ClockDataset.minutesBetween(told[i], times[i]))
                            .sorted()
                            .toArray();
            double mean = Arrays.stream(errors).average().orElseThrow();
            var factors = new LinkedHashMap<String, String>();
            factors.put(ClockTrial.CODEC, codec.name());
            factors.put(ClockTrial.SIZE, Integer.toString(SIDE));
            factors.put(ClockTrial.SEED, "1");
            var figures = new LinkedHashMap<String, Double>();
            figures.put(ClockTrial.ERROR, mean);
            figures.put(ClockTrial.VALIDATION_ERROR, mean);
            figures.put(ClockTrial.SECONDS, 1.0);
            figures.put("test_median", (double) errors[errors.length / 2]);
            figures.put("test_within_1", 1.0);
            figures.put("test_within_5", 1.0);
            var series = new LinkedHashMap<String, List<Double>>();
            series.put(ClockTrial.TOLD, Arrays.stream(told).asDoubleStream().boxed().toList());
            all.add(new TrialResult(factors, figures, series));
        }
        return new ClockEvidence(
                new Results(all), new ClockPictures.Parts(SIDE, clocks, clocks, clocks));
    }

    private static int[] allTimes() {
        return IntStream.range(0, ClockDataset.MINUTES).toArray();
    }

    private static String said(ClockEvidence evidence) {
        var answers = new ClockAnswers(evidence);
        var best = TellTheTime.ranked(evidence.results()).getFirst();
        return String.join(
                "\n",
                Stream.of(
                                answers.findings(best, Results.NONE),
                                answers.reasons(),
                                answers.answers())
                        .flatMap(List::stream)
                        .toList());
    }

    @Test
    void whereNothingFailsNothingIsSaidToFail() {
        String said = said(evidence(allTimes(), _ -> time -> time));
        assertThat(said)
                .contains(
                        "The jump at 12** does not show here.",
                        "Two heads that do not agree** do not show at full hours here.",
                        "Hands that cover each other** are not what is hard here",
                        "One hand for everything** is enough here.",
                        "as much as `classes-720` with 0.00 min, though its neighbours")
                .doesNotContain("NaN", "less than `", "more than `");
    }

    @Test
    void whereFormsFailAsIsExpectedItIsSaid() {
        String said =
                said(
                        evidence(
                                allTimes(),
                                codec ->
                                        switch (codec.name()) {
                                            case "soft-classes-720" -> time -> time;
                                            case "hours", "minutes" ->
                                                    time -> time < 30 || time > 690 ? 360 : time;
                                            case "hour-and-minute-classes" ->
                                                    time ->
                                                            time % 60 < 5
                                                                    ? (time + 660) % 720
                                                                    : time;
                                            case "hands" ->
                                                    time -> near(time) ? (time + 60) % 720 : time;
                                            default -> time -> (time + 40) % 720;
                                        }));
        assertThat(said)
                .contains(
                        "The best form on the validation part is `soft-classes-720`",
                        "3 of 16 forms come below 10 minutes",
                        "The jump at 12.**",
                        "Two heads that do not agree.**",
                        "Hands that cover each other** are harder to read",
                        "One hand for everything.**",
                        "`soft-classes-720` errs by 0.00 min, less than `classes-720` with 40.00 min: its neighbours")
                .doesNotContain("NaN");
    }

    private static boolean near(int time) {
        double apart = Math.abs(time / 2.0 - time % 60 * 6.0) % 360;
        return Math.min(apart, 360 - apart) < 15;
    }

    @Test
    void ofOnePictureOnlyWhatItTellsIsSaid() {
        assertThat(said(evidence(new int[] {200}, _ -> time -> time)))
                .contains("The best form")
                .doesNotContain("NaN", "The jump at 12", "Two heads that do not agree");
    }
}
