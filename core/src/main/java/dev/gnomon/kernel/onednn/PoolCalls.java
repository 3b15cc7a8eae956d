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

/// The calls of one pooling of shards: forward and its gradient. For a maximum, a workspace keeps which element was chosen,
/// where it is wanted.
public final class PoolCalls {
    private static final int TRAINING = 64;
    private static final int INFERENCE = 96;
    private static final int WORKSPACE = 135;

    private final NativeHandles handles;
    private final Op.PoolKind kind;
    private final Op.Window window;
    private final Shape input;
    private final Shape output;
    private final int[] sizes;

    /// @param sizes the sizes of shards
    PoolCalls(
            NativeHandles handles,
            Op.PoolKind kind,
            Op.Window window,
            Shape input,
            Shape output,
            int[] sizes) {
        this.handles = handles;
        this.kind = kind;
        this.window = window;
        this.input = input;
        this.output = output;
        this.sizes = sizes;
    }

    /// Bytes of a maximum's workspace for each sample.
    public static long workspaceBytes(Shape output, Op.Window window) {
        return output.elements() * (window.height() * window.width() <= 256 ? 1 : 4);
    }

    public Call forward(Buffer x, Buffer y, @Nullable Buffer workspace) {
        return PrimitivesCall.sharded(
                name(),
                sizes,
                0,
                samples -> {
                    long forward = forward(y.element(), samples, workspace != null);
                    return primitive(
                            forward,
                            image(Primitive.SRC, input, x, samples),
                            image(Primitive.DST, output, y, samples),
                            forward,
                            workspace);
                });
    }

    public Call gradient(Buffer dy, Buffer dx, @Nullable Buffer workspace) {
        return PrimitivesCall.sharded(
                name() + " gradient",
                sizes,
                0,
                samples -> {
                    long forward = forward(dy.element(), samples, workspace != null);
                    return primitive(
                            backward(dy.element(), samples, forward),
                            image(Primitive.DIFF_DST, output, dy, samples),
                            image(Primitive.DIFF_SRC, input, dx, samples),
                            forward,
                            workspace);
                });
    }

    private Primitive primitive(
            long description,
            Primitive.Operand from,
            Primitive.Operand to,
            long forward,
            @Nullable Buffer workspace) {
        List<Primitive.Operand> operands = new ArrayList<>(List.of(from, to));
        if (workspace != null) {
            operands.add(
                    new Primitive.Operand(
                            Primitive.WORKSPACE, handles.query(forward, WORKSPACE), workspace, 0));
        }
        return new Primitive(handles, description, operands.toArray(new Primitive.Operand[0]));
    }

    private String name() {
        return kind == Op.PoolKind.MAX ? "max pool" : "average pool";
    }

    private int algorithm() {
        return kind == Op.PoolKind.MAX ? 0x1ff : 0x3ff;
    }

    private long forward(Element element, int samples, boolean keepsChoice) {
        try (var arena = Arena.ofConfined()) {
            var dims = new WindowDims(arena, window);
            return handles.primitiveDescription(
                    OneDnn.create(
                            "dnnl_pooling_forward_primitive_desc_create",
                            "LLIILLLLLLLL",
                            OneDnn.ENGINE,
                            keepsChoice || kind == Op.PoolKind.AVERAGE ? TRAINING : INFERENCE,
                            algorithm(),
                            image(input, element, samples),
                            image(output, element, samples),
                            dims.strides(),
                            dims.sizes(),
                            dims.dilations(),
                            dims.before(),
                            dims.after(),
                            Fusion.attributes(handles, null)));
        }
    }

    private long backward(Element element, int samples, long forward) {
        try (var arena = Arena.ofConfined()) {
            var dims = new WindowDims(arena, window);
            return handles.primitiveDescription(
                    OneDnn.create(
                            "dnnl_pooling_backward_primitive_desc_create",
                            "LLILLLLLLLLL",
                            OneDnn.ENGINE,
                            algorithm(),
                            image(input, element, samples),
                            image(output, element, samples),
                            dims.strides(),
                            dims.sizes(),
                            dims.dilations(),
                            dims.before(),
                            dims.after(),
                            forward,
                            Fusion.attributes(handles, null)));
        }
    }

    private Primitive.Operand image(int argument, Shape shape, Buffer place, int samples) {
        return new Primitive.Operand(argument, image(shape, place.element(), samples), place, 0);
    }

    private long image(Shape shape, Element element, int samples) {
        return handles.description(
                ConvolutionCalls.image(element, samples, shape.dim(1), shape.dim(2), shape.dim(3)));
    }
}
