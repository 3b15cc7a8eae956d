package dev.gnomon.study.permuted;

import static dev.gnomon.report.Texts.text;

import dev.gnomon.figure.Axis;
import dev.gnomon.figure.Figure;
import dev.gnomon.report.Report;
import dev.gnomon.study.Paired;
import dev.gnomon.study.Results;
import dev.gnomon.study.Scale;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// The report of [PermutedPixels]. All that it says is said of the results.
final class PermutedReport {
    private final PermutedPixels study;
    private final PermutedEvidence evidence;
    private final PermutedFigures figures;
    private final PermutedAnswers answers;

    PermutedReport(PermutedPixels study, Results results) {
        this.study = study;
        evidence = new PermutedEvidence(study, results);
        figures = new PermutedFigures(evidence);
        answers = new PermutedAnswers(evidence, figures);
    }

    Report write() {
        var report =
                Report.titled(
                                "All pixels in another order: who notices?",
                                "An MLP and a CNN on plain and on permuted pictures of "
                                        + evidence.sets().size()
                                        + " sets")
                        .heading("What was found")
                        .points(answers.findings());
        report = setup(report);
        report = outcome(report);
        report = learning(report);
        report = reasons(report);
        report = report.heading("Is it really the case?").points(answers.answers());
        return settings(report);
    }

    private Report setup(Report report) {
        var extent = study.extent();
        return report.heading("Pictures, permutation, networks")
                .figure(
                        new Figure(
                                "samples",
                                "A training picture of each class, and below it the same with its pixels permuted. All that a"
                                        + " picture holds is still there, at other places.",
                                figures.samples()))
                .paragraph(
                        text(
                                "**The permutation** is one random order of all pixels, drawn once for each size of pictures (seed"
                                        + " %d) and the same for every picture of the training, validation and test part: pixel i of a"
                                        + " permuted picture is always the same pixel of the plain one. MNIST and Fashion-MNIST share it,"
                                        + " as both have 28×28 pixels. The three colours of a pixel of CIFAR-10 move together. The inverse"
                                        + " order brings every picture back exactly, so nothing is lost but the knowledge of who is"
                                        + " beside whom.",
                                PermutedPictures.SEED))
                .paragraph(
                        "**The MLP** has Dense layers of 300, 100 and 10 units. **The CNN** has two convolutions of 32 and 64 filters of"
                                + " 3×3, each followed by the largest of 2×2 pixels, then Dense layers of 128 and 10 units. Hidden layers"
                                + " are rectified; there is no dropout, no augmentation and no other help, so that the layers alone make"
                                + " the difference.")
                .paragraph(
                        text(
                                "**Training**: Adam at %s, batches of %d, at most %d epochs; it ends when the validation loss has not"
                                        + " fallen for %d epochs, and the weights of the best epoch are kept. Of each set %s are used; the"
                                        + " last 10 %% of them, after one shuffle, are held out to validate with. The test part (%,d"
                                        + " pictures) chooses nothing. The cells are **paired**: with the same seed the plain and the"
                                        + " permuted training begin with the same weights and see the pictures in the same order.",
                                Axis.text(PermutedTrial.RATE),
                                extent.batch(),
                                extent.epochs(),
                                extent.patience(),
                                extent.pictures() == Integer.MAX_VALUE
                                        ? "all training pictures"
                                        : text("%,d training pictures", extent.pictures()),
                                study.pictures().of(evidence.sets().getFirst()).test().size()));
    }

    private Report outcome(Report report) {
        int seeds = study.settings().seeds();
        return report.heading("Results")
                .table(
                        text(
                                "Test accuracy in %%, mean ± standard deviation over %d %s, with loss, validation accuracy, trained"
                                        + " epochs and seconds of a training (means).",
                                seeds, seeds == 1 ? "seed" : "seeds"),
                        List.of(
                                "set",
                                "network",
                                "pictures",
                                "test accuracy",
                                "test loss",
                                "validation",
                                "epochs",
                                "seconds",
                                "parameters"),
                        study.cells().stream().map(this::cellRow).toList())
                .table(
                        "Accuracy on permuted pictures minus that on plain ones, in points, seed by seed: mean, 95 % confidence"
                                + " interval and p value of the paired t test. "
                                + together(),
                        List.of("set", "network", "mean", "95 % interval", "p", "verdict"),
                        changeRows())
                .figure(
                        new Figure(
                                "changes",
                                "The same differences with their 95 % confidence intervals; the tick is at 0: no difference.",
                                figures.changes()))
                .table(
                        "The interaction: what the CNN loses minus what the MLP loses, in points, seed by seed, tested in the same way.",
                        List.of("set", "mean", "95 % interval", "p", "verdict"),
                        evidence.sets().stream().map(this::interactionRow).toList())
                .figure(
                        new Figure(
                                "accuracies",
                                "Test accuracy on plain (blue) and permuted (orange) pictures: the mean (dot), from the worst to"
                                        + " the best seed (line). Each set has a scale of its own.",
                                figures.accuracies()));
    }

