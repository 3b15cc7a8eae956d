package dev.gnomon.kernel.onednn;

import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Frame;
import java.util.function.IntFunction;

/// Primitives that do the same for each size of shard that a plan has, or for the whole batch in blocks.
///
/// @param sizes the sizes of shards; one where the call is for the whole batch
/// @param primitives those of each size, a block each
@SuppressWarnings("ArrayRecordComponent")
record PrimitivesCall(String name, int[] sizes, Primitive[][] primitives, double flops)
        implements Call {
    /// A call with one primitive for each size of shard.
    ///
    /// @param flops for a sample
    static Call sharded(String name, int[] sizes, double flops, IntFunction<Primitive> primitive) {
        Primitive[][] primitives = new Primitive[sizes.length][];
        for (int i = 0; i < sizes.length; i++) {
            primitives[i] = new Primitive[] {primitive.apply(sizes[i])};
        }
        return new PrimitivesCall(name, sizes, primitives, flops);
    }

    @Override
    public void run(Frame frame, int block) {
        for (int i = 0; i < sizes.length; i++) {
            if (sizes.length == 1 || sizes[i] == frame.samples()) {
                primitives[i][block].run(frame);
                return;
            }
        }
        throw new AssertionError("no primitive for a shard of " + frame.samples());
    }

    @Override
    public int blocks() {
        return primitives[0].length;
    }

    @Override
    public String describe() {
        return name + " onednn " + primitives[0][0].implementation();
    }

    @Override
    public long scratchBytes() {
        long most = 0;
        for (Primitive[] ofSize : primitives) {
            for (Primitive primitive : ofSize) {
                most = Math.max(most, primitive.scratchBytes());
            }
        }
        return most;
    }
}
