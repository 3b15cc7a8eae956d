package dev.gnomon.plan;

import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Element;
import dev.gnomon.kernel.Region;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A buffer of a plan while its uses are collected and before it has a place.
final class Slot {
    /// What the size follows.
    enum Extent {
        /// One array of the given bytes for each sample.
        SAMPLES,
        /// One array for each lane.
        LANES,
        /// One array.
        WHOLE
    }

    final Extent extent;
    final long bytes;
    final Element element;
    int firstStage = Integer.MAX_VALUE;
    int lastStage = Integer.MIN_VALUE;
    int firstCall = Integer.MAX_VALUE;
    int lastCall = Integer.MIN_VALUE;
    private @Nullable Buffer buffer;
    private @Nullable String name;

    Slot(Extent extent, long bytes, Element element) {
        this.extent = extent;
        this.bytes = bytes;
        this.element = element;
    }

    /// A slot that lies in memory which the plan does not place.
    ///
    /// @param name what a plan's text calls it
    static Slot placed(Region region, long offset, long bytes, String name) {
        var slot = new Slot(Extent.WHOLE, bytes, Element.FLOAT32);
        slot.name = name;
        slot.buffer = Buffer.fixed(region, offset);
        return slot;
    }

    void use(int stage, int call) {
        firstStage = Math.min(firstStage, stage);
        lastStage = Math.max(lastStage, stage);
        firstCall = Math.min(firstCall, call);
        lastCall = Math.max(lastCall, call);
    }

    boolean isPlaced() {
        return buffer != null;
    }

    boolean isUsed() {
        return firstStage != Integer.MAX_VALUE;
    }

    /// Whether only the shard at hand needs it, within one sharded stage.
    boolean isLocal() {
        return extent == Extent.SAMPLES && firstStage == lastStage && firstStage % 2 == 0;
    }

    void place(Region region, long offset) {
        buffer =
                new Buffer(
                        region,
                        offset,
                        extent == Extent.SAMPLES && region != Region.LOCAL ? bytes : 0,
                        extent == Extent.LANES ? Parameters.align(bytes) : 0,
                        element);
    }

    Buffer buffer() {
        if (buffer == null) {
            throw new AssertionError("a buffer was asked for before it had a place");
        }
        return buffer;
    }

    /// A parameter's path, or where it lies and how many bytes it has, as in `shared@4096:1024/sample`.
    @Override
    public String toString() {
        if (name != null) {
            return name;
        }
        if (buffer == null) {
            return "unplaced";
        }
        String unit =
                switch (extent) {
                    case SAMPLES -> "/sample";
                    case LANES -> "/lane";
                    case WHOLE -> "";
                };
        return buffer.region().name().toLowerCase(Locale.ROOT)
                + "@"
                + buffer.offset()
                + (bytes == 0 ? "" : ":" + bytes + unit)
                + (element == Element.BFLOAT16 ? " bfloat16" : "");
    }
}
