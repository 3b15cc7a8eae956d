package dev.gnomon.plan;

import dev.gnomon.kernel.Call;
import java.util.List;
import java.util.Map;

/// What the calls of a plan cost in one run.
record Costs(List<Stage> stages, Map<Call, List<Slot>> buffers, Shards shards) {
    /// Multiplications and additions of convolutions and matrix products.
    double flops() {
        double flops = 0;
        for (Stage stage : stages) {
            for (Call call : stage.all()) {
                flops += flops(call, stage);
            }
        }
        return flops;
    }

    private double flops(Call call, Stage stage) {
        return call.flops() * (stage instanceof Stage.Sharded ? shards.batch() : 1);
    }

    double flops(Call call) {
        for (Stage stage : stages) {
            if (stage.all().contains(call)) {
                return flops(call, stage);
            }
        }
        return 0;
    }

    /// The bytes of a call's operands, each counted once.
    double operandBytes(Call call) {
        return buffers.getOrDefault(call, List.of()).stream()
                .distinct()
                .mapToDouble(slot ->
                        (double) slot.bytes
                                * switch (slot.extent) {
                                    case SAMPLES -> shards.batch();
                                    case LANES -> shards.count();
                                    case WHOLE -> 1;
                                })
                .sum();
    }
}
