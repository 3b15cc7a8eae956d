package dev.gnomon.kernel.java;

import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Frame;

/// A call that makes an array block by block, and after each block the program that goes over its elements: what it reads is
/// still in the cache.
///
/// @param block elements that a block of the first call makes, in row order
record ThenProgramCall(Call first, long block, ElementwiseCall program) implements Call {
    @Override
    public void run(Frame frame, int index) {
        first.run(frame, index);
        program.run(frame, index * block, Math.min(program.elements(), (index + 1) * block));
    }

    @Override
    public int blocks() {
        return first.blocks();
    }

    @Override
    public String describe() {
        return first.describe() + " then " + program.describe();
    }

    @Override
    public double flops() {
        return first.flops();
    }

    @Override
    public long scratchBytes() {
        return Math.max(first.scratchBytes(), program.scratchBytes());
    }
}
