package dev.gnomon.kernel.reference;

/// The error function to about 15 digits.
final class Erf {
    private static final double SERIES_UNTIL = 2.5;
    private static final double ONE_FROM = 6;

    private Erf() {}

    /// `2/√π · ∫₀ˣ exp(-t²) dt`.
    static double of(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        double size = Math.abs(x);
        if (size < SERIES_UNTIL) {
            return series(x);
        }
        return Math.copySign(size > ONE_FROM ? 1 : 1 - complement(size), x);
    }

    /// `2/√π · exp(-x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1))`, whose terms all have one sign.
    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    /// `1 - erf(x) = exp(-x²)/√π · 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …))))`, from the inside out.
    private static double complement(double x) {
        double fraction = x;
        for (int n = 80; n >= 1; n--) {
            fraction = x + n / 2.0 / fraction;
        }
        return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
    }
}
