package dev.gnomon.kernel.onednn;

import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Frame;

/// A call over the whole batch with a primitive for each block.
@SuppressWarnings("ArrayRecordComponent")
record BlocksCall(String name, Primitive[] primitives, double flops) implements Call {
    @Override
    public void run(Frame frame, int block) {
        primitives[block].run(frame);
    }

    @Override
    public int blocks() {
        return primitives.length;
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
