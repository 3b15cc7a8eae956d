package dev.gnomon.plan;

import dev.gnomon.graph.Node;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.Op.UnaryFunction;
import org.jspecify.annotations.Nullable;

/// A product's result with what is fused into it.
///
/// @param last the node whose value the product writes
/// @param bias the node that is added; null for none
/// @param activation what is done at the end; null for nothing
record Fused(Node last, @Nullable Integer bias, @Nullable UnaryFunction activation) {
    static Fused of(Units.Unit unit, Lowering lowering) {
        Integer bias = null;
        UnaryFunction activation = null;
        for (int id : unit.nodes().subList(1, unit.nodes().size())) {
            Node node = lowering.node(id);
            if (node.op() instanceof Op.Unary(var function)) {
                activation = function;
            } else {
                bias = node.inputs().get(1);
            }
        }
        return new Fused(lowering.node(unit.last()), bias, activation);
    }
}
