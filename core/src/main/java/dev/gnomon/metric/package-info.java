/// Metrics: running figures of predictions against labels.
@org.jspecify.annotations.NullMarked
package dev.gnomon.metric;
