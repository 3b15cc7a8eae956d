package dev.gnomon.keras;

import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.model.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The layers of a model in Keras's order, which is that of its files' weights: by their distance from the outputs, and
/// among equals in the order in which they are first met on the way from the outputs to the inputs.
final class Wiring {
    /// A layer, or an input of a functional model.
    ///
    /// @param entry the layer, or null for an input
    /// @param input the input, or null for a layer
    record Item(String name, Model.@Nullable NamedEntry entry, @Nullable SymbolicTensor input) {
        String className(KerasNames names) {
            return entry == null ? "InputLayer" : names.className(entry.layer());
        }
    }

    private final Model model;
    private final Map<Object, Item> items = new LinkedHashMap<>();
    private final Map<Object, Integer> met = new HashMap<>();
    private final Map<SymbolicTensor, Integer> depths = new HashMap<>();
    private final Map<Object, Integer> itemDepths = new LinkedHashMap<>();
    private final List<SymbolicTensor> order = new ArrayList<>();

    private Wiring(Model model) {
        this.model = model;
    }

    /// Whether the model can be written as Keras's `Sequential`.
    static boolean isChain(Model model) {
        return model.kind() == Model.Kind.SEQUENTIAL
                && model.inputs().size() == 1
                && model.layers().stream().allMatch(entry -> entry.uses().size() == 1);
    }

    static List<Item> items(Model model) {
        var wiring = new Wiring(model);
        for (SymbolicTensor input : model.inputs()) {
            wiring.items.put(input, new Item(model.nameOf(input), null, input));
        }
        for (Model.NamedEntry entry : model.layers()) {
            wiring.items.put(entry.handle(), new Item(entry.name(), entry, null));
        }
        if (isChain(model)) {
            return wiring.items.values().stream().filter(item -> item.entry != null).toList();
        }
        return wiring.sorted();
    }

    private List<Item> sorted() {
        Set<SymbolicTensor> seen = new HashSet<>();
        model.outputs().forEach(output -> visit(output, seen));
        for (SymbolicTensor tensor : order.reversed()) {
            Object key = key(tensor);
            int depth = Math.max(depths.getOrDefault(tensor, 0), itemDepths.getOrDefault(key, 0));
            itemDepths.put(key, depth);
            for (SymbolicTensor input : inputsOf(tensor)) {
                depths.merge(input, depth + 1, Math::max);
            }
        }
        for (SymbolicTensor input : model.inputs()) {
            if (itemDepths.putIfAbsent(input, 0) == null) {
                met.put(input, -1);
            }
        }
        List<Object> keys = new ArrayList<>(itemDepths.keySet());
        keys.sort(
                Comparator.<Object>comparingInt(key -> -itemDepths.getOrDefault(key, 0))
                        .thenComparingInt(key -> met.getOrDefault(key, 0)));
        return keys.stream().map(items::get).toList();
    }

    private Object key(SymbolicTensor tensor) {
        return model.inputs().contains(tensor) || tensor.source() == null
                ? tensor
                : tensor.source();
    }

    private List<SymbolicTensor> inputsOf(SymbolicTensor tensor) {
        return model.inputs().contains(tensor) ? List.of() : tensor.inputs();
    }

    private void visit(SymbolicTensor tensor, Set<SymbolicTensor> seen) {
        if (!seen.add(tensor)) {
            return;
        }
        met.putIfAbsent(key(tensor), met.size());
        inputsOf(tensor).forEach(input -> visit(input, seen));
        order.add(tensor);
    }
}
