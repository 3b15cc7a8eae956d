package dev.gnomon.layer;

import dev.gnomon.check.Names;
import dev.gnomon.tensor.Shape;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A layer's place in a model: settings with an identity. Applied several times it shares its weights.
///
/// Equal only to itself.
public final class NamedLayer implements Piece {
    private final Layer layer;
    private final @Nullable String name;
    private volatile boolean trainable = true;
    private volatile int freezes;
    private volatile @Nullable String origin;
    private @Nullable Object weights;

    public NamedLayer(Layer layer, @Nullable String name) {
        Names.check(layer.kerasName(), name);
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

    /// Where the model that first used it keeps its weights, or null; further models share them.
    public synchronized @Nullable Object weights() {
        return weights;
    }

    /// Says where its weights are; the first to say so stays.
    public synchronized Object weights(Object place) {
        if (weights == null) {
            weights = place;
        }
        return weights;
    }

    /// What a file said of it, in the file's own words, or null; kept so that nothing is lost when it is written back.
    public @Nullable String origin() {
        return origin;
    }

    public void origin(@Nullable String text) {
        origin = text;
    }

    /// Whether its weights are trained; true at first.
    public boolean isTrainable() {
        return trainable;
    }

    /// Keeps its weights as they are in later training; its moving statistics too.
    public synchronized void freeze() {
        trainable = false;
        freezes = freezes + 1;
    }

    /// Trains its weights again.
    public synchronized void unfreeze() {
        trainable = true;
        freezes = freezes + 1;
    }

    /// How often it was frozen or unfrozen: while it stays the same, plans stay right.
    public int freezes() {
        return freezes;
    }

    /// Applies it to the outputs of others. Shapes are checked here.
    public SymbolicTensor apply(SymbolicTensor... inputs) {
        List<SymbolicTensor> list = List.of(inputs);
        Shape shape = ShapeScope.infer(this, list.stream().map(SymbolicTensor::shape).toList());
        return new SymbolicTensor(this, list, shape);
    }
}
