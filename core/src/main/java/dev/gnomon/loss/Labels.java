package dev.gnomon.loss;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import dev.gnomon.tensor.Shape;
import java.util.Arrays;

/// Brings labels and predictions to shapes that can be compared, as Keras does.
public final class Labels {
    private Labels() {}

    /// Labels and predictions of one shape.
    public record Pair(Value truth, Value prediction) {}

    /// Labels with one value for each predicted value; a last axis of 1 that one of the two lacks is added to labels or
    /// predictions `[batch]`, else removed.
    ///
    /// @param user the name of the loss or metric, for the message
    public static Pair alike(String user, Value truth, Value prediction) {
        Shape labels = truth.shape();
        Shape predicted = prediction.shape();
        Check.shape(
                LabelForm.SAME_AS_PREDICTION.fits(labels, predicted),
                "%s: labels %s do not fit predictions %s. It needs one label for each predicted"
                        + " value.",
                user,
                labels,
                predicted);
        if (labels.rank() < predicted.rank()) {
            return labels.rank() == 1
                    ? new Pair(truth.reshape(predicted), prediction)
                    : new Pair(truth, prediction.reshape(labels));
        }
        return predicted.rank() == 1
                ? new Pair(truth, prediction.reshape(labels))
                : new Pair(truth.reshape(predicted), prediction);
    }

    /// Class numbers without the last axis of 1 that they may have.
    ///
    /// @param user the name of the loss or metric, for the message
    public static Value classes(String user, Value truth, Value prediction) {
        Check.shape(
                LabelForm.CLASS_NUMBER.fits(truth.shape(), prediction.shape()),
                "%s: labels %s do not fit predictions %s. It needs one class number for each row of"
                        + " predictions; for one-hot labels use the form without \"sparse\".",
                user,
                truth.shape(),
                prediction.shape());
        return truth.reshape(withoutLast(prediction.shape()));
    }

    /// The mean over the last axis; of `[batch]` the values themselves.
    public static Value lastMean(Value values) {
        return values.shape().rank() < 2 ? values : values.mean(-1);
    }

    static Shape withoutLast(Shape shape) {
        return Shape.of(Arrays.copyOf(shape.dims(), shape.rank() - 1));
    }
}
