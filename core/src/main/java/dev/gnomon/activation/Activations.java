package dev.gnomon.activation;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.gnomon.check.Names;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// The built-in activations by Keras's names.
public final class Activations {
    private static final Map<String, Activation> KNOWN = known();

    private Activations() {}

    /// The activation of a name such as `relu`; `swish` and `hard_swish` are other names of silu and hard silu.
    public static Activation byName(String name) {
        return Names.find(KNOWN, "activation", name);
    }

    /// All names with their activations.
    public static Map<String, Activation> all() {
        return KNOWN;
    }

    private static Map<String, Activation> known() {
        Map<String, Activation> known =
                new HashMap<>(
                        Stream.of(
                                        Activation.LINEAR,
                                        Activation.RELU,
                                        Activation.RELU6,
                                        Activation.LEAKY_RELU,
                                        Activation.SIGMOID,
                                        Activation.LOG_SIGMOID,
                                        Activation.HARD_SIGMOID,
                                        Activation.TANH,
                                        Activation.HARD_TANH,
                                        Activation.SOFTMAX,
                                        Activation.LOG_SOFTMAX,
                                        Activation.SOFTPLUS,
                                        Activation.SOFTSIGN,
                                        Activation.ELU,
                                        Activation.SELU,
                                        Activation.EXPONENTIAL,
                                        Activation.GELU,
                                        Activation.SILU,
                                        Activation.HARD_SILU,
                                        Activation.MISH)
                                .collect(
                                        toUnmodifiableMap(
                                                Activation::name, activation -> activation)));
        known.put("swish", Activation.SILU);
        known.put("hard_swish", Activation.HARD_SILU);
        return Map.copyOf(known);
    }
}
