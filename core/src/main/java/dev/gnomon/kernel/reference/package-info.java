/// Every op in plain Java and `double`, slow and obvious: what all other kernels are measured against, and the fall-back
/// where there is no native library.
@org.jspecify.annotations.NullMarked
package dev.gnomon.kernel.reference;
