package dev.gnomon.kernel.onednn;

import dev.gnomon.graph.Op;
import dev.gnomon.graph.Op.UnaryFunction;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.ConvolutionOperands;
import dev.gnomon.kernel.Element;
import dev.gnomon.tensor.Shape;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The calls of one convolution: forward, gradients, and the packing of its kernel. The layout of a packed kernel is the one
/// that the primitive for the largest shard chose; all others are told to use it.
public final class ConvolutionCalls {
    private static final int FORWARD = 96;
    private static final int DIRECT = 1;

    private final NativeHandles handles;
    private final Op.Window window;
    private final int groups;
    private final Shape input;
    private final Shape kernel;
    private final Shape output;
    private final Element inputElement;
    private final Element kernelElement;
    private final Element outputElement;

    /// @param input the image that is convolved
    /// @param kernel its element is what the convolution computes with
    ConvolutionCalls(
            NativeHandles handles,
            Op.Window window,
            int groups,
            Array input,
            Array kernel,
            Array output) {
        this.handles = handles;
        this.window = window;
        this.groups = groups;
        this.input = input.shape;
        this.kernel = kernel.shape;
        this.output = output.shape;
        this.inputElement = input.element;
        this.kernelElement = kernel.element;
        this.outputElement = output.element;
    }

    /// An array's shape, and how its numbers lie.
    public record Array(Shape shape, Element element) {}

    /// A packed kernel layout.
    public record Packed(long description, long bytes) {}

    public Packed forwardLayout(int samples) {
        return packed(handles.query(hint(samples), 131));
    }

    public Packed inputGradientLayout(int samples) {
        return packed(handles.query(inputGradient(samples, anyKernel(kernelElement)), 131));
    }

    public Packed kernelGradientLayout(int samples) {
        return packed(handles.query(kernelGradient(samples, anyKernel(Element.FLOAT32), 0), 132));
    }

    private static Packed packed(long description) {
        return new Packed(description, OneDnn.size(description));
    }

    /// Packs a kernel `[height, width, in/groups, out]`.
    public Call pack(Buffer plain, Packed layout, Buffer packed) {
        return new ReorderCall(
                handles, "pack kernel", plainKernel(), plain, layout.description, packed);
    }

    /// Unpacks a kernel's gradient.
    public Call unpack(Packed layout, Buffer packed, Buffer plain) {
        return new ReorderCall(
                handles, "unpack gradient", layout.description, packed, plainKernel(), plain);
    }

    /// The convolution of shards; or, where there is one size and more than one block, of that batch in blocks of rows, unless
    /// the kernel, packed for the whole, suits no fast implementation of so few rows.
    public Call forward(
            int[] sizes,
            int blocks,
            Packed layout,
            ConvolutionOperands operands,
            @Nullable UnaryFunction activation) {
        var places = new Places(layout.description, operands);
        String name =
                "conv2d"
                        + (operands.bias() == null ? "" : " + bias")
                        + (activation == null
                                ? ""
                                : " + " + activation.name().toLowerCase(Locale.ROOT));
        var ofRows = blocks == 1 ? null : inRows(sizes[0], blocks, places, activation);
        if (ofRows == null || Arrays.stream(ofRows).anyMatch(Primitive::isReference)) {
            return PrimitivesCall.sharded(
                    name,
                    sizes,
                    flops(),
                    samples -> forward(samples, 0, output.dim(1), places, activation));
        }
        return new PrimitivesCall(name, sizes, new Primitive[][] {ofRows}, sizes[0] * flops());
    }

    private Primitive[] inRows(
            int samples, int blocks, Places places, @Nullable UnaryFunction activation) {
        int rows = (output.dim(1) + blocks - 1) / blocks;
        List<Primitive> primitives = new ArrayList<>();
        for (int from = 0; from < output.dim(1); from += rows) {
            int to = Math.min(output.dim(1), from + rows);
            primitives.add(forward(samples, from, to, places, activation));
        }
        return primitives.toArray(new Primitive[0]);
    }

    /// Where a forward convolution finds its operands.
    private record Places(long kernelDescription, ConvolutionOperands operands) {}

