package dev.gnomon.keras;

import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.NamedLayer;
import dev.gnomon.layer.Piece;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.model.Functional;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A model with all rates of Dropout set to 0, so that training can be compared with another program's.
public final class WithoutDropout {
    private WithoutDropout() {}

    /// A new model, not compiled, with first weights of its own.
    public static Model of(Model model) {
        Map<SymbolicTensor, SymbolicTensor> made = new HashMap<>();
        Map<NamedLayer, NamedLayer> layers = new HashMap<>();
        if (model.kind() == Model.Kind.SEQUENTIAL) {
            List<Piece> pieces = new ArrayList<>();
            pieces.add(model.inputs().getFirst());
            model.layers().forEach(entry -> pieces.add(copy(entry)));
            return Sequential.named(model.name(), pieces);
        }
        model.inputs().forEach(input -> made.put(input, input));
        for (SymbolicTensor tensor : model.tensors()) {
            NamedLayer source = tensor.source();
            if (source != null) {
                NamedLayer layer = layers.computeIfAbsent(source, _ -> copy(entry(model, source)));
                SymbolicTensor[] inputs =
                        tensor.inputs().stream().map(made::get).toArray(SymbolicTensor[]::new);
                made.put(tensor, layer.apply(inputs));
            }
        }
        return Functional.named(
                model.name(), model.inputs(), model.outputs().stream().map(made::get).toList());
    }

    private static Model.NamedEntry entry(Model model, NamedLayer handle) {
        return model.layers().stream()
                .filter(entry -> entry.handle() == handle)
                .findFirst()
                .orElseThrow();
    }

    private static NamedLayer copy(Model.NamedEntry entry) {
        NamedLayer copy =
                switch (entry.layer()) {
                    case Dropout _ -> new Dropout(0).named(entry.name());
                    case Model inner -> of(inner).named(entry.name());
                    default -> entry.layer().named(entry.name());
                };
        if (!entry.handle().isTrainable()) {
            copy.freeze();
        }
        return copy;
    }
}
