package dev.gnomon.train;

import dev.gnomon.check.Check;

/// Lowers the learning rate when a figure no longer gets better, and logs it as `learning_rate`. Defaults are Keras's.
///
/// @param monitor the figure to watch; `val_loss` by default
/// @param factor what the learning rate is multiplied by, above 0 and below 1; 0.1 by default
/// @param patience after how many epochs without a better figure; 10 by default
/// @param mode which way is better; told by the figure's name by default
/// @param minDelta what counts as better must be better by more than this; 1e-4 by default
/// @param cooldown how many epochs are waited after the rate was lowered before watching goes on; 0 by default
/// @param minLr the learning rate is never set below this; 0 by default
public record ReduceLROnPlateau(
        String monitor,
        double factor,
        int patience,
        Mode mode,
        double minDelta,
        int cooldown,
        double minLr)
        implements Callback {
    private static final String BEST = "best";
    private static final String WAIT = "wait";
    private static final String COOLDOWN = "cooldown";

    public ReduceLROnPlateau {
        Check.config(
                factor > 0 && factor < 1,
                "ReduceLROnPlateau: factor must be above 0 and below 1, but is %s.",
                factor);
        Check.config(
                patience >= 0,
                "ReduceLROnPlateau: patience must be at least 0, but is %d.",
                patience);
        Check.config(
                minDelta >= 0,
                "ReduceLROnPlateau: minDelta must be at least 0, but is %s.",
                minDelta);
        Check.config(
                cooldown >= 0,
                "ReduceLROnPlateau: cooldown must be at least 0, but is %d.",
                cooldown);
        Check.config(minLr >= 0, "ReduceLROnPlateau: minLr must be at least 0, but is %s.", minLr);
    }

    public ReduceLROnPlateau() {
        this("val_loss", 0.1, 10, Mode.AUTO, 1e-4, 0, 0);
    }

    public ReduceLROnPlateau withMonitor(String figure) {
        return new ReduceLROnPlateau(figure, factor, patience, mode, minDelta, cooldown, minLr);
    }

    public ReduceLROnPlateau withFactor(double by) {
        return new ReduceLROnPlateau(monitor, by, patience, mode, minDelta, cooldown, minLr);
    }

    public ReduceLROnPlateau withPatience(int epochs) {
        return new ReduceLROnPlateau(monitor, factor, epochs, mode, minDelta, cooldown, minLr);
    }

    public ReduceLROnPlateau withMode(Mode way) {
        return new ReduceLROnPlateau(monitor, factor, patience, way, minDelta, cooldown, minLr);
    }

    public ReduceLROnPlateau withMinDelta(double delta) {
        return new ReduceLROnPlateau(monitor, factor, patience, mode, delta, cooldown, minLr);
    }

    public ReduceLROnPlateau withCooldown(int epochs) {
        return new ReduceLROnPlateau(monitor, factor, patience, mode, minDelta, epochs, minLr);
    }

    public ReduceLROnPlateau withMinLr(double rate) {
        return new ReduceLROnPlateau(monitor, factor, patience, mode, minDelta, cooldown, rate);
    }

    private Monitor watched() {
        return new Monitor("ReduceLROnPlateau", monitor, mode);
    }

    @Override
    public void onTrainBegin(Training training) {
        watched().check(training);
        training.learningRate(training.learningRate());
    }

    @Override
    public void onEpochEnd(Training training, int epoch, Logs logs) {
        training.log(Logs.LEARNING_RATE, training.learningRate());
        Monitor watched = watched();
        Double value = watched.value(training, logs);
        if (value == null) {
            return;
        }
        var state = training.state();
        double cooling = state.number(COOLDOWN, 0);
        if (cooling > 0) {
            cooling--;
            state.put(COOLDOWN, cooling);
            state.put(WAIT, 0);
        }
        if (watched.isBetter(value, state.number(BEST, watched.worst()), minDelta)) {
            state.put(BEST, value);
            state.put(WAIT, 0);
        } else if (cooling == 0) {
            double wait = state.number(WAIT, 0) + 1;
            state.put(WAIT, wait);
            double rate = training.learningRate();
            if (wait >= patience && rate > (float) minLr) {
                training.learningRate(Math.max(rate * factor, minLr));
                state.put(COOLDOWN, cooldown);
                state.put(WAIT, 0);
            }
        }
    }
}
