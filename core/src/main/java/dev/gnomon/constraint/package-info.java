/// Projections of weights after each update.
@org.jspecify.annotations.NullMarked
package dev.gnomon.constraint;
