package dev.gnomon.activation;

import dev.gnomon.graph.Value;

/// A function of every element, or of the last axis, of a layer's output. Built-in ones are the constants of [Activations]
/// and repeated here; an own one is any implementation with a name, under which it is saved.
public interface Activation {
    /// The name in Keras's files, such as `relu`.
    String name();

    Value build(Value x);
}
