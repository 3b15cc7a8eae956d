/// Shapes and typed arrays with a shape.
@org.jspecify.annotations.NullMarked
package dev.gnomon.tensor;