    /// The convolution that gives the output's rows of a range.
    private Primitive forward(
            int samples, int from, int to, Places places, @Nullable UnaryFunction activation) {
        int first = from * window.strideHeight() - window.top();
        int last =
                (to - 1) * window.strideHeight()
                        - window.top()
                        + (window.height() - 1) * window.dilationHeight();
        int begin = Math.max(0, first);
        int end = Math.min(input.dim(1), last + 1);
        Op.Window part = window.withRowsAround(begin - first, last + 1 - end);
        var operands = places.operands;
        long bias = operands.bias() == null ? 0 : vector();
        long made =
                forward(
                        part,
                        rows(input, inputElement, samples, end - begin),
                        places.kernelDescription,
                        bias,
                        rows(output, outputElement, samples, to - from),
                        Fusion.attributes(handles, activation));
        long x = rows(input, inputElement, samples, end - begin);
        long y = rows(output, outputElement, samples, to - from);
        var src =
                new Primitive.Operand(
                        Primitive.SRC, x, operands.x(), rowBytes(input, inputElement) * begin);
        var weights =
                new Primitive.Operand(
                        Primitive.WEIGHTS, places.kernelDescription, operands.kernel(), 0);
        var dst =
                new Primitive.Operand(
                        Primitive.DST, y, operands.y(), rowBytes(output, outputElement) * from);
        return operands.bias() == null
                ? new Primitive(handles, made, src, weights, dst)
                : new Primitive(
                        handles,
                        made,
                        src,
                        weights,
                        new Primitive.Operand(Primitive.BIAS, bias, operands.bias(), 0),
                        dst);
    }

    private static long rowElements(Shape shape) {
        return (long) shape.dim(2) * shape.dim(3);
    }

    private static long rowBytes(Shape shape, Element element) {
        return element.bytes() * rowElements(shape);
    }

    /// Some rows of each picture.
    private long rows(Shape shape, Element element, int samples, int rows) {
        long row = rowElements(shape);
        return handles.description(
                OneDnn.strided(
                        element,
                        new long[] {samples, shape.dim(3), rows, shape.dim(2)},
                        new long[] {shape.dim(1) * row, 1, row, shape.dim(3)}));
    }

    public Call inputGradient(int[] sizes, Packed layout, Buffer packed, Buffer dy, Buffer dx) {
        return PrimitivesCall.sharded(
                "conv2d input gradient",
                sizes,
                flops(),
                samples ->
                        new Primitive(
                                handles,
                                inputGradient(samples, layout.description),
                                outputAs(Primitive.DIFF_DST, samples, dy),
                                new Primitive.Operand(
                                        Primitive.WEIGHTS, layout.description, packed, 0),
                                inputAs(Primitive.DIFF_SRC, samples, dx)));
    }

    /// The gradient of the kernel, packed, and of the bias where it is wanted.
    public Call kernelGradient(
            int[] sizes,
            Packed layout,
            Buffer x,
            Buffer dy,
            Buffer packed,
            @Nullable Buffer biasGradient) {
        String fused = biasGradient == null ? "" : " + bias gradient";
        return PrimitivesCall.sharded(
                "conv2d kernel gradient" + fused,
                sizes,
                flops(),
                samples -> kernelGradient(samples, layout, x, dy, packed, biasGradient));
    }

    private Primitive kernelGradient(
            int samples,
            Packed layout,
            Buffer x,
            Buffer dy,
            Buffer packed,
            @Nullable Buffer biasGradient) {
        long bias = biasGradient == null ? 0 : vector();
        List<Primitive.Operand> operands = new ArrayList<>();
        operands.add(inputAs(Primitive.SRC, samples, x));
        operands.add(outputAs(Primitive.DIFF_DST, samples, dy));
        operands.add(new Primitive.Operand(Primitive.DIFF_WEIGHTS, layout.description, packed, 0));
        if (biasGradient != null) {
            operands.add(new Primitive.Operand(Primitive.DIFF_BIAS, bias, biasGradient, 0));
        }
        return new Primitive(
                handles,
                kernelGradient(samples, layout.description, bias),
                operands.toArray(new Primitive.Operand[0]));
    }

    private Primitive.Operand inputAs(int argument, int samples, Buffer place) {
        return new Primitive.Operand(argument, image(input, inputElement, samples), place, 0);
    }

