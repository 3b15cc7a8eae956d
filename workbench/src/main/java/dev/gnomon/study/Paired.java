package dev.gnomon.study;

import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.TTest;

/// How two kinds of trainings differ whose seeds are the same: one of each kind for each seed. Seeds that are good for the
/// one are often good for the other, so that their differences say more than two means.
///
/// @param differences their mean and spread over the seeds
/// @param low where the 95 % confidence interval of the mean begins; NaN for a single seed
/// @param high where it ends; NaN for a single seed
/// @param p of the paired t test: how probable such a difference is where there is none; NaN for a single seed
public record Paired(Spread differences, double low, double high, double p) {
    private static final double LEVEL = 0.05;

    /// The differences `after - before`, seed by seed.
    public static Paired of(double[] before, double[] after) {
        double[] differences = new double[before.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = after[i] - before[i];
        }
        return of(differences);
    }

    /// Differences that are known already, one for each seed.
    public static Paired of(double... differences) {
        Spread spread = Spread.of(differences);
        int count = differences.length;
        if (count < 2) {
            return new Paired(spread, Double.NaN, Double.NaN, Double.NaN);
        }
        double t = TDistribution.of(count - 1.0).inverseSurvivalProbability(LEVEL / 2);
        double half = t * spread.deviation() / Math.sqrt(count);
        return new Paired(spread, spread.mean() - half, spread.mean() + half, p(spread));
    }

    private static double p(Spread spread) {
        if (spread.deviation() == 0) {
            return spread.mean() == 0 ? 1 : 0;
        }
        double variance = spread.deviation() * spread.deviation();
        return TTest.withDefaults().test(spread.mean(), variance, spread.count()).getPValue();
    }

    public int count() {
        return differences.count();
    }

    public double mean() {
        return differences.mean();
    }

    /// Whether a difference is shown: the interval does not hold 0.
    public boolean isShown() {
        return p < LEVEL;
    }

    /// Whether it is shown that there is less than so much between them, either way: the interval is within.
    public boolean isWithin(double margin) {
        return low > -margin && high < margin;
    }
}
