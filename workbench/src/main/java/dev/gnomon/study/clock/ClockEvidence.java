package dev.gnomon.study.clock;

import dev.gnomon.clock.AngleCodec;
import dev.gnomon.clock.ClassCodec;
import dev.gnomon.clock.HeadsCodec;
import dev.gnomon.clock.NumberCodec;
import dev.gnomon.clock.TimeCodec;
import dev.gnomon.clock.TimeCodecs;
import dev.gnomon.data.ClockDataset;
import dev.gnomon.study.Results;
import dev.gnomon.study.Spread;
import dev.gnomon.study.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// What the readings of one size of pictures say: each reading of a test picture with its true time, all seeds together.
///
/// @param results of this size
/// @param parts the pictures
record ClockEvidence(Results results, ClockPictures.Parts parts) {
    /// Minutes: a larger error is that of a wrong hour.
    static final int FAR = 30;

    /// A reading.
    ///
    /// @param row of the test part
    /// @param time the true one
    /// @param told the one read
    record Reading(int row, int time, int told) {
        int error() {
            return ClockDataset.minutesBetween(time, told);
        }

        /// Degrees between the hands, 0 to 180.
        double degreesBetweenHands() {
            double apart = Math.abs(time / 2.0 - time % 60 * 6.0) % 360;
            return Math.min(apart, 360 - apart);
        }

        /// How many minutes the true time is from a full hour.
        int fromFullHour() {
            return Math.min(time % 60, 60 - time % 60);
        }

        /// How many minutes the true time is from twelve.
        int fromTwelve() {
            return ClockDataset.minutesBetween(time, 0);
        }

        boolean hourIsWrong() {
            return time / 60 != told / 60;
        }
    }

    /// The forms that there are results of, in the order of the study.
    List<TimeCodec> codecs() {
        List<String> names = results.values(ClockTrial.CODEC);
        return TimeCodecs.all().stream().filter(codec -> names.contains(codec.name())).toList();
    }

    Results of(TimeCodec codec) {
        return results.where(ClockTrial.CODEC, codec.name());
    }

    Spread figure(TimeCodec codec, String name) {
        return of(codec).figure(name);
    }

    double error(TimeCodec codec) {
        return figure(codec, ClockTrial.ERROR).mean();
    }

    /// All readings in a form.
    List<Reading> readings(TimeCodec codec) {
        List<Reading> readings = new ArrayList<>();
        of(codec).all().forEach(result -> readings.addAll(readings(result)));
        return readings;
    }

    List<Reading> readings(TrialResult result) {
        List<Double> told = result.row(ClockTrial.TOLD);
        return IntStream.range(0, told.size())
                .mapToObj(row -> new Reading(row, parts.test().time(row), told.get(row).intValue()))
                .toList();
    }

    /// The share of readings with an error of more than [#FAR] minutes.
    double shareFarOff(TimeCodec codec) {
        return share(readings(codec), error -> error > FAR);
    }

    static double share(List<Reading> readings, IntPredicate ofError) {
        return readings.stream().filter(reading -> ofError.test(reading.error())).count()
                / (double) Math.max(1, readings.size());
    }

    static double mean(List<Reading> readings) {
        return readings.stream().mapToInt(Reading::error).average().orElse(Double.NaN);
    }

    /// The forms of a kind.
    List<TimeCodec> kind(Kind kind) {
        return codecs().stream().filter(codec -> Kind.of(codec) == kind).toList();
    }

    /// The best of a kind by validation, as of [TellTheTime#ranked].
    TimeCodec bestOf(Kind kind) {
        return TellTheTime.ranked(results).stream()
                .filter(codec -> Kind.of(codec) == kind)
                .findFirst()
                .orElseThrow();
    }

    /// The kinds of forms.
    enum Kind {
        CLASSES("Classes", 0),
        NUMBER("One number", 1),
        HEADS("Two heads", 2),
        ANGLES("Sine and cosine", 3);

        private final String title;
        private final int colour;

        Kind(String title, int colour) {
            this.title = title;
            this.colour = colour;
        }

        String title() {
            return title;
        }

        /// The number of its colour.
        int colour() {
            return colour;
        }

        static Kind of(TimeCodec codec) {
            return switch (codec) {
                case ClassCodec _ -> CLASSES;
                case NumberCodec _ -> NUMBER;
                case HeadsCodec _ -> HEADS;
                case AngleCodec _ -> ANGLES;
            };
        }
    }
}
