/// Penalties on weights and activations, added to the loss.
@org.jspecify.annotations.NullMarked
package dev.gnomon.regularizer;
