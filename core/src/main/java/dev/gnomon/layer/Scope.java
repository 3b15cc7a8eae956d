package dev.gnomon.layer;

import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.initializer.Initializer;
import dev.gnomon.tensor.Shape;

/// What a layer sees of the model while it is built: a place for its weights and state under its own path.
public interface Scope {
    Graph graph();

    /// Whether the layer is built for training, and not for inference.
    boolean training();

    /// Whether the layer may learn; false where it, or a model around it, is frozen.
    default boolean trainable() {
        return true;
    }

    /// A weight that is trained, such as `kernel`. Asking again for the same name gives the same weight (shared layers).
    Value weight(String name, Shape shape, WeightConfig config);

    /// State that is kept between steps and not trained, such as `moving_mean`. A further use of a shared layer gets what
    /// the use before it has set.
    Value state(String name, Shape shape, Initializer initializer);

    /// Sets a state at the end of the step; only while training.
    void update(Value state, Value value);

    /// The name of a stream of random numbers that belongs to this layer and this use of it.
    String stream(String purpose);

    /// Adds a scalar to the loss, such as a penalty on activations.
    void addLoss(Value scalar);

    /// A scope below this one, for a layer that is made of layers.
    Scope child(String name);
}
