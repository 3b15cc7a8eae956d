package dev.gnomon.plan;

import dev.gnomon.kernel.Frame;

/// The parts of one worker's own memory: buffers of the shard at hand, scratch of kernels, room in which numbers change
/// their type, arguments of native kernels.
///
/// @param local the bytes of buffers
/// @param scratch the bytes of scratch
/// @param arguments the bytes of arguments
record WorkerMemory(long local, long scratch, long arguments) {
    private static final long CONVERSION = 4 * Frame.REGISTER + 32;

    private long scratchAt() {
        return Parameters.align(local);
    }

    private long conversionAt() {
        return scratchAt() + Parameters.align(scratch);
    }

    private long argumentsAt() {
        return conversionAt() + Parameters.align(CONVERSION);
    }

    long bytes() {
        return argumentsAt() + Parameters.align(arguments);
    }

    /// Tells a frame where the parts lie, from the address of the whole.
    void tell(Frame frame, long address) {
        frame.base(dev.gnomon.kernel.Region.LOCAL, address);
        frame.scratch(address + scratchAt());
        frame.conversion(address + conversionAt());
        frame.arguments(address + argumentsAt());
    }
}
