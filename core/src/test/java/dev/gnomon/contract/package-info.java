/// One harness for everything that users set: layers, losses, metrics, optimizers, schedules, initializers, regularizers,
/// constraints and activations. A new type needs a row in the table of samples of its kind.
@org.jspecify.annotations.NullMarked
package dev.gnomon.contract;
