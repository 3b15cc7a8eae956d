/// Float kernels in plain Java for what oneDNN lacks: elementwise programs, reductions, sums of lanes. Plain loops over
/// arrays, which the JIT compiler vectorizes; memory is copied into registers and back in blocks that stay in cache.
@org.jspecify.annotations.NullMarked
package dev.gnomon.kernel.java;
