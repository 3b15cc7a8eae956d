package dev.gnomon.kernel.onednn;

import dev.gnomon.graph.Op.UnaryFunction;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/// Attributes of primitives: scratch memory is the plan's, and an activation may be fused behind the primitive.
final class Fusion {
    private Fusion() {}

    /// Whether an activation can be fused behind a convolution or a matrix product.
    static boolean supports(UnaryFunction function) {
        return algorithm(function) != 0;
    }

    private static int algorithm(UnaryFunction function) {
        return switch (function) {
            case RELU -> 0x20;
            case TANH -> 0x21;
            case SIGMOID -> 0x29;
            default -> 0;
        };
    }

    static long attributes(NativeHandles handles, @Nullable UnaryFunction activation) {
        long attributes =
                handles.draft(
                        "dnnl_primitive_attr_destroy",
                        OneDnn.create("dnnl_primitive_attr_create", "L"));
        OneDnn.check(
                OneDnn.call("dnnl_primitive_attr_set_scratchpad_mode", "LI", attributes, 1),
                "scratch memory of ours");
        if (activation != null) {
            long ops =
                    handles.draft(
                            "dnnl_post_ops_destroy", OneDnn.create("dnnl_post_ops_create", "L"));
            OneDnn.check(
                    OneDnn.call(
                            "dnnl_post_ops_append_eltwise",
                            "LIFF",
                            ops,
                            algorithm(activation),
                            0f,
                            0f),
                    "a fused activation");
            OneDnn.check(
                    OneDnn.call("dnnl_primitive_attr_set_post_ops", "LL", attributes, ops),
                    "a fused activation");
        }
        return attributes;
    }

    static long dims(Arena arena, long... values) {
        return OneDnn.dims(arena, values).address();
    }
}
