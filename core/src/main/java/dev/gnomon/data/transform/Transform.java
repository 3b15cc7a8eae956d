package dev.gnomon.data.transform;

import dev.gnomon.tensor.Shape;

/// A change of samples that is always the same: for training, validation and prediction alike.
///
/// ```java
/// var small = pictures.map(new Resize(28, 28), new Grayscale());
/// ```
public interface Transform {
    /// Makes ready for samples of a shape, or answers with an exception what shape it needs.
    Step prepare(Shape sample);

    /// A transform for samples of one shape. Immutable and safe to use from many threads.
    interface Step {
        /// The shape of its results.
        Shape shape();

        /// Changes a sample.
        ///
        /// @param from the values of the sample in row order
        /// @param to where the results go; all of it is written
        void apply(float[] from, float[] to);
    }

    /// A step of a shape and what it does.
    ///
    /// @param shape the shape of the results
    static Step step(Shape shape, Change change) {
        return new Step() {
            @Override
            public Shape shape() {
                return shape;
            }

            @Override
            public void apply(float[] from, float[] to) {
                change.apply(from, to);
            }
        };
    }

    /// What a step does.
    @FunctionalInterface
    interface Change {
        /// Changes a sample.
        void apply(float[] from, float[] to);
    }
}
