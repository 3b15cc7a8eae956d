<<<<<<< HEAD
/// What a plan calls: prepared kernels and the memory they work on.
=======
/// What all kernels share: the context of a step and the rules of randomness. The kernels themselves are in the packages
/// below.
>>>>>>> ref
@org.jspecify.annotations.NullMarked
package dev.gnomon.kernel;
