package dev.gnomon.model;

import dev.gnomon.layer.SymbolicTensor;
import java.util.List;

/// Makes models from inputs and outputs that layers connect.
public final class Functional {
    private Functional() {}

    public static Model of(SymbolicTensor input, SymbolicTensor output) {
        return of(List.of(input), List.of(output));
    }

    /// A model with several inputs and outputs. Outputs are named after the layers that give them.
    public static Model of(List<SymbolicTensor> inputs, List<SymbolicTensor> outputs) {
        return named("functional", inputs, outputs);
    }

    public static Model named(
            String name, List<SymbolicTensor> inputs, List<SymbolicTensor> outputs) {
        return new Model(name, Model.Kind.FUNCTIONAL, new Network(inputs, outputs));
    }
}
