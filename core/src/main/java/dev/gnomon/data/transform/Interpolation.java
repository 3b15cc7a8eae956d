package dev.gnomon.data.transform;

/// How a pixel of a resized picture is found. The centres of pixels are at halves, and nothing is smoothed before making
/// pictures smaller: the values are those of Keras on TensorFlow with `antialias=False`.
public enum Interpolation {
    /// Between the four pixels around the place.
    BILINEAR,
    /// The pixel at the place.
    NEAREST,
    /// Keys's cubic with a = -0.5 over sixteen pixels; may go beyond the values that are there.
    BICUBIC,
    /// The mean of the pixels that are covered, by their shares.
    AREA,
    /// A windowed sinc over 6×6 pixels; may go beyond the values that are there.
    LANCZOS3,
    /// A windowed sinc over 10×10 pixels; may go beyond the values that are there.
    LANCZOS5,
    /// A Gaussian of half a pixel over 3×3 pixels.
    GAUSSIAN,
    /// Mitchell and Netravali's cubic over 4×4 pixels.
    MITCHELL_CUBIC
}
