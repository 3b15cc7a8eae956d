package dev.gnomon.kernel.onednn;

import dev.gnomon.graph.Op;
import dev.gnomon.graph.Op.UnaryFunction;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.tensor.Shape;
import java.lang.foreign.Arena;
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

    ConvolutionCalls(
            NativeHandles handles,
            Op.Window window,
            int groups,
            Shape input,
            Shape kernel,
            Shape output) {
        this.handles = handles;
        this.window = window;
        this.groups = groups;
        this.input = input;
        this.kernel = kernel;
        this.output = output;
    }

    /// A packed kernel layout.
    public record Packed(long description, long bytes) {}

    public Packed forwardLayout(int samples) {
        return packed(handles.query(forward(samples, anyKernel(), 0, 0), 131));
    }

    public Packed inputGradientLayout(int samples) {
        return packed(handles.query(inputGradient(samples, anyKernel()), 131));
    }

    public Packed kernelGradientLayout(int samples) {
        return packed(handles.query(kernelGradient(samples, anyKernel(), 0), 132));
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

    public Call forward(
            int[] sizes,
            Packed layout,
            Buffer x,
            Buffer packed,
            @Nullable Buffer bias,
            Buffer y,
            @Nullable UnaryFunction activation) {
        Primitive[] primitives = new Primitive[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            long biasDescription = bias == null ? 0 : vector();
            long attributes = Fusion.attributes(handles, activation);
            long made = forward(sizes[i], layout.description, biasDescription, attributes);
            var src = new Primitive.Operand(Primitive.SRC, image(input, sizes[i]), x, 0);
            var weights = new Primitive.Operand(Primitive.WEIGHTS, layout.description, packed, 0);
            var dst = new Primitive.Operand(Primitive.DST, image(output, sizes[i]), y, 0);
            primitives[i] =
                    bias == null
                            ? new Primitive(handles, made, src, weights, dst)
                            : new Primitive(
                                    handles,
                                    made,
                                    src,
                                    weights,
                                    new Primitive.Operand(Primitive.BIAS, biasDescription, bias, 0),
                                    dst);
        }
        String fused =
                (bias == null ? "" : " + bias")
                        + (activation == null
                                ? ""
                                : " + " + activation.name().toLowerCase(java.util.Locale.ROOT));
        return new ShardedCall("conv2d" + fused, sizes, primitives, flops());
    }

    public Call inputGradient(int[] sizes, Packed layout, Buffer packed, Buffer dy, Buffer dx) {
        Primitive[] primitives = new Primitive[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            primitives[i] =
                    new Primitive(
                            handles,
                            inputGradient(sizes[i], layout.description),
                            new Primitive.Operand(
                                    Primitive.DIFF_DST, image(output, sizes[i]), dy, 0),
                            new Primitive.Operand(Primitive.WEIGHTS, layout.description, packed, 0),
                            new Primitive.Operand(
                                    Primitive.DIFF_SRC, image(input, sizes[i]), dx, 0));
        }
        return new ShardedCall("conv2d input gradient", sizes, primitives, flops());
    }

    /// The gradient of the kernel, packed, and of the bias where it is wanted.
    public Call kernelGradient(
            int[] sizes,
            Packed layout,
            Buffer x,
            Buffer dy,
            Buffer packed,
            @Nullable Buffer biasGradient) {
        Primitive[] primitives = new Primitive[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            long bias = biasGradient == null ? 0 : vector();
            long made = kernelGradient(sizes[i], layout.description, bias);
            var src = new Primitive.Operand(Primitive.SRC, image(input, sizes[i]), x, 0);
            var diff = new Primitive.Operand(Primitive.DIFF_DST, image(output, sizes[i]), dy, 0);
            var weights =
                    new Primitive.Operand(Primitive.DIFF_WEIGHTS, layout.description, packed, 0);
            primitives[i] =
                    biasGradient == null
                            ? new Primitive(handles, made, src, diff, weights)
                            : new Primitive(
                                    handles,
                                    made,
                                    src,
                                    diff,
                                    weights,
                                    new Primitive.Operand(
                                            Primitive.DIFF_BIAS, bias, biasGradient, 0));
        }
        String fused = biasGradient == null ? "" : " + bias gradient";
        return new ShardedCall("conv2d kernel gradient" + fused, sizes, primitives, flops());
    }

    private double flops() {
        return 2.0 * output.elements() * kernel.dim(0) * kernel.dim(1) * kernel.dim(2);
    }

    private long forward(int samples, long kernelDescription, long bias, long attributes) {
        try (var arena = Arena.ofConfined()) {
            return handles.primitiveDescription(
                    OneDnn.create(
                            "dnnl_convolution_forward_primitive_desc_create",
                            "LLIILLLLLLLLL",
                            OneDnn.ENGINE,
                            FORWARD,
                            DIRECT,
                            image(input, samples),
                            kernelDescription,
                            bias,
                            image(output, samples),
                            strides(arena),
                            dilations(arena),
                            before(arena),
                            after(arena),
                            attributes == 0 ? Fusion.attributes(handles, null) : attributes));
        }
    }

    private long inputGradient(int samples, long kernelDescription) {
        long hint = forward(samples, anyKernel(), 0, 0);
        try (var arena = Arena.ofConfined()) {
            return handles.primitiveDescription(
                    OneDnn.create(
                            "dnnl_convolution_backward_data_primitive_desc_create",
                            "LLILLLLLLLLL",
                            OneDnn.ENGINE,
                            DIRECT,
                            image(input, samples),
                            kernelDescription,
                            image(output, samples),
                            strides(arena),
                            dilations(arena),
                            before(arena),
                            after(arena),
                            hint,
                            Fusion.attributes(handles, null)));
        }
    }

    private long kernelGradient(int samples, long kernelDescription, long bias) {
        long hint = forward(samples, anyKernel(), 0, 0);
        try (var arena = Arena.ofConfined()) {
            return handles.primitiveDescription(
                    OneDnn.create(
                            "dnnl_convolution_backward_weights_primitive_desc_create",
                            "LLILLLLLLLLLL",
                            OneDnn.ENGINE,
                            DIRECT,
                            image(input, samples),
                            kernelDescription,
                            bias,
                            image(output, samples),
                            strides(arena),
                            dilations(arena),
                            before(arena),
                            after(arena),
                            hint,
                            Fusion.attributes(handles, null)));
        }
    }

    private long strides(Arena arena) {
        return Fusion.dims(arena, window.strideHeight(), window.strideWidth());
    }

    private long dilations(Arena arena) {
        return Fusion.dims(arena, window.dilationHeight() - 1, window.dilationWidth() - 1);
    }

    private long before(Arena arena) {
        return Fusion.dims(arena, window.top(), window.left());
    }

    private long after(Arena arena) {
        return Fusion.dims(arena, window.bottom(), window.right());
    }

    private long image(Shape shape, int samples) {
        return handles.description(image(samples, shape.dim(1), shape.dim(2), shape.dim(3)));
    }

    /// `[n, h, w, c]` in row order, as oneDNN's dims `n, c, h, w`.
    static long image(long n, long h, long w, long c) {
        return OneDnn.strided(new long[] {n, c, h, w}, new long[] {h * w * c, 1, w * c, c});
    }

    private long vector() {
        return handles.description(OneDnn.strided(new long[] {kernel.dim(3)}, new long[] {1}));
    }

    private long anyKernel() {
        long out = kernel.dim(3);
        return handles.description(
                groups == 1
                        ? OneDnn.any(out, kernel.dim(2), kernel.dim(0), kernel.dim(1))
                        : OneDnn.any(
                                groups, out / groups, kernel.dim(2), kernel.dim(0), kernel.dim(1)));
    }

    private long plainKernel() {
        long h = kernel.dim(0);
        long w = kernel.dim(1);
        long in = kernel.dim(2);
        long out = kernel.dim(3);
        return handles.description(
                groups == 1
                        ? OneDnn.strided(
                                new long[] {out, in, h, w},
                                new long[] {1, out, w * in * out, in * out})
                        : OneDnn.strided(
                                new long[] {groups, out / groups, in, h, w},
                                new long[] {out / groups, 1, out, w * in * out, in * out}));
    }
}
