package dev.gnomon.layer;

import dev.gnomon.check.Names;
import dev.gnomon.tensor.Shape;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The output of an applied layer, or an input of a model: what functional models are wired with. Equal only to itself.
public final class SymbolicTensor implements Piece {
    private final @Nullable NamedLayer source;
    private final List<SymbolicTensor> inputs;
    private final Shape shape;
    private @Nullable String name;

    SymbolicTensor(@Nullable NamedLayer source, List<SymbolicTensor> inputs, Shape shape) {
        this.source = source;
        this.inputs = inputs;
        this.shape = shape;
    }

    /// The layer that gives it, or null for an input.
    public @Nullable NamedLayer source() {
        return source;
    }

    public List<SymbolicTensor> inputs() {
        return inputs;
    }

    public Shape shape() {
        return shape;
    }

    /// The name of an input, or null where the model names it.
    public @Nullable String name() {
        return name;
    }

    /// Names an input.
    public SymbolicTensor named(String name) {
        if (source != null) {
            throw new IllegalStateException(
                    "Only an input is named here; name a layer before it is applied: "
                            + "layer.named(\""
                            + name
                            + "\").apply(x).");
        }
        Names.check("Input", name);
        var copy = new SymbolicTensor(null, List.of(), shape);
        copy.name = name;
        return copy;
    }

    @Override
    public String toString() {
        return (source == null ? "Input" : source.layer().kerasName()) + shape;
    }
}
