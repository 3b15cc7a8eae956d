package dev.gnomon.kernel;

/// A kernel prepared for fixed shapes and places: what a plan is a list of. Immutable and used by many threads at once;
/// everything that changes is in the [Frame].
public interface Call {
    /// Computes one block (of [#blocks]) for the frame's shard.
    void run(Frame frame, int block);

    /// Into how many independent blocks the work is cut when it is done for the whole batch.
    default int blocks() {
        return 1;
    }

    /// One line for the plan's text: kernel, layout, fusions.
    String describe();

    /// Multiplications and additions of one sample (or of the whole, where it does not depend on the batch).
    default double flops() {
        return 0;
    }

    /// Bytes of scratch that a worker needs.
    default long scratchBytes() {
        return 0;
    }
}
