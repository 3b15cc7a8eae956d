package dev.gnomon.plan;

import dev.gnomon.graph.Node;
import dev.gnomon.kernel.java.JavaKernels;
import dev.gnomon.tensor.Shape;

import java.util.List;

/// Lowers ops that only move values: concatenate, slice, pad.
final class CopyLowering {
    private final Lowering lowering;

    CopyLowering(Lowering lowering) {
        this.lowering = lowering;
    }

    void concat(Node node, int axis) {
        Slot result = lowering.result(node.id());
        int begin = 0;
        for (int input : node.inputs()) {
            Shape part = lowering.node(input).shape();
            int at = begin;
            int size = part.dim(axis);
            lowering.add(
                    node,
                    List.of(input),
                    List.of(),
                    () ->
                            JavaKernels.copyAxis(
                                    "concatenate",
                                    part,
                                    0,
                                    node.shape(),
                                    at,
                                    axis,
                                    size,
                                    lowering.slot(input).buffer(),
                                    result.buffer()));
            begin += size;
        }
    }

    void slice(Node node, int axis, int begin, int size) {
        int x = node.inputs().getFirst();
        Slot result = lowering.result(node.id());
        lowering.add(
                node,
                List.of(x),
                List.of(),
                () ->
                        JavaKernels.copyAxis(
                                "slice",
                                lowering.node(x).shape(),
                                begin,
                                node.shape(),
                                0,
                                axis,
                                size,
                                lowering.slot(x).buffer(),
                                result.buffer()));
    }

    void pad(Node node, int axis, int before, float value) {
        int x = node.inputs().getFirst();
        Shape from = lowering.node(x).shape();
        Slot result = lowering.result(node.id());
        lowering.add(
                node,
                List.of(),
                List.of(),
                () ->
                        JavaKernels.fill(
                                node.shape().isBatched(),
                                node.shape().elements(),
                                value,
                                result.buffer()));
        lowering.add(
                node,
                List.of(x),
                List.of(),
                () ->
                        JavaKernels.copyAxis(
                                "pad",
                                from,
                                0,
                                node.shape(),
                                before,
                                axis,
                                from.dim(axis),
                                lowering.slot(x).buffer(),
                                result.buffer()));
    }
}
