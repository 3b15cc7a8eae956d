package dev.gnomon.study.clock;

import static dev.gnomon.report.Texts.text;

import dev.gnomon.clock.AngleCodec;
import dev.gnomon.clock.ClassCodec;
import dev.gnomon.clock.HeadsCodec;
import dev.gnomon.clock.NumberCodec;
import dev.gnomon.clock.TimeCodec;
import dev.gnomon.study.Results;
import dev.gnomon.study.Spread;
import dev.gnomon.study.clock.ClockEvidence.Kind;
import dev.gnomon.study.clock.ClockEvidence.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/// What the results say, in sentences. Each sentence holds the numbers that it rests on, and follows them where they turn out
/// otherwise.
final class ClockAnswers {
    private static final int REACHABLE = 10;

    private final ClockEvidence evidence;

    ClockAnswers(ClockEvidence evidence) {
        this.evidence = evidence;
    }

    static String loss(TimeCodec codec) {
        return switch (codec) {
            case ClassCodec(int _, double spread) ->
                    spread > 0 ? "cross-entropy, soft" : "cross-entropy";
            case NumberCodec(int _, boolean circular) -> circular ? "circular" : "squared error";
            case HeadsCodec(HeadsCodec.Minute minute) ->
                    minute == HeadsCodec.Minute.CLASS
                            ? "2 × cross-entropy"
                            : text("cross-entropy + %.0f × squared", HeadsCodec.MINUTE_WEIGHT);
            case AngleCodec _ -> "squared error";
        };
    }

    private String minutes(TimeCodec codec) {
        return evidence.figure(codec, ClockTrial.ERROR).text(2) + " min";
    }

    /// How two forms compare: by their means, unless these lie within the spread of the seeds.
    private String against(TimeCodec one, TimeCodec other) {
        Spread a = evidence.figure(one, ClockTrial.ERROR);
        Spread b = evidence.figure(other, ClockTrial.ERROR);
        boolean apart = a.high() < b.low() || b.high() < a.low();
        int order = Double.compare(a.mean(), b.mean());
        String word = order < 0 ? "less than" : order > 0 ? "more than" : "as much as";
        return text(
                "`%s` errs by %s, %s `%s` with %s%s",
                one.name(),
                minutes(one),
                word,
                other.name(),
                minutes(other),
                apart || a.count() < 2 ? "" : " (the seeds' ranges overlap)");
    }

    List<String> findings(TimeCodec best, Results large) {
        List<String> all = new ArrayList<>();
        var ranked = TellTheTime.ranked(evidence.results());
        TimeCodec worst = ranked.getLast();
        all.add(
                text(
                        "**The best form on the validation part is `%s`** (%s). On the test part it errs by %s in the mean, %.1f in the"
                                + " median, and reads %.1f %% of the pictures within 5 minutes. The last on the validation part, `%s`,"
                                + " errs by %s.",
                        best.name(),
                        best.description(),
                        minutes(best),
                        evidence.figure(best, "test_median").mean(),
                        100 * evidence.figure(best, "test_within_5").mean(),
                        worst.name(),
                        minutes(worst)));
        var reached =
                evidence.codecs().stream()
                        .filter(codec -> evidence.error(codec) < REACHABLE)
                        .map(codec -> "`" + codec.name() + "`")
                        .toList();
        all.add(
                reached.isEmpty()
                        ? text("No form comes below %d minutes with this training.", REACHABLE)
                        : text(
                                "%d of %d forms come below %d minutes: %s.",
                                reached.size(),
                                evidence.codecs().size(),
                                REACHABLE,
                                String.join(", ", reached)));
        var readings = evidence.readings(best);
        double near =
                ClockEvidence.mean(
                        readings.stream()
                                .filter(reading -> reading.error() <= ClockEvidence.FAR)
                                .toList());
        double sum = readings.stream().mapToDouble(Reading::error).sum();
        double far =
                readings.stream()
                        .mapToDouble(Reading::error)
                        .filter(error -> error > ClockEvidence.FAR)
                        .sum();
        tell(
                all,
                text(
                        "%.1f %% of the best form's readings are more than half an hour off and make %.0f %% of its error; the others err by %.2f"
                                + " minutes in the mean.",
                        100 * evidence.shareFarOff(best), 100 * far / Math.max(1, sum), near),
                near);
        if (!large.isEmpty()) {
            all.add(sizes(large));
        }
        return all;
    }

