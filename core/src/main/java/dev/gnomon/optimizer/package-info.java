/// Optimizers: one pure update formula each.
@org.jspecify.annotations.NullMarked
package dev.gnomon.optimizer;
