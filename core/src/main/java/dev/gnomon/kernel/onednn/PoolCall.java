package dev.gnomon.kernel.onednn;

import dev.gnomon.graph.Op;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Element;
import dev.gnomon.tensor.Shape;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Pooling and its gradient.
final class PoolCall {
    private static final int TRAINING = 64;
    private static final int INFERENCE = 96;

    private PoolCall() {}

    static Call forward(
            NativeHandles handles,
            Op.PoolKind kind,
            Op.Window window,
            Shape input,
            Shape output,
            int[] sizes,
            Buffer x,
            Buffer y,
            @Nullable Buffer workspace) {
        Primitive[] primitives = new Primitive[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            long made =
                    description(
                            handles,
                            kind,
                            window,
                            input,
                            output,
                            y.element(),
                            sizes[i],
                            workspace != null);
            List<Primitive.Operand> operands = new ArrayList<>();
            operands.add(
                    new Primitive.Operand(
                            Primitive.SRC, image(handles, input, x.element(), sizes[i]), x, 0));
            operands.add(
                    new Primitive.Operand(
                            Primitive.DST, image(handles, output, y.element(), sizes[i]), y, 0));
            if (workspace != null) {
                operands.add(
                        new Primitive.Operand(
                                Primitive.WORKSPACE, handles.query(made, 135), workspace, 0));
            }
            primitives[i] =
                    new Primitive(handles, made, operands.toArray(new Primitive.Operand[0]));
        }
        return new ShardedCall(name(kind), sizes, primitives, 0);
    }

    static Call backward(
            NativeHandles handles,
            Op.PoolKind kind,
            Op.Window window,
            Shape input,
            Shape output,
            int[] sizes,
            Buffer dy,
            Buffer dx,
            @Nullable Buffer workspace) {
        Primitive[] primitives = new Primitive[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            long hint =
                    description(
                            handles,
                            kind,
                            window,
                            input,
                            output,
                            dy.element(),
                            sizes[i],
                            workspace != null);
            long made =
                    backward(handles, kind, window, input, output, dy.element(), sizes[i], hint);
            List<Primitive.Operand> operands = new ArrayList<>();
            operands.add(
                    new Primitive.Operand(
                            Primitive.DIFF_DST,
                            image(handles, output, dy.element(), sizes[i]),
                            dy,
                            0));
            operands.add(
                    new Primitive.Operand(
                            Primitive.DIFF_SRC,
                            image(handles, input, dx.element(), sizes[i]),
                            dx,
                            0));
            if (workspace != null) {
                operands.add(
                        new Primitive.Operand(
                                Primitive.WORKSPACE, handles.query(hint, 135), workspace, 0));
            }
            primitives[i] =
                    new Primitive(handles, made, operands.toArray(new Primitive.Operand[0]));
        }
        return new ShardedCall(name(kind) + " gradient", sizes, primitives, 0);
    }

    private static String name(Op.PoolKind kind) {
        return kind == Op.PoolKind.MAX ? "max pool" : "average pool";
    }

    private static int algorithm(Op.PoolKind kind) {
        return kind == Op.PoolKind.MAX ? 0x1ff : 0x3ff;
    }

    private static long description(
            NativeHandles handles,
            Op.PoolKind kind,
            Op.Window window,
            Shape input,
            Shape output,
            Element element,
            int samples,
            boolean keepsChoice) {
        try (var arena = Arena.ofConfined()) {
            return handles.primitiveDescription(
                    OneDnn.create(
                            "dnnl_pooling_forward_primitive_desc_create",
                            "LLIILLLLLLLL",
                            OneDnn.ENGINE,
                            keepsChoice || kind == Op.PoolKind.AVERAGE ? TRAINING : INFERENCE,
                            algorithm(kind),
                            image(handles, input, element, samples),
                            image(handles, output, element, samples),
                            Fusion.dims(arena, window.strideHeight(), window.strideWidth()),
                            Fusion.dims(arena, window.height(), window.width()),
                            Fusion.dims(
                                    arena, window.dilationHeight() - 1, window.dilationWidth() - 1),
                            Fusion.dims(arena, window.top(), window.left()),
                            Fusion.dims(arena, window.bottom(), window.right()),
                            Fusion.attributes(handles, null)));
        }
    }

    private static long backward(
            NativeHandles handles,
            Op.PoolKind kind,
            Op.Window window,
            Shape input,
            Shape output,
            Element element,
            int samples,
            long hint) {
        try (var arena = Arena.ofConfined()) {
            return handles.primitiveDescription(
                    OneDnn.create(
                            "dnnl_pooling_backward_primitive_desc_create",
                            "LLILLLLLLLLL",
                            OneDnn.ENGINE,
                            algorithm(kind),
                            image(handles, input, element, samples),
                            image(handles, output, element, samples),
                            Fusion.dims(arena, window.strideHeight(), window.strideWidth()),
                            Fusion.dims(arena, window.height(), window.width()),
                            Fusion.dims(
                                    arena, window.dilationHeight() - 1, window.dilationWidth() - 1),
                            Fusion.dims(arena, window.top(), window.left()),
                            Fusion.dims(arena, window.bottom(), window.right()),
                            hint,
                            Fusion.attributes(handles, null)));
        }
    }

    private static long image(NativeHandles handles, Shape shape, Element element, int samples) {
        return handles.description(
                ConvolutionCalls.image(element, samples, shape.dim(1), shape.dim(2), shape.dim(3)));
    }
}
