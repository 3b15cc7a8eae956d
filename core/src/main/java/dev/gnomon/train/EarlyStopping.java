package dev.gnomon.train;

import dev.gnomon.check.Check;
import org.jspecify.annotations.Nullable;

/// Ends a training when a figure no longer gets better.
///
/// Defaults are Keras's. With `restoreBestWeights` the weights of the best epoch are put back at the end of the training,
/// also where it came to its last epoch. The first epoch never stops a training.
///
/// @param monitor the figure to watch; `val_loss` by default
/// @param minDelta what counts as better must be better by more than this; 0 by default
/// @param patience how many epochs without a better figure are waited for; 0 by default
/// @param mode which way is better; told by the figure's name by default
/// @param baseline waiting ends only with figures better than this, or null, the default
/// @param restoreBestWeights whether the weights of the best epoch are put back; false by default
/// @param startFromEpoch the first epoch, from 0, that is looked at; 0 by default
public record EarlyStopping(
        String monitor,
        double minDelta,
        int patience,
        Mode mode,
        @Nullable Double baseline,
        boolean restoreBestWeights,
        int startFromEpoch)
        implements Callback {
    private static final String BEST = "best";
    private static final String BEST_EPOCH = "best_epoch";
    private static final String WAIT = "wait";
    private static final String WEIGHTS = "best_weights";

    public EarlyStopping {
        Check.config(
                minDelta >= 0, "EarlyStopping: minDelta must be at least 0, but is %s.", minDelta);
        Check.config(
                patience >= 0, "EarlyStopping: patience must be at least 0, but is %d.", patience);
        Check.config(
                startFromEpoch >= 0,
                "EarlyStopping: startFromEpoch must be at least 0, but is %d.",
                startFromEpoch);
    }

    public EarlyStopping() {
        this("val_loss", 0, 0, Mode.AUTO, null, false, 0);
    }

    public EarlyStopping withMonitor(String figure) {
        return new EarlyStopping(
                figure, minDelta, patience, mode, baseline, restoreBestWeights, startFromEpoch);
    }

    public EarlyStopping withMinDelta(double delta) {
        return new EarlyStopping(
                monitor, delta, patience, mode, baseline, restoreBestWeights, startFromEpoch);
    }

    public EarlyStopping withPatience(int epochs) {
        return new EarlyStopping(
                monitor, minDelta, epochs, mode, baseline, restoreBestWeights, startFromEpoch);
    }

    public EarlyStopping withMode(Mode way) {
        return new EarlyStopping(
                monitor, minDelta, patience, way, baseline, restoreBestWeights, startFromEpoch);
    }

    public EarlyStopping withBaseline(double value) {
        return new EarlyStopping(
                monitor, minDelta, patience, mode, value, restoreBestWeights, startFromEpoch);
    }

    public EarlyStopping withRestoreBestWeights(boolean restore) {
        return new EarlyStopping(
                monitor, minDelta, patience, mode, baseline, restore, startFromEpoch);
    }

    public EarlyStopping withStartFromEpoch(int epoch) {
        return new EarlyStopping(
                monitor, minDelta, patience, mode, baseline, restoreBestWeights, epoch);
    }

    private Monitor watched() {
        return new Monitor("EarlyStopping", monitor, mode);
    }

    @Override
    public void onTrainBegin(Training training) {
        watched().check(training);
    }

    @Override
    public void onEpochEnd(Training training, int epoch, Logs logs) {
        Monitor watched = watched();
        Double value = watched.value(training, logs);
        if (value == null || epoch < startFromEpoch) {
            return;
        }
        var state = training.state();
        double best = state.number(BEST, watched.worst());
        boolean better = watched.isBetter(value, best, minDelta);
        if (better) {
            state.put(BEST, value);
        }
        if (better || state.text(BEST_EPOCH) == null) {
            state.put(BEST_EPOCH, Integer.toString(epoch));
            if (restoreBestWeights) {
                state.put(WEIGHTS, training.weights());
            }
        }
        int wait = (int) state.number(WAIT, 0) + 1;
        boolean starts = baseline == null || watched.isBetter(value, baseline, minDelta);
        state.put(WAIT, better && starts ? 0 : wait);
        if (!better && wait >= patience && epoch > 0) {
            training.stop(
                    "EarlyStopping: %s was best after epoch %d"
                            .formatted(
                                    monitor,
                                    1 + Integer.parseInt(String.valueOf(state.text(BEST_EPOCH)))));
        }
    }

    @Override
    public void onTrainEnd(Training training) {
        var best = training.state().tensors(WEIGHTS);
        if (best != null) {
            training.weights(best);
            training.state().forget(WEIGHTS);
        }
    }
}
