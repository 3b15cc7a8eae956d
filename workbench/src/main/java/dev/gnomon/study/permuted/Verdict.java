package dev.gnomon.study.permuted;

import static dev.gnomon.report.Texts.text;

import dev.gnomon.study.Paired;

/// What a difference in accuracy means, in words. Differences are in points: hundredths of an accuracy.
final class Verdict {
    /// Less than this is called unhurt.
    static final double MARGIN = 1;

    private Verdict() {}

    /// Of a network that was trained on permuted pictures instead of plain ones.
    static String of(String who, Paired points) {
        double mean = points.mean();
        if (points.count() < 2) {
            return text(
                    "%s %s %.2f points with one seed, which shows nothing",
                    who, mean < 0 ? "loses" : "gains", Math.abs(mean));
        }
        if (points.isShown()) {
            String verb = mean < 0 ? "loses" : "gains";
            return text("%s %s %.2f points", who, verb, Math.abs(mean))
                    + (points.isWithin(MARGIN)
                            ? text(": measurable, but less than %.0f point", MARGIN)
                            : "");
        }
        return points.isWithin(MARGIN)
                ? text("%s is unhurt: less than %.0f point either way", who, MARGIN)
                : text("for %s the two cannot be told apart with %d seeds", who, points.count());
    }

    /// Of the difference between two losses.
    static String ofInteraction(Paired points) {
        double mean = points.mean();
        String compared =
                text(
                        "the order costs the CNN %.2f points %s than the MLP",
                        Math.abs(mean), mean > 0 ? "more" : "less");
        if (points.count() < 2) {
            return compared + " with one seed, which shows nothing";
        }
        return points.isShown()
                ? compared
                : text(
                        "which of the two the order costs more cannot be told with %d seeds",
                        points.count());
    }

    /// The interval of a mean, in points.
    static String interval(Paired points) {
        return points.count() < 2 ? "–" : text("%+.2f to %+.2f", points.low(), points.high());
    }

    /// A probability as it stands in a table.
    static String p(Paired points) {
        if (points.count() < 2) {
            return "–";
        }
        return points.p() < 0.0001 ? "< 0.0001" : text("%.4f", points.p());
    }
}
