package dev.gnomon.layer;

import dev.gnomon.tensor.Shape;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A layer's place in a model: settings with an identity. Applied several times it shares its weights.
///
/// Equal only to itself.
public final class NamedLayer implements Piece {
    private final Layer layer;
    private final @Nullable String name;

    public NamedLayer(Layer layer, @Nullable String name) {
        this.layer = layer;
        this.name = name;
    }

    public Layer layer() {
        return layer;
    }

    /// The name it was given, or null: then the model names it by its class, `dense`, `dense_1` ….
    public @Nullable String name() {
        return name;
    }

    /// Applies it to the outputs of others. Shapes are checked here.
    public SymbolicTensor apply(SymbolicTensor... inputs) {
        List<SymbolicTensor> list = List.of(inputs);
        Shape shape = ShapeScope.infer(this, list.stream().map(SymbolicTensor::shape).toList());
        return new SymbolicTensor(this, list, shape);
    }
}
