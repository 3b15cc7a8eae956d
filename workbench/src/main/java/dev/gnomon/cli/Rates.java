package dev.gnomon.cli;

import dev.gnomon.kernel.onednn.OneDnnKernels;
import dev.gnomon.plan.MachineLimit;
import dev.gnomon.plan.Plan;
import dev.gnomon.plan.Precision;
import java.util.Locale;

/// The rates at which this machine multiplies matrices, in operations a second, and what they say about mixed precision.
///
/// @param bfloat16 0 where the machine cannot
record Rates(double float32, double bfloat16) {
    /// Below this ratio of the rates mixed precision does not pay.
    private static final double PAYS = 1.3;

    static Rates measure(int threads) {
        double float32 =
                MachineLimit.flopsPerSecond(threads, Plan.Kernels.ONEDNN, Precision.FLOAT32);
        return new Rates(
                float32,
                OneDnnKernels.multipliesBfloat16()
                        ? MachineLimit.flopsPerSecond(
                                threads, Plan.Kernels.ONEDNN, Precision.MIXED_BFLOAT16)
                        : 0);
    }

    boolean mixedPrecisionPays() {
        return bfloat16 >= PAYS * float32;
    }

    /// One sentence about `--precision mixed_bfloat16` on this machine.
    String advice() {
        if (bfloat16 == 0) {
            return "This processor cannot multiply bfloat16 numbers: mixed_bfloat16 computes in float32 here.";
        }
        return String.format(
                Locale.ROOT,
                "mixed_bfloat16 %s here: products of bfloat16 numbers reach %.0f GFLOP/s, of float32 numbers %.0f.",
                mixedPrecisionPays() ? "pays" : "does not pay",
                bfloat16 / 1e9,
                float32 / 1e9);
    }
}
