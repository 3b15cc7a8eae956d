package dev.gnomon.model;

import dev.gnomon.check.Check;
import dev.gnomon.data.Dataset;
import dev.gnomon.train.Fit;
import org.jspecify.annotations.Nullable;

/// The data that a fit trains on and those that it validates on.
record Split(Dataset training, @Nullable Dataset validation) {
    static Split of(Dataset all, Fit settings) {
        double share = settings.validation().split();
        if (share == 0) {
            return new Split(all, settings.validation().data());
        }
        int kept = kept(all.size(), share);
        return new Split(all.take(kept), all.skip(kept));
    }

    /// How many of the samples are trained on; Keras cuts the rest from the end.
    private static int kept(int samples, double split) {
        int kept = (int) Math.floor(samples * (1 - split));
        Check.data(
                kept >= 1 && kept < samples,
                "Fit: a validationSplit of %s of %d samples leaves nothing to %s on.",
                split,
                samples,
                kept < 1 ? "train" : "validate");
        return kept;
    }
}
