package dev.gnomon.cli;

import java.time.Duration;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Shows how far long work is.
interface Progress extends AutoCloseable {
    /// So many parts are done.
    void done(long parts, String remark);

    @Override
    default void close() {}

    /// Shows nothing.
    static Progress silent() {
        return (_, _) -> {};
    }

    /// A bar on standard error, which goes when the work is done.
    ///
    /// @param done how many parts were done before, in no time
    static Progress bar(String what, long done, long parts) {
        ProgressBar bar =
                new ProgressBarBuilder()
                        .setTaskName(what)
                        .setInitialMax(parts)
                        .startsFrom(done, Duration.ZERO)
                        .setUpdateIntervalMillis(200)
                        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                        .clearDisplayOnFinish()
                        .build();
        return new Progress() {
            @Override
            public void done(long finished, String remark) {
                bar.stepTo(finished);
                bar.setExtraMessage(remark);
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }

    /// A line at every quarter.
    static Progress lines(String what, long parts, Consumer<String> out) {
        return new Progress() {
            private long shown;

            @Override
            public void done(long finished, String remark) {
                long quarter = parts == 0 ? 4 : 4 * finished / parts;
                if (quarter > shown) {
                    shown = quarter;
                    out.accept(
                            "%s: %d of %d%s"
                                    .formatted(
                                            what,
                                            finished,
                                            parts,
                                            remark.isEmpty() ? "" : ", " + remark));
                }
            }
        };
    }
}
