package dev.gnomon.kernel.onednn;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One oneDNN primitive with the places of its operands. Freed with the [NativeHandles] it was made with.
final class Primitive {
    static final int SRC = 1;
    static final int DST = 17;
    static final int WEIGHTS = 33;
    static final int BIAS = 41;
    static final int WORKSPACE = 64;
    static final int SCRATCHPAD = 80;
    static final int DIFF_SRC = 129;
    static final int DIFF_DST = 145;
    static final int DIFF_WEIGHTS = 161;
    static final int DIFF_BIAS = 169;

    /// The bytes of oneDNN's `dnnl_exec_arg_t`: a number, a gap, a pointer.
    private static final long ARGUMENT = 16;

    /// An operand: oneDNN's number for it, its description, its place, and bytes added to the place.
    record Operand(int argument, long description, @Nullable Buffer buffer, long extra) {}

    /// What a frame keeps of a primitive: memory objects whose addresses are set before each run.
    private static final class Bound {
        final long arguments;
        final long[] memories;
        final long[] addresses;
        final long stream;

        Bound(long arguments, long[] memories, long stream) {
            this.arguments = arguments;
            this.memories = memories;
            this.addresses = new long[memories.length];
            this.stream = stream;
        }
    }

    private final NativeHandles handles;
    private final int slot;
    private final long primitive;
    private final String implementation;
    private final long scratchBytes;
    private final long argumentsAt;
    private final Operand[] operands;

    Primitive(NativeHandles handles, long description, Operand... operands) {
        this.handles = handles;
        this.slot = handles.newSlot();
        this.primitive =
                handles.own(
                        "dnnl_primitive_destroy",
                        OneDnn.create("dnnl_primitive_create", "LL", description));
        this.implementation = OneDnn.implementation(description);
        long scratch = handles.query(description, 136);
        this.scratchBytes = scratch == 0 ? 0 : OneDnn.size(scratch);
        List<Operand> all = new ArrayList<>(List.of(operands));
        if (scratchBytes > 0) {
            all.add(new Operand(SCRATCHPAD, scratch, null, 0));
        }
        handles.freeDrafts();
        this.operands = all.toArray(new Operand[0]);
        this.argumentsAt = handles.newArguments(ARGUMENT * this.operands.length);
    }

    String implementation() {
        return implementation;
    }

    /// Whether it runs oneDNN's plain loops, hundreds of times slower than the others.
    boolean isReference() {
        return implementation.startsWith("ref");
    }

    long scratchBytes() {
        return scratchBytes;
    }

    void run(Frame frame) {
        OneDnn.useOneThread();
        Bound bound = (Bound) frame.bound(slot);
        if (bound == null) {
            bound = bind(frame.arguments() + argumentsAt);
            frame.bind(slot, bound);
        }
        for (int i = 0; i < operands.length; i++) {
            Buffer buffer = operands[i].buffer;
            long address =
                    buffer == null ? frame.scratch() : frame.address(buffer) + operands[i].extra;
            if (bound.addresses[i] != address) {
                OneDnn.setData(bound.memories[i], address);
                bound.addresses[i] = address;
            }
        }
        OneDnn.execute(primitive, bound.stream, operands.length, bound.arguments);
    }

    private Bound bind(long arguments) {
        long[] memories = new long[operands.length];
        for (int i = 0; i < operands.length; i++) {
            memories[i] =
                    handles.own(
                            "dnnl_memory_destroy",
                            OneDnn.create(
                                    "dnnl_memory_create",
                                    "LLLL",
                                    operands[i].description,
                                    OneDnn.ENGINE,
                                    0L));
            Frame.MEMORY.set(JAVA_INT, arguments + ARGUMENT * i, operands[i].argument);
            Frame.MEMORY.set(JAVA_LONG, arguments + ARGUMENT * i + 8, memories[i]);
        }
        return new Bound(arguments, memories, handles.own("dnnl_stream_destroy", OneDnn.stream()));
    }
}
