package dev.gnomon.cli;

import dev.gnomon.study.StudyWatcher;
import dev.gnomon.study.Trial;
import dev.gnomon.study.TrialResult;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Shows how far a study is: a bar for the training under way, a line for each that is done.
final class StudyProgress implements StudyWatcher, AutoCloseable {
    private final Output output;
    private @Nullable Progress progress;
    private String place = "";
    private String left = "";
    private double share;
    private long start;
    private int doneBefore;
    private int known;

    StudyProgress(Output output) {
        this.output = output;
    }

    @Override
    public void begins(Trial trial, int number, int count, double shareOfAll, double secondsLeft) {
        place = "%d/%d".formatted(number, count);
        left = left(secondsLeft);
        share = shareOfAll;
        if (count != known) {
            output.progressLine(
                    known == 0
                            ? count - number + 1 + " trainings to do."
                            : count - known + " more trainings, chosen by the results so far.");
            known = count;
        }
    }

    /// A figure with as many digits as it is small: shares differ by little.
    static String number(double figure) {
        return String.format(Locale.ROOT, figure < 1 ? "%.4f" : "%.2f", figure);
    }

    private static String left(double seconds) {
        if (!(seconds > 0)) {
            return "";
        }
        return seconds < 90
                ? String.format(Locale.ROOT, ", about %.0f s to go", seconds)
                : String.format(Locale.ROOT, ", about %.0f min to go", seconds / 60);
    }

    @Override
    public void prepares(String what, int done, int count) {
        if (progress == null) {
            progress = output.bar(what, 0, count);
        }
        progress.done(done, "");
        if (done == count) {
            close();
        }
    }

    @Override
    public void trains(int done, int count) {
        start = System.nanoTime();
        doneBefore = done;
        if (done > 0) {
            output.progressLine(
                    "Going on with training %s after %d of its %d epochs."
                            .formatted(place, done, count));
        }
        close();
        progress = output.bar("Training " + place, done, count);
    }

    @Override
    public void epochs(int done, int count) {
        if (left.isEmpty()) {
            double epoch = (System.nanoTime() - start) / 1e9 / (done - doneBefore);
            left = left(epoch * (count / share - done));
            output.progressLine("Training " + place + ": an epoch is done" + left + ".");
        }
        if (progress != null) {
            progress.done(done, "epochs" + left);
        }
    }

    @Override
    public void ends(Trial trial, TrialResult result, double secondsLeft) {
        close();
        var figures = result.figures();
        String first = figures.firstEntry().getKey();
        output.progressLine(
                String.format(
                        Locale.ROOT,
                        "%s %s: %s %s (%.0f s%s)",
                        place,
                        trial.id(),
                        first,
                        number(figures.firstEntry().getValue()),
                        figures.getOrDefault("seconds", 0.0),
                        left(secondsLeft)));
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }
}