    /// Adds a sentence, unless one of the numbers it rests on is of no pictures at all.
    private static void tell(List<String> all, String sentence, double... numbers) {
        if (DoubleStream.of(numbers).noneMatch(Double::isNaN)) {
            all.add(sentence);
        }
    }

    /// How many of so many pictures each class has in the mean.
    private static String each(int pictures, int classes) {
        double each = pictures / (double) classes;
        return text(each < 10 ? "%.1f" : "%.0f", each);
    }

    private boolean isBetter(TimeCodec one, TimeCodec other) {
        return evidence.error(one) < evidence.error(other);
    }

    String sizes(Results large) {
        List<String> parts = new ArrayList<>();
        for (String name : large.values(ClockTrial.CODEC)) {
            parts.add(
                    text(
                            "`%s` %s → %s minutes",
                            name,
                            evidence.results()
                                    .where(ClockTrial.CODEC, name)
                                    .figure(ClockTrial.ERROR)
                                    .text(2),
                            large.where(ClockTrial.CODEC, name).figure(ClockTrial.ERROR).text(2)));
        }
        return "From 75×75 to 150×150 pictures: " + String.join("; ", parts) + ".";
    }

    private double mean(TimeCodec codec, Predicate<Reading> which) {
        return ClockEvidence.mean(evidence.readings(codec).stream().filter(which).toList());
    }

    List<String> reasons() {
        List<String> all = new ArrayList<>();
        var hours = NumberCodec.HOURS;
        double atJump = mean(hours, reading -> reading.fromTwelve() <= ClockEvidence.FAR);
        double elsewhere = mean(hours, reading -> reading.fromTwelve() > ClockEvidence.FAR);
        tell(
                all,
                text(
                        "**The jump at 12%s One number must leap from 12 to 0 where the picture hardly changes: `hours` errs by %.1f"
                                + " minutes within half an hour of twelve, by %.1f elsewhere; `dial` by %.1f and %.1f. %s.",
                        atJump > elsewhere ? ".**" : "** does not show here.",
                        atJump,
                        elsewhere,
                        mean(AngleCodec.DIAL, reading -> reading.fromTwelve() <= ClockEvidence.FAR),
                        mean(AngleCodec.DIAL, reading -> reading.fromTwelve() > ClockEvidence.FAR),
                        against(NumberCodec.CIRCULAR_HOURS, hours)),
                atJump,
                elsewhere);
        var minutes = evidence.readings(NumberCodec.MINUTES);
        all.add(
                text(
                        "**The scale of the number.** `minutes` is the same number as `hours`, sixty times as large: its squared error"
                                + " begins in the hundred thousands, and the last layer must grow to answers of up to 719 by steps of"
                                + " about the learning rate. Its mean answer is %.0f minutes after twelve, where %.0f would be right; %s.",
                        minutes.stream().mapToInt(Reading::told).average().orElse(0),
                        minutes.stream().mapToInt(Reading::time).average().orElse(0),
                        against(NumberCodec.MINUTES, hours)));
        var soft = new ClassCodec(720, 2);
        all.add(
                text(
                        "**No order between classes.** To cross-entropy a class beside the right one is as wrong as one across the"
                                + " dial. %s%s its neighbours share the label.",
                        against(soft, new ClassCodec(720)),
                        isBetter(soft, new ClassCodec(720)) ? ":" : ", though"));
        int train = evidence.parts().train().size();
        all.add(
                text(
                        "**Few pictures for each class.** 24 classes have %s training pictures each in the mean, but a floor of"
                                + " 7.5 minutes; 720 have %s, and no floor. %s.",
                        each(train, 24),
                        each(train, 720),
                        against(new ClassCodec(720), new ClassCodec(24))));
        var heads = new HeadsCodec(HeadsCodec.Minute.CLASS);
        double atFullHour = wrongHours(heads, reading -> reading.fromFullHour() <= 5);
        double between = wrongHours(heads, reading -> reading.fromFullHour() > 5);
        tell(
                all,
                text(
                        "**Two heads that do not agree%s Hour and minute are told apart from each other; the hour is wrong in %.1f %%"
                                + " of the pictures within 5 minutes of the full hour, in %.1f %% of the others (`%s`). %s.",
                        atFullHour > between ? ".**" : "** do not show at full hours here.",
                        100 * atFullHour,
                        100 * between,
                        heads.name(),
                        against(AngleCodec.HANDS, heads)),
                atFullHour,
                between);
        var hands = AngleCodec.HANDS;
        double covered = mean(hands, reading -> reading.degreesBetweenHands() < 15);
        double apart = mean(hands, reading -> reading.degreesBetweenHands() >= 15);
        tell(
                all,
                text(
                        "**Hands that cover each other** %s: with less than 15 degrees between the hands `hands` errs by %.1f"
                                + " minutes, with more by %.1f.",
                        covered > 1.1 * apart ? "are harder to read" : "are not what is hard here",
                        covered,
                        apart),
                covered,
                apart);
        all.add(
                text(
                        "**One hand for everything%s Sine and cosine of the dial have no jump and no classes, but the minute must be"
                                + " read from a hand that moves half a degree a minute. %s; its median is %.1f against %.1f.",
                        isBetter(hands, AngleCodec.DIAL) ? ".**" : "** is enough here.",
                        against(AngleCodec.DIAL, hands),
                        evidence.figure(AngleCodec.DIAL, "test_median").mean(),
                        evidence.figure(hands, "test_median").mean()));
        return all;
    }

