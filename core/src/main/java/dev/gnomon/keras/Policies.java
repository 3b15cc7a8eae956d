package dev.gnomon.keras;

import dev.gnomon.plan.Precision;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The dtype policies of a model's layers. A model computes in mixed precision where any of its layers' policies says so.
final class Policies {
    private Policies() {}

    /// The precision that a model's configuration asks for.
    static Precision of(JsonNode model) {
        return all(model).stream().anyMatch(policy -> is(policy, Precision.MIXED_BFLOAT16))
                ? Precision.MIXED_BFLOAT16
                : Precision.FLOAT32;
    }

    /// Lets the layers' policies say what precision the model has; as they are, where they say so already: some of them
    /// may be float32 in a model of mixed precision.
    static void set(JsonNode model, Precision precision) {
        if (of(model) == precision) {
            return;
        }
        for (ObjectNode policy : all(model)) {
            if (is(policy, Precision.FLOAT32) || is(policy, Precision.MIXED_BFLOAT16)) {
                ((ObjectNode) policy.path("config")).put("name", precision.policy());
            }
        }
    }

    private static boolean is(ObjectNode policy, Precision precision) {
        return policy.path("config").path("name").asString("").equals(precision.policy());
    }

    private static List<ObjectNode> all(JsonNode model) {
        List<ObjectNode> policies = new ArrayList<>();
        for (JsonNode dtype : model.findValues("dtype")) {
            if (dtype instanceof ObjectNode policy
                    && policy.path("class_name").asString("").equals("DTypePolicy")) {
                policies.add(policy);
            }
        }
        return policies;
    }
}
