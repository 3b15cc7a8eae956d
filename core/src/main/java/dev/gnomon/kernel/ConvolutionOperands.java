package dev.gnomon.kernel;

import org.jspecify.annotations.Nullable;

/// What a convolution reads and writes.
///
/// @param x the image
/// @param kernel the kernel, packed where the implementation packs it
/// @param bias what is added to each filter's results, or null
/// @param y the result
public record ConvolutionOperands(Buffer x, Buffer kernel, @Nullable Buffer bias, Buffer y) {}
