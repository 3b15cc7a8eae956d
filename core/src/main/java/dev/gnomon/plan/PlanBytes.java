package dev.gnomon.plan;

/// The native memory that running a plan takes, known when it is compiled.
///
/// @param parameters weights, states and the optimizer's slots, which other plans share
/// @param workspace constants, and the buffers that all workers see
/// @param scratch what the workers have for themselves, all together
public record PlanBytes(long parameters, long workspace, long scratch) {
    /// What the plan takes for itself, in one run at a time.
    public long own() {
        return workspace + scratch;
    }

    public long total() {
        return parameters + own();
    }
}
