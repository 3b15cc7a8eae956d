/// First values of weights.
@org.jspecify.annotations.NullMarked
package dev.gnomon.initializer;
