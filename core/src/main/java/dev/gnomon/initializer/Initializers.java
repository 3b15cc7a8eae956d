package dev.gnomon.initializer;

import dev.gnomon.check.Names;
import java.util.Map;
import java.util.function.Supplier;

/// The built-in initializers by Keras's names.
public final class Initializers {
    private static final Map<String, Supplier<Initializer>> KNOWN =
            Map.ofEntries(
                    Map.entry("zeros", Zeros::new),
                    Map.entry("ones", Ones::new),
                    Map.entry("constant", Constant::new),
                    Map.entry("random_normal", RandomNormal::new),
                    Map.entry("random_uniform", RandomUniform::new),
                    Map.entry("truncated_normal", TruncatedNormal::new),
                    Map.entry("variance_scaling", VarianceScaling::new),
                    Map.entry("glorot_uniform", GlorotUniform::new),
                    Map.entry("glorot_normal", GlorotNormal::new),
                    Map.entry("he_uniform", HeUniform::new),
                    Map.entry("he_normal", HeNormal::new),
                    Map.entry("lecun_uniform", LecunUniform::new),
                    Map.entry("lecun_normal", LecunNormal::new),
                    Map.entry("orthogonal", Orthogonal::new),
                    Map.entry("identity", Identity::new));

    private Initializers() {}

    /// The initializer of a name such as `glorot_uniform` or `GlorotUniform`, with its defaults.
    public static Initializer byName(String name) {
        return Names.find(KNOWN, "initializer", name).get();
    }
}
