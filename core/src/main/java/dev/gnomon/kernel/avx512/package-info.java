/// Machine code for processors with AVX-512, written at run time: elementwise programs whose values stay in the processor's
/// registers, and convolutions of images with few channels. Where the processor or the system does not allow it, the Java
/// kernels and oneDNN do the same work.
@org.jspecify.annotations.NullMarked
package dev.gnomon.kernel.avx512;
