/// The typed graph of operations: shapes, gradients and text form. Knows nothing of kernels.
@org.jspecify.annotations.NullMarked
package dev.gnomon.graph;
