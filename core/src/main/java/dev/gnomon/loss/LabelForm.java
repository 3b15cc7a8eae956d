package dev.gnomon.loss;

import dev.gnomon.tensor.Shape;

/// What labels look like.
public enum LabelForm {
    /// One value for each predicted value: one-hot rows, or numbers.
    SAME_AS_PREDICTION {
        @Override
        public boolean fits(Shape labels, Shape prediction) {
            return labels.equals(prediction)
                    || labels.append(1).equals(prediction)
                    || prediction.append(1).equals(labels);
        }
    },
    /// A class number for each row of predicted probabilities: `[batch]` or `[batch, 1]` for `[batch, classes]`.
    CLASS_NUMBER {
        @Override
        public boolean fits(Shape labels, Shape prediction) {
            if (prediction.rank() < 2) {
                return false;
            }
            Shape places = Labels.withoutLast(prediction);
            return labels.equals(places) || labels.equals(places.append(1));
        }
    },
    /// Either of the two; the shapes tell which.
    EITHER {
        @Override
        public boolean fits(Shape labels, Shape prediction) {
            return SAME_AS_PREDICTION.fits(labels, prediction)
                    || CLASS_NUMBER.fits(labels, prediction);
        }
    };

    /// Whether labels of a shape can be compared with predictions of a shape.
    public abstract boolean fits(Shape labels, Shape prediction);
}
