package dev.gnomon.study.clock;

import static dev.gnomon.report.Texts.text;

import dev.gnomon.clock.TimeCodec;
import dev.gnomon.data.clock.Views;
import dev.gnomon.figure.Axis;
import dev.gnomon.figure.DotPlot;
import dev.gnomon.figure.Figure;
import dev.gnomon.figure.NetworkDrawing;
import dev.gnomon.figure.Svg;
import dev.gnomon.report.Report;
import dev.gnomon.study.Results;
import dev.gnomon.study.Scale;
import dev.gnomon.study.Spread;
import dev.gnomon.study.TrialResult;
import java.util.ArrayList;
import java.util.List;

/// The report of [TellTheTime]. All that it says is said of the results.
final class TellTheTimeReport {
    private static final double WIDTH = 680;

    private final TellTheTime study;
    private final Results results;
    private final ClockEvidence evidence;
    private final ClockFigures figures;
    private final ClockAnswers answers;
    private final TimeCodec best;

    TellTheTimeReport(TellTheTime study, Results results) {
        this.study = study;
        this.results = results;
        int size = ClockPictures.SMALL;
        evidence =
                new ClockEvidence(results.where(ClockTrial.SIZE, size), study.pictures().of(size));
        figures = new ClockFigures(evidence);
        answers = new ClockAnswers(evidence);
        best = TellTheTime.ranked(evidence.results()).getFirst();
    }

    Report write() {
        var report =
                Report.titled(
                                "Telling the time: in which form?",
                                "The same network, the same pictures, "
                                        + evidence.codecs().size()
                                        + " forms of the label")
                        .heading("What was found")
                        .points(answers.findings(best, large()));
        report = setup(report);
        report = outcome(report);
        report = reasons(report);
        report = sizes(report);
        report = report.heading("The questions of the assignment").points(answers.answers());
        return settings(report);
    }

    private Results large() {
        return results.where(ClockTrial.SIZE, ClockPictures.LARGE);
    }

    private Report setup(Report report) {
        var pictures = study.pictures();
        int size = evidence.parts().size();
        Svg network;
        try (var model = ClockTrunk.network(size, best)) {
            network = NetworkDrawing.of(model, WIDTH);
        }
        return report.heading("Pictures, network, measure")
                .paragraph(
                        text(
                                "%s, %d×%d grey pixels, shuffled and cut 80/10/10 into training, validation and test part."
                                        + " Nothing is chosen by the validation part while a network is trained (no early stopping), so the"
                                        + " same networks are judged on validation and test part together where the split 80/20 is asked"
                                        + " for. Forms are ranked by the validation part; the test part only judges.",
                                pictures.text(), size, size))
                .figure(
                        new Figure(
                                "samples",
                                "Pictures of the training part, with their times.",
                                figures.samples()))
                .figure(
                        new Figure(
                                "network",
                                text(
                                        "The network, here with the head of the form `%s`. All forms share everything but"
                                                + " the head.",
                                        best.name()),
                                network))
                .paragraph(
                        text(
                                "Every network is trained by Adam in batches of %d for %d epochs, with a learning rate that falls from"
                                        + " %s to 0 along a cosine, without any augmentation. Seeds change the first weights and the order of"
                                        + " the pictures; pictures and parts stay. The **common-sense error** is the number of minutes between"
                                        + " the time read and the true one, the short way round the dial: from 11:55 to 0:05 it is 10.",
                                study.extent().batch(),
                                study.extent().epochs(),
                                Axis.text(ClockTrial.RATE)))
                .table(
                        "The forms. The floor is the error of a network that makes no mistake: what the form cannot tell.",
                        List.of(
                                "form",
                                "what the network answers",
                                "values",
                                "loss",
                                "floor, mean",
                                "floor, most"),
                        evidence.codecs().stream().map(this::formRow).toList());
    }

