package dev.gnomon.layer;

import dev.gnomon.check.Check;
import dev.gnomon.graph.Value;
import java.util.List;

/// The settings of a layer: a record that holds no weights, no state and no identity. Applying it makes a node of a model.
///
/// An own layer is a record with a `build` of its own; the gradient comes from the ops it uses.
public interface Layer extends Piece {
    /// Adds the layer's computation to the graph.
    ///
    /// @param scope where its weights are declared
    /// @param x its input, `[batch, ...]`
    Value build(Scope scope, Value x);

    /// As above for layers that take several inputs; others refuse them.
    default Value build(Scope scope, List<Value> inputs) {
        Check.shape(
                inputs.size() == 1,
                "%s takes one input, but received %d. Join them first, with Concatenate or Add.",
                kerasName(),
                inputs.size());
        return build(scope, inputs.getFirst());
    }

    /// The class name in Keras's files, and in messages.
    default String kerasName() {
        return getClass().getSimpleName();
    }

    /// Applies these settings as a new node with weights of its own.
    default SymbolicTensor apply(SymbolicTensor... inputs) {
        return new NamedLayer(this, null).apply(inputs);
    }

    /// A node with these settings and a name; it can be applied as often as you like and shares its weights.
    default NamedLayer named(String name) {
        return new NamedLayer(this, name);
    }

    /// The same as [#named]: says that it will be applied more than once.
    default NamedLayer shared(String name) {
        return named(name);
    }
}
