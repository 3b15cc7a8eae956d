/// What all kernels share: the context of a step and the rules of randomness. The kernels themselves are in the packages
/// below.
@org.jspecify.annotations.NullMarked
package dev.gnomon.kernel;