    private List<String> formRow(TimeCodec codec) {
        var floor = codec.floor();
        int values =
                codec.perfect(new int[] {0}).values().stream()
                        .mapToInt(tensor -> tensor.shape().last())
                        .sum();
        return List.of(
                codec.name(),
                codec.description(),
                Integer.toString(values),
                ClockAnswers.loss(codec),
                text("%.1f", floor.mean()),
                Integer.toString(floor.most()));
    }

    private Report outcome(Report report) {
        return report.heading("Results")
                .table(
                        text(
                                "Common-sense error in minutes on the test part (80/10/10, %,d pictures), %s; on the fifth that 80/20"
                                        + " holds out; the share of pictures within 1 and 5 minutes and beyond half an hour; and the seconds"
                                        + " of a training, with whatever else the machine did. In the order of the errors on the validation"
                                        + " part.",
                                evidence.parts().test().size(),
                                study.settings().seeds() == 1
                                        ? "of one seed"
                                        : text(
                                                "mean and standard deviation over %d seeds",
                                                study.settings().seeds())),
                        List.of(
                                "form",
                                "mean",
                                "median",
                                "90 %",
                                "≤ 1 min, %",
                                "≤ 5 min, %",
                                "> 30 min, %",
                                "mean, 80/20",
                                "seconds"),
                        TellTheTime.ranked(evidence.results()).stream()
                                .map(this::resultRow)
                                .toList())
                .figure(
                        new Figure(
                                "errors",
                                text(
                                        "The mean error of each form (dot)%s, and the floor of the form where it has one (tick).",
                                        ofSeeds(", from the best to the worst seed (line)")),
                                figures.errors()))
                .figure(
                        new Figure(
                                "learning",
                                text(
                                        "The mean error on the validation part after each epoch%s.",
                                        ofSeeds(", the mean over the seeds")),
                                figures.learning()))
                .figure(
                        new Figure(
                                "shares",
                                "Left: which share of the test pictures is read to within how many minutes, by the best form of"
                                        + " each kind. Right: more classes lower the floor, but leave fewer pictures for each.",
                                ClockFigures.beside(figures.shares(), figures.classes())))
                .figure(
                        new Figure(
                                "histogram",
                                text(
                                        "The errors of the best form, `%s`, and of the simplest, `%s`; a bar reaches from its number"
                                                + " to the next.",
                                        best.name(), evidence.codecs().getFirst().name()),
                                ClockFigures.beside(
                                        figures.histogram(best),
                                        figures.histogram(evidence.codecs().getFirst()))));
    }

    /// Words that say something only where there are several seeds.
    private String ofSeeds(String words) {
        return study.settings().seeds() == 1 ? "" : words;
    }

    private List<String> resultRow(TimeCodec codec) {
        return List.of(
                codec.name(),
                evidence.figure(codec, ClockTrial.ERROR).text(2),
                text("%.1f", evidence.figure(codec, "test_median").mean()),
                text("%.0f", evidence.figure(codec, "test_p90").mean()),
                text("%.1f", 100 * evidence.figure(codec, "test_within_1").mean()),
                text("%.1f", 100 * evidence.figure(codec, "test_within_5").mean()),
                text("%.1f", 100 * evidence.shareFarOff(codec)),
                text("%.2f", evidence.figure(codec, ClockTrial.ERROR_OF_FIFTH).mean()),
                text("%.0f", evidence.figure(codec, ClockTrial.SECONDS).mean()));
    }

    private Report reasons(Report report) {
        TrialResult one = evidence.of(best).all().getFirst();
        return report.heading("Where each form fails, and why")
                .points(answers.reasons())
                .figure(
                        new Figure(
                                "dial",
                                "The mean error by the true time, in half hours. A single number has its jump where 12 follows 11.",
                                figures.alongTheDial()))
                .figure(
                        new Figure(
                                "confusion",
                                "True hours and hours read, each row a share of 1 (the darker, the more; shades by the square root).",
                                figures.confusion()))
                .figure(
                        new Figure(
                                "hands",
                                "The share of pictures read more than half an hour wrong: by the angle between the hands, which cover"
                                        + " each other at the left, and by the distance from the full hour, where the hour must be told"
                                        + " apart from its neighbour.",
                                figures.hands()))
                .figure(
                        new Figure(
                                "worst",
                                text(
                                        "The test pictures that the form `%s` read worst (seed %s).",
                                        best.name(), one.factor(ClockTrial.SEED)),
                                figures.worst(one)));
    }