    private List<String> cellRow(Cell cell) {
        return List.of(
                PermutedPictures.title(cell.set()),
                cell.network().toString(),
                cell.pictures(),
                evidence.percent(cell, PermutedTrial.ACCURACY).text(2),
                text("%.3f", evidence.figure(cell, PermutedTrial.LOSS).mean()),
                text("%.2f", evidence.percent(cell, PermutedTrial.VALIDATION_ACCURACY).mean()),
                text("%.1f", evidence.figure(cell, PermutedTrial.EPOCHS).mean()),
                text("%.1f", evidence.figure(cell, PermutedTrial.SECONDS).mean()),
                text("%,.0f", evidence.figure(cell, PermutedTrial.PARAMETERS).mean()));
    }

    private List<List<String>> changeRows() {
        List<List<String>> rows = new ArrayList<>();
        for (String set : evidence.sets()) {
            for (Network network : Network.values()) {
                Paired change = evidence.change(set, network);
                rows.add(
                        List.of(
                                PermutedPictures.title(set),
                                network.toString(),
                                text("%+.2f", change.mean()),
                                Verdict.interval(change),
                                Verdict.p(change),
                                Verdict.of("the " + network, change)));
            }
        }
        return rows;
    }

    private List<String> interactionRow(String set) {
        Paired more = evidence.interaction(set);
        return List.of(
                PermutedPictures.title(set),
                text("%+.2f", more.mean()),
                Verdict.interval(more),
                Verdict.p(more),
                Verdict.ofInteraction(more));
    }

    private Report learning(Report report) {
        var all = report.heading("Learning");
        for (String set : evidence.sets()) {
            all =
                    all.figure(
                            new Figure(
                                    "learning-" + set,
                                    text(
                                            "%s: loss and accuracy by epoch on plain and permuted pictures, on the validation part"
                                                    + " (lines) and while training (dashes); the mean over the seeds, as far as all of them"
                                                    + " trained.",
                                            PermutedPictures.title(set)),
                                    figures.learning(set)));
        }
        return all;
    }

    private Report reasons(Report report) {
        var all =
                report.heading("Why")
                        .points(answers.reasons())
                        .figure(
                                new Figure(
                                        "neighbours",
                                        "How much a pixel tells of another in its row or column, by their distance: the share of the"
                                                + " variance (r², the mean over the pairs of pixels that are not dark in nearly all"
                                                + " of up to 2,000 training pictures).",
                                        figures.neighbours()));
        var shown =
                new LinkedHashSet<>(List.of(evidence.sets().getFirst(), evidence.sets().getLast()));
        for (String set : shown) {
            all =
                    all.figure(
                            new Figure(
                                    "units-" + set,
                                    text(
                                            "%s: what training added to the weights of the first layer of the MLP (seed 1, the eight"
                                                    + " units with the largest change, grey is 0): trained on plain pictures; on permuted"
                                                    + " ones; and the latter with every pixel back at its place.",
                                            PermutedPictures.title(set)),
                                    figures.units(set)));
        }
        return all.figure(
                new Figure(
                        "filters",
                        "Filters of 3×3 of the first layer of the CNN (seed 1, those with the largest weights).",
                        figures.filters()));
    }

    /// What several tests at once ask of each (Bonferroni).
    private String together() {
        int tests = changeRows().size();
        return text(
                "With %d tests at once a p below %.4f stands for all of them together at 5 %%.",
                tests, 0.05 / tests);
    }

    private Report settings(Report report) {
        var extent = study.extent();
        var full = PermutedPixels.Extent.of(Scale.FULL);
        int seeds = PermutedPixels.usualSeeds(Scale.FULL);
        List<String> cut = new ArrayList<>();
        if (study.settings().scale() == Scale.QUICK) {
            cut.add(
                    text(
                            "This is the quick form of the study: %,d training pictures of each set, at most %d epochs. Accuracies are"
                                    + " lower than those of all pictures; differences are a first look. Without `--quick` all pictures are"
                                    + " used; `--full` repeats each training with %d seeds and lets it run up to %d epochs.",
                            extent.pictures(), extent.epochs(), seeds, full.epochs()));
        } else if (study.settings().scale() == Scale.DEFAULT) {
            cut.add(
                    text(
                            "To end within the hour, trainings end after %d epochs at the latest, or after %d without a smaller"
                                    + " validation loss, with %d seeds; `--full` has %d seeds, %d epochs and a patience of %d.",
                            extent.epochs(),
                            extent.patience(),
                            study.settings().seeds(),
                            seeds,
                            full.epochs(),
                            full.patience()));
        } else {
            cut.add(
                    study.settings().seeds() < seeds
                            ? text("Fewer seeds than the usual %d.", seeds)
                            : "Nothing was cut.");
        }
        return report.heading("Settings, and how to make this report again")
                .points(cut)
                .code("./gnomon study run permuted-pixels" + study.settings().options())
                .paragraph(
                        "Parts, permutations and first weights follow from fixed seeds; on one kind of processor the same command gives"
                                + " the same numbers, times aside. `results.csv` beside this report has a row for each training,"
                                + " `results.jsonl` its curves too.");
    }
}