    private Primitive.Operand outputAs(int argument, int samples, Buffer place) {
        return new Primitive.Operand(argument, image(output, outputElement, samples), place, 0);
    }

    private double flops() {
        return 2.0 * output.elements() * kernel.dim(0) * kernel.dim(1) * kernel.dim(2);
    }

    /// The forward convolution that a gradient is told of, all in what the convolution computes with.
    private long hint(int samples) {
        return forward(
                window,
                image(input, kernelElement, samples),
                anyKernel(kernelElement),
                0,
                image(output, kernelElement, samples),
                Fusion.attributes(handles, null));
    }

    private long forward(
            Op.Window at, long x, long kernelDescription, long bias, long y, long attributes) {
        try (var arena = Arena.ofConfined()) {
            var dims = new WindowDims(arena, at);
            return handles.primitiveDescription(
                    OneDnn.create(
                            "dnnl_convolution_forward_primitive_desc_create",
                            "LLIILLLLLLLLL",
                            OneDnn.ENGINE,
                            FORWARD,
                            DIRECT,
                            x,
                            kernelDescription,
                            bias,
                            y,
                            dims.strides(),
                            dims.dilations(),
                            dims.before(),
                            dims.after(),
                            attributes));
        }
    }

    private long inputGradient(int samples, long kernelDescription) {
        long hint = hint(samples);
        try (var arena = Arena.ofConfined()) {
            var dims = new WindowDims(arena, window);
            return handles.primitiveDescription(
                    OneDnn.create(
                            "dnnl_convolution_backward_data_primitive_desc_create",
                            "LLILLLLLLLLL",
                            OneDnn.ENGINE,
                            DIRECT,
                            image(input, inputElement, samples),
                            kernelDescription,
                            image(output, outputElement, samples),
                            dims.strides(),
                            dims.dilations(),
                            dims.before(),
                            dims.after(),
                            hint,
                            Fusion.attributes(handles, null)));
        }
    }

    private long kernelGradient(int samples, long kernelDescription, long bias) {
        long hint = hint(samples);
        try (var arena = Arena.ofConfined()) {
            var dims = new WindowDims(arena, window);
            return handles.primitiveDescription(
                    OneDnn.create(
                            "dnnl_convolution_backward_weights_primitive_desc_create",
                            "LLILLLLLLLLLL",
                            OneDnn.ENGINE,
                            DIRECT,
                            image(input, inputElement, samples),
                            kernelDescription,
                            bias,
                            image(output, outputElement, samples),
                            dims.strides(),
                            dims.dilations(),
                            dims.before(),
                            dims.after(),
                            hint,
                            Fusion.attributes(handles, null)));
        }
    }

    private long image(Shape shape, Element element, int samples) {
        return handles.description(
                image(element, samples, shape.dim(1), shape.dim(2), shape.dim(3)));
    }

    /// `[n, h, w, c]` in row order, as oneDNN's dims `n, c, h, w`.
    static long image(Element element, long n, long h, long w, long c) {
        return OneDnn.strided(
                element, new long[] {n, c, h, w}, new long[] {h * w * c, 1, w * c, c});
    }

    private long vector() {
        return handles.description(
                OneDnn.strided(Element.FLOAT32, new long[] {kernel.dim(3)}, new long[] {1}));
    }

    private long anyKernel(Element element) {
        long out = kernel.dim(3);
        return handles.description(
                groups == 1
                        ? OneDnn.any(element, out, kernel.dim(2), kernel.dim(0), kernel.dim(1))
                        : OneDnn.any(
                                element,
                                groups,
                                out / groups,
                                kernel.dim(2),
                                kernel.dim(0),
                                kernel.dim(1)));
    }

    private long plainKernel() {
        long h = kernel.dim(0);
        long w = kernel.dim(1);
        long in = kernel.dim(2);
        long out = kernel.dim(3);
        return handles.description(
                groups == 1
                        ? OneDnn.strided(
                                Element.FLOAT32,
                                new long[] {out, in, h, w},
                                new long[] {1, out, w * in * out, in * out})
                        : OneDnn.strided(
                                Element.FLOAT32,
                                new long[] {groups, out / groups, in, h, w},
                                new long[] {out / groups, 1, out, w * in * out, in * out}));
    }
}