    private Report sizes(Report report) {
        var large = large();
        if (large.isEmpty()) {
            return report;
        }
        List<DotPlot.Row> rows = new ArrayList<>();
        for (String name : large.values(ClockTrial.CODEC)) {
            row(rows, name, evidence.results(), "75×75", Svg.colour(5));
            row(rows, name, large, "150×150", Svg.colour(0));
        }
        return report.heading("Small and large pictures")
                .paragraph(answers.sizes(large))
                .figure(
                        new Figure(
                                "sizes",
                                "The mean error on small and on large pictures of the same clocks, from the best to the worst seed.",
                                new DotPlot(
                                                "",
                                                Axis.logarithmic("Common-sense error in minutes"),
                                                rows,
                                                WIDTH)
                                        .draw()));
    }

    private static void row(
            List<DotPlot.Row> rows, String name, Results of, String size, String colour) {
        var mine = of.where(ClockTrial.CODEC, name);
        Spread error = mine.figure(ClockTrial.ERROR);
        rows.add(
                new DotPlot.Row(
                        name + ", " + size,
                        error.mean(),
                        error.low(),
                        error.high(),
                        Double.NaN,
                        text(
                                "%s min, %.0f s",
                                error.text(2), mine.figure(ClockTrial.SECONDS).mean()),
                        colour));
    }

    private Report settings(Report report) {
        var settings = study.settings();
        List<String> cut = new ArrayList<>();
        if (settings.scale() == Scale.QUICK) {
            cut.add(
                    text(
                            "This is the quick form of the study: %,d pictures%s, %d epochs, no large pictures. Its ranking is a"
                                    + " first look, not a finding.",
                            study.pictures().count(),
                            study.extent().views() == Views.UPRIGHT && study.pictures().isRendered()
                                    ? ", upright only"
                                    : "",
                            study.extent().epochs()));
        } else if (settings.scale() == Scale.DEFAULT) {
            cut.add(cutByDefault());
        } else {
            cut.add(
                    settings.seeds() < TellTheTime.usualSeeds(Scale.FULL)
                            ? text(
                                    "Fewer seeds than the usual %d.",
                                    TellTheTime.usualSeeds(Scale.FULL))
                            : "Nothing was cut.");
        }
        if (!study.pictures().hasLarge()) {
            cut.add("The given pictures are small; there is no part on large ones.");
        }
        return report.heading("Settings, and how to make this report again")
                .points(cut)
                .code("./gnomon study run tell-the-time" + settings.options())
                .paragraph(
                        "Pictures, parts and first weights follow from fixed seeds; on one kind of processor the same command gives the"
                                + " same numbers, times aside. `results.csv` beside this report has a row for each training,"
                                + " `results.jsonl` every reading of every test picture.");
    }

    private String cutByDefault() {
        var extent = study.extent();
        int seeds = TellTheTime.usualSeeds(Scale.FULL);
        var full = TellTheTime.Extent.of(Scale.FULL, seeds);
        String large =
                study.pictures().hasLarge()
                        ? text(
                                "large pictures are tried with the %d best forms and %d %s only, and ",
                                extent.largeForms(),
                                extent.largeSeeds(),
                                extent.largeSeeds() == 1 ? "seed" : "seeds")
                        : "";
        return text(
                "To end within the hour, %strainings end after %d epochs. `--full` tries all forms%s, %d epochs, with %d seeds.",
                large,
                extent.epochs(),
                large.isEmpty() ? "" : " on both sizes",
                full.epochs(),
                seeds);
    }
}
