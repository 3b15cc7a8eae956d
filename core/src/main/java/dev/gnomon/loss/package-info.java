/// Losses: one value per sample.
@org.jspecify.annotations.NullMarked
package dev.gnomon.loss;
