package dev.gnomon.kernel.onednn;

import java.util.ArrayList;
import java.util.List;

/// What a plan owns in native code: primitives, memory objects, descriptions. Freed together, the last made first.
/// Safe for use by many threads.
public final class NativeHandles implements AutoCloseable {
    private record Handle(String destroy, long pointer) {}

    private final List<Handle> handles = new ArrayList<>();
    private long argumentBytes;
    private int slots;

    synchronized long own(String destroy, long pointer) {
        handles.add(new Handle(destroy, pointer));
        return pointer;
    }

    long description(long pointer) {
        return own("dnnl_memory_desc_destroy", pointer);
    }

    long primitiveDescription(long pointer) {
        return own("dnnl_primitive_desc_destroy", pointer);
    }

    /// A place in each frame's memory for the arguments of a primitive.
    synchronized long newArguments(long bytes) {
        long place = argumentBytes;
        argumentBytes += bytes;
        return place;
    }

    /// The bytes of all arguments in a frame.
    synchronized long argumentBytes() {
        return argumentBytes;
    }

    synchronized int newSlot() {
        return slots++;
    }

    /// How many primitives keep something in a frame.
    public synchronized int slots() {
        return slots;
    }

    @Override
    public synchronized void close() {
        for (Handle handle : handles.reversed()) {
            OneDnn.destroy(handle.destroy, handle.pointer);
        }
        handles.clear();
    }
}
