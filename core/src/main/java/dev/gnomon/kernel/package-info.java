/// What a plan calls: prepared kernels and the memory they work on.
@org.jspecify.annotations.NullMarked
package dev.gnomon.kernel;
