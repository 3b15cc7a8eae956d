package dev.gnomon.plan;

/// In what precision a plan computes. The names are Keras's dtype policies.
public enum Precision {
    /// Everything in float32.
    FLOAT32("float32"),
    /// Convolutions and matrix products take bfloat16, and what lies between them is kept in it, as under Keras's policy of
    /// this name. Weights, optimizer, sums, statistics, loss and metrics are float32.
    MIXED_BFLOAT16("mixed_bfloat16");

    private final String policy;

    Precision(String policy) {
        this.policy = policy;
    }

    /// Keras's name.
    public String policy() {
        return policy;
    }
}
