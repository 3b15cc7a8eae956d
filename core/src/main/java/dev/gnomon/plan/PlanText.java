package dev.gnomon.plan;

import dev.gnomon.kernel.Call;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A plan as text: stage by stage each call with its kernel, what is fused into it, its buffers and FLOPs.
final class PlanText {
    private final StringBuilder text = new StringBuilder();
    private final Map<Call, List<Slot>> buffers;

    PlanText(Map<Call, List<Slot>> buffers) {
        this.buffers = buffers;
    }

    PlanText line(String line) {
        text.append(line).append('\n');
        return this;
    }

    PlanText stages(List<Stage> stages) {
        for (int i = 0; i < stages.size(); i++) {
            switch (stages.get(i)) {
                case Stage.Sharded(var calls) -> {
                    if (!calls.isEmpty()) {
                        line("stage " + (i - 1) + ", each shard");
                        calls.forEach(call -> call(call, "/sample"));
                    }
                }
                case Stage.Whole(var levels) -> {
                    for (int level = 0; level < levels.size(); level++) {
                        line("stage " + (i - 1) + ", whole batch, level " + level);
                        levels.get(level).forEach(call -> call(call, ""));
                    }
                }
            }
        }
        return this;
    }

    private void call(Call call, String unit) {
        text.append("    ").append(call.describe());
        if (call.blocks() > 1) {
            text.append(", ").append(call.blocks()).append(" blocks");
        }
        if (call.flops() > 0) {
            text.append(String.format(Locale.ROOT, ", %.0f FLOP%s", call.flops(), unit));
        }
        String used =
                buffers.getOrDefault(call, List.of()).stream()
                        .map(Slot::toString)
                        .distinct()
                        .collect(Collectors.joining(" "));
        text.append(used.isEmpty() ? "" : " (" + used + ")").append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