    private double wrongHours(TimeCodec codec, Predicate<Reading> which) {
        var chosen = evidence.readings(codec).stream().filter(which).toList();
        return chosen.stream().filter(Reading::hourIsWrong).count() / (double) chosen.size();
    }

    List<String> answers() {
        List<String> all = new ArrayList<>();
        var classes720 = new ClassCodec(720);
        TimeCodec classes = evidence.bestOf(Kind.CLASSES);
        all.add(
                text(
                        "**Can a network be trained with all 720 labels?** Here it reaches %s, %.1f %% of the pictures to the minute or"
                                + " its neighbour, from %s training pictures for each class. The best form of classes is `%s` (%s). What is"
                                + " wrong with plain classes: they know no order, few pictures belong to each, and their accuracy says"
                                + " nothing of the minutes.",
                        minutes(classes720),
                        100 * evidence.figure(classes720, "test_within_1").mean(),
                        each(evidence.parts().train().size(), 720),
                        classes.name(),
                        minutes(classes)));
        TimeCodec number = evidence.bestOf(Kind.NUMBER);
        all.add(
                text(
                        "**What loss does a single number need, and what is wrong with it?** The squared error takes 11:59 and 12:01 for"
                                + " the two ends of the world. A loss on the circle has no such ends, but one number cannot go round: it"
                                + " still has to leap somewhere. %s; the best of the single numbers is `%s` with %s.",
                        against(NumberCodec.CIRCULAR_HOURS, NumberCodec.HOURS),
                        number.name(),
                        minutes(number)));
        TimeCodec heads = evidence.bestOf(Kind.HEADS);
        all.add(
                text(
                        "**Do two heads do better, and why?** %s%s each head has a simpler question: twelve classes with %s training"
                                + " pictures each, and the minute hand alone. Its hour is wrong in %.1f %% of the readings.",
                        against(heads, number),
                        isBetter(heads, number) ? ":" : ", though",
                        each(evidence.parts().train().size(), 12),
                        100 * wrongHours(heads, _ -> true)));
        TimeCodec angles = evidence.bestOf(Kind.ANGLES);
        var ranked = TellTheTime.ranked(evidence.results());
        all.add(
                text(
                        "**Do sine and cosine give the lowest error?** `%s` comes %s of %d on the validation part, and errs by %s on"
                                + " the test part.",
                        angles.name(),
                        ordinal(ranked.indexOf(angles) + 1),
                        ranked.size(),
                        minutes(angles)));
        all.add(
                text(
                        "**How many outputs do they need, and which activation?** Two name the place on the dial, so two would do; four"
                                + " name both hands. %s. A tanh ends where sine and cosine do; a linear output learns its ends from the"
                                + " targets, and only the direction is read. %s.",
                        against(AngleCodec.HANDS, AngleCodec.DIAL),
                        against(AngleCodec.HANDS_TANH, AngleCodec.HANDS)));
        var seconds =
                evidence.codecs().stream()
                        .mapToDouble(codec -> evidence.figure(codec, ClockTrial.SECONDS).mean())
                        .summaryStatistics();
        all.add(
                text(
                        "**What does the form cost in training time?** All forms share the trunk: a training takes from %.1f to %.1f"
                                + " seconds for the same epochs. How soon each learns is in the curves.",
                        seconds.getMin(), seconds.getMax()));
        return all;
    }

    private static String ordinal(int place) {
        return switch (place) {
            case 1 -> "first";
            case 2 -> "second";
            case 3 -> "third";
            default -> place + "th";
        };
    }
}
