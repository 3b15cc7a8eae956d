package dev.gnomon.plan;

import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Element;
import dev.gnomon.kernel.Region;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Collects the calls of a plan with the buffers they use, places the buffers, then makes the calls.
@SuppressWarnings("IdentityHashMapUsage") // two calls may be equal and yet use other buffers
final class Schedule {
    private record Pending(int stage, int level, List<Slot> uses, Supplier<Call> call) {}

    private final List<Pending> pending = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private final Map<Call, List<Slot>> buffers = new IdentityHashMap<>();
    private final Placement shared = new Placement();
    private final Shards shards;
    private long localBytes;
    private int lastStage = -1;

    Schedule(Shards shards) {
        this.shards = shards;
    }

    Slot samples(long bytes) {
        return slot(Slot.Extent.SAMPLES, bytes);
    }

    /// Memory for a value of a shape: one for each sample where the shape is batched.
    Slot value(Shape shape, Element element) {
        var extent = shape.isBatched() ? Slot.Extent.SAMPLES : Slot.Extent.WHOLE;
        var slot = new Slot(extent, element.bytes() * shape.elements(), element);
        slots.add(slot);
        return slot;
    }

    Slot lanes(long bytes) {
        return slot(Slot.Extent.LANES, bytes);
    }

    Slot whole(long bytes) {
        return slot(Slot.Extent.WHOLE, bytes);
    }

    private Slot slot(Slot.Extent extent, long bytes) {
        var slot = new Slot(extent, bytes, Element.FLOAT32);
        slots.add(slot);
        return slot;
    }

    /// A call for every shard in a stage of even number.
    void sharded(int stage, List<Slot> uses, Supplier<Call> call) {
        add(stage, 0, uses, call);
    }

    /// A call over the whole batch or over weights in a stage of odd number, after all calls of lower levels.
    void whole(int stage, int level, List<Slot> uses, Supplier<Call> call) {
        add(stage, level, uses, call);
    }

    private void add(int stage, int level, List<Slot> uses, Supplier<Call> call) {
        int time = pending.size();
        uses.forEach(slot -> slot.use(stage, time));
        lastStage = Math.max(lastStage, stage);
        pending.add(new Pending(stage, level, List.copyOf(uses), call));
    }

    int lastStage() {
        return lastStage;
    }

    /// Keeps what is made in a stage until another: it need not be made again in the next run.
    void keepFrom(int stage, int until) {
        slots.stream()
                .filter(slot -> slot.firstStage == stage)
                .forEach(slot -> slot.use(until, Integer.MAX_VALUE));
    }

    /// Gives every buffer its place.
    void place() {
        List<Slot> sharedSlots = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        List<Slot> localSlots = new ArrayList<>();
        var local = new Placement();
        List<Integer> localIds = new ArrayList<>();
        for (Slot slot : slots) {
            if (slot.isPlaced() || !slot.isUsed()) {
                continue;
            }
            if (slot.isLocal()) {
                localSlots.add(slot);
                localIds.add(
                        local.add(slot.bytes * shards.largest(), slot.firstCall, slot.lastCall));
            } else {
                sharedSlots.add(slot);
                ids.add(shared.add(sharedBytes(slot), slot.firstStage, slot.lastStage));
            }
        }
        shared.place();
        local.place();
        for (int i = 0; i < ids.size(); i++) {
            sharedSlots.get(i).place(Region.SHARED, shared.offset(ids.get(i)));
        }
        for (int i = 0; i < localIds.size(); i++) {
            localSlots.get(i).place(Region.LOCAL, local.offset(localIds.get(i)));
        }
        localBytes = local.bytes();
    }

    private long sharedBytes(Slot slot) {
        return switch (slot.extent) {
            case SAMPLES -> slot.bytes * shards.batch();
            case LANES -> Parameters.align(slot.bytes) * shards.count();
            case WHOLE -> slot.bytes;
        };
    }

    long sharedBytes() {
        return shared.bytes();
    }

    long localBytes() {
        return localBytes;
    }

    /// Makes the calls; after [#place].
    List<Stage> build() {
        var builder = new Stage.Builder();
        for (Pending one : pending) {
            Call call = one.call.get();
            buffers.put(call, one.uses);
            if (one.stage % 2 == 0) {
                builder.addSharded(one.stage, call);
            } else {
                builder.addWhole(one.stage, one.level, call);
            }
        }
        return builder.build();
    }

    /// The buffers of each call that was made.
    Map<Call, List<Slot>> buffers() {
        return buffers;
    }
}
