package dev.gnomon.train;

import dev.gnomon.check.Check;
import dev.gnomon.check.ConfigException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A figure that a callback watches, and which way is better.
///
/// @param callback the callback's name, for messages
/// @param name the figure, such as `val_loss`
/// @param mode which way is better
record Monitor(String callback, String name, Mode mode) {
    private static final List<String> RISING =
            List.of("acc", "accuracy", "precision", "recall", "auc", "f1", "similarity", "score");
    private static final List<String> FALLING =
            List.of(
                    "loss",
                    "error",
                    "mse",
                    "mae",
                    "rmse",
                    "crossentropy",
                    "bce",
                    "huber",
                    "entropy",
                    "minutes");

    /// Answers a figure that no epoch will have.
    void check(Training training) {
        up();
        if (name.startsWith(Logs.VALIDATION)) {
            String trained = name.substring(Logs.VALIDATION.length());
            List<String> known =
                    StreamSupport.stream(training.figures().spliterator(), false).toList();
            Check.config(
                    known.contains(name) || !known.contains(trained),
                    "%s watches \"%s\", but nothing is validated. Give fit validation data or a validationSplit, or watch"
                            + " \"%s\".",
                    callback,
                    name,
                    trained);
        }
        Check.config(
                isKnown(training) || mayBeLogged(training),
                "%s watches \"%s\", but there is no such figure; there are %s.",
                callback,
                name,
                training.figures());
    }

    private boolean isKnown(Training training) {
        for (String known : training.figures()) {
            if (known.equals(name)) {
                return true;
            }
        }
        return name.equals(Logs.LEARNING_RATE);
    }

    /// Whether there is a callback that may log it: one that is not ours.
    private static boolean mayBeLogged(Training training) {
        return training.settings().callbacks().stream()
                .anyMatch(each ->
                        each instanceof LambdaCallback
                                || !each.getClass().getPackage().equals(Callback.class.getPackage())
                                || each.getClass().isMemberClass());
    }

    /// The figure, or null in an epoch that was not validated.
    @Nullable Double value(Training training, Logs logs) {
        Double value = logs.values().get(name);
        if (value != null) {
            return value;
        }
        if (isKnown(training)) {
            return null;
        }
        throw new ConfigException(
                callback
                        + " watches \""
                        + name
                        + "\", but there is no such figure; there are "
                        + logs.values().keySet()
                        + ".");
    }

    /// Compares in float32, as Keras does: what differs less is no better.
    boolean isBetter(double value, double than, double minDelta) {
        return up()
                ? (float) (value - minDelta) > (float) than
                : (float) (value + minDelta) < (float) than;
    }

    /// What every figure is better than.
    double worst() {
        return up() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    private boolean up() {
        return switch (mode) {
            case MAX -> true;
            case MIN -> false;
            case AUTO -> told();
        };
    }

    /// The direction by the figure's name: its last part counts, as in `hour_top_k_categorical_accuracy`.
    private boolean told() {
        List<String> parts = Arrays.asList(name.split("_", -1));
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (RISING.contains(parts.get(i))) {
                return true;
            }
            if (FALLING.contains(parts.get(i))) {
                return false;
            }
        }
        throw new ConfigException(
                callback
                        + " watches \""
                        + name
                        + "\", and the name does not tell whether more or less is better. Say it:"
                        + " withMode(Mode.MIN) or withMode(Mode.MAX).");
    }
}
