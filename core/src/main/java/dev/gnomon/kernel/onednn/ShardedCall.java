package dev.gnomon.kernel.onednn;

import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Frame;

/// A primitive for each size of shard that a plan has.
@SuppressWarnings("ArrayRecordComponent")
record ShardedCall(String name, int[] sizes, Primitive[] primitives, double flops) implements Call {
    @Override
    public void run(Frame frame, int block) {
        int samples = frame.samples();
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == samples) {
                primitives[i].run(frame);
                return;
            }
        }
        throw new AssertionError("no primitive for a shard of " + samples);
    }

    @Override
    public String describe() {
        return name + " onednn " + primitives[0].implementation();
    }

    @Override
    public long scratchBytes() {
        long most = 0;
        for (Primitive primitive : primitives) {
            most = Math.max(most, primitive.scratchBytes());
        }
        return most;
    }
}
