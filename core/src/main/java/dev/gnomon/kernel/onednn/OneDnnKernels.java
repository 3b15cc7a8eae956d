package dev.gnomon.kernel.onednn;

import dev.gnomon.graph.Op;
import dev.gnomon.graph.Op.UnaryFunction;
import dev.gnomon.kernel.Call;
import dev.gnomon.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// Prepares calls of oneDNN's primitives. Arrays are `[batch, height, width, channels]` in row order throughout: on
/// this library its kernels for that layout are as fast as those for its blocked ones, so nothing needs to be reordered
/// but the kernels of convolutions, which are packed once per step.
public final class OneDnnKernels implements AutoCloseable {
    private final NativeHandles handles = new NativeHandles();

    /// Whether the library can be used here; the reason is in the exception.
    public static void load() {
        OneDnn.useOneThread();
        if (OneDnn.ENGINE == 0) {
            throw new AssertionError();
        }
    }

    /// The library's version and the instructions it uses on this machine.
    public static String description() {
        load();
        return OneDnn.description();
    }

    /// Whether products of bfloat16 numbers can be computed on this machine.
    public static boolean multipliesBfloat16() {
        load();
        return Bfloat16.SUPPORTED;
    }

    private static final class Bfloat16 {
        static final boolean SUPPORTED = OneDnn.multipliesBfloat16();
    }

    /// Whether an activation can be fused behind a convolution or a matrix product.
    public static boolean fuses(UnaryFunction function) {
        return Fusion.supports(function);
    }

    /// How many primitives keep something in a frame.
    public int slots() {
        return handles.slots();
    }

    /// The bytes that the arguments of all primitives take in a frame.
    public long argumentBytes() {
        return handles.argumentBytes();
    }

    /// A convolution, or one of its gradients, for shards of the given sizes.
    ///
    /// @param kernel its shape is `[height, width, in/groups, out]`, its element what the convolution computes with
    public ConvolutionCalls convolution(
            Op.Window window,
            int groups,
            ConvolutionCalls.Array input,
            ConvolutionCalls.Array kernel,
            ConvolutionCalls.Array output) {
        return new ConvolutionCalls(handles, window, groups, input, kernel, output);
    }

    /// A matrix product cut into blocks.
    public Call matMul(
            MatMulCalls.Operands operands,
            MatMulCalls.Cut cut,
            @Nullable UnaryFunction activation) {
        return MatMulCalls.of(handles, operands, cut, activation);
    }

    /// The calls of a pooling of shards.
    public PoolCalls pool(
            Op.PoolKind kind, Op.Window window, Shape input, Shape output, int[] shardSizes) {
        return new PoolCalls(handles, kind, window, input, output, shardSizes);
    }

    /// After the last call was made: what oneDNN needed only to make them, 15 MB for two plans of a small network, goes
    /// back to the system.
    public void finish() {
        OneDnn.returnFreedMemory();
    }

    @Override
    public void close() {
        handles.close();
    }
}
