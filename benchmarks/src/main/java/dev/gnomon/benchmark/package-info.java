/// JMH benchmarks of kernels and plans.
@NullMarked
package dev.gnomon.benchmark;

import org.jspecify.annotations.NullMarked;
