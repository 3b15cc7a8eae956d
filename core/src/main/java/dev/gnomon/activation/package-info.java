/// Activation functions.
@org.jspecify.annotations.NullMarked
package dev.gnomon.activation;
