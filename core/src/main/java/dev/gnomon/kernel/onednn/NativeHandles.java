package dev.gnomon.kernel.onednn;

import java.util.ArrayList;
import java.util.List;

/// What a plan owns in native code: primitives, memory objects, descriptions. Freed together, the last made first.
/// Safe for use by many threads.
public final class NativeHandles implements AutoCloseable {
    private record Handle(String destroy, long pointer) {}

    private final List<Handle> handles = new ArrayList<>();
    private final List<Handle> drafts = new ArrayList<>();
    private long argumentBytes;
    private int slots;

    synchronized long own(String destroy, long pointer) {
        handles.add(new Handle(destroy, pointer));
        return pointer;
    }

    long description(long pointer) {
        return own("dnnl_memory_desc_destroy", pointer);
    }

    /// What is needed only until the next primitive is made, which holds a copy of its own.
    synchronized long draft(String destroy, long pointer) {
        drafts.add(new Handle(destroy, pointer));
        return pointer;
    }

    long primitiveDescription(long pointer) {
        return draft("dnnl_primitive_desc_destroy", pointer);
    }

    /// A copy of a memory description that a primitive's description holds; 0 where it holds none.
    long query(long primitiveDescription, int what) {
        long found = OneDnn.query(primitiveDescription, what);
        return found == 0 ? 0 : description(OneDnn.create("dnnl_memory_desc_clone", "LL", found));
    }

    /// Frees all drafts: hundreds of kilobytes for each product of matrices.
    synchronized void freeDrafts() {
        free(drafts);
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
        free(drafts);
        free(handles);
    }

    private static void free(List<Handle> list) {
        for (Handle handle : list.reversed()) {
            OneDnn.destroy(handle.destroy, handle.pointer);
        }
        list.clear();
    }
}
