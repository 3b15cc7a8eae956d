package dev.gnomon.kernel.onednn;

import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Frame;

/// Copies an array from one layout to another.
final class ReorderCall implements Call {
    private final Primitive primitive;
    private final String name;

    ReorderCall(
            NativeHandles handles, String name, long from, Buffer source, long to, Buffer target) {
        this.name = name;
        long description =
                handles.primitiveDescription(
                        OneDnn.create(
                                "dnnl_reorder_primitive_desc_create",
                                "LLLLLL",
                                from,
                                OneDnn.ENGINE,
                                to,
                                OneDnn.ENGINE,
                                Fusion.attributes(handles, null)));
        primitive =
                new Primitive(
                        handles,
                        description,
                        new Primitive.Operand(Primitive.SRC, from, source, 0),
                        new Primitive.Operand(Primitive.DST, to, target, 0));
    }

    @Override
    public void run(Frame frame, int block) {
        primitive.run(frame);
    }

    @Override
    public String describe() {
        return name + " onednn reorder";
    }

    @Override
    public long scratchBytes() {
        return primitive.scratchBytes();
    }
}
