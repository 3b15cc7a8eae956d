package dev.gnomon.model;

import dev.gnomon.check.ConfigException;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.Layer;
import dev.gnomon.layer.NamedLayer;
import dev.gnomon.layer.Piece;
import dev.gnomon.layer.SymbolicTensor;
import java.util.Arrays;
import java.util.List;

/// Makes models that are a chain of layers.
public final class Sequential {
    private Sequential() {}

    /// A chain: an input, then layers, named layers or models.
    public static Model of(Piece... pieces) {
        return named("sequential", Arrays.asList(pieces));
    }

    /// As [#of], with a name.
    public static Model named(String name, List<Piece> pieces) {
        if (pieces.isEmpty()) {
            throw new ConfigException("Sequential needs at least an input and a layer.");
        }
        SymbolicTensor input = input(pieces.getFirst());
        SymbolicTensor x = input;
        boolean skip = pieces.getFirst() instanceof SymbolicTensor;
        for (Piece piece : skip ? pieces.subList(1, pieces.size()) : pieces) {
            x =
                    switch (piece) {
                        case NamedLayer layer -> layer.apply(x);
                        case Layer layer -> layer.apply(x);
                        default ->
                                throw new ConfigException(
                                        "Sequential: an input can only come first.");
                    };
        }
        return new Model(name, Model.Kind.SEQUENTIAL, new Network(List.of(input), List.of(x)));
    }

    private static SymbolicTensor input(Piece first) {
        if (first instanceof SymbolicTensor tensor && tensor.source() == null) {
            return tensor;
        }
        if (first instanceof Model model && model.inputShapes().size() == 1) {
            return Input.of(model.inputShapes().getFirst().sample().dims());
        }
        throw new ConfigException(
                "Sequential: the first piece must be an input, such as Input.of(28, 28, 1).");
    }
}
