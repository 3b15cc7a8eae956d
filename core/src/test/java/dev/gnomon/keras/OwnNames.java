package dev.gnomon.keras;

import dev.gnomon.activation.Activation;
import dev.gnomon.graph.Value;
import dev.gnomon.initializer.Ones;
import dev.gnomon.layer.Layer;
import dev.gnomon.layer.Scope;
import dev.gnomon.layer.WeightConfig;
import dev.gnomon.loss.Loss;
import dev.gnomon.tensor.Shape;

/// A program's own layer, activation and loss, found by their names through the service loader.
public final class OwnNames implements KerasNames.Provider {
    /// A learned factor for each feature.
    public record Gain(double power, WeightConfig factor) implements Layer {
        public Gain(double power) {
            this(power, WeightConfig.of(new Ones()));
        }

        @Override
        public Value build(Scope scope, Value x) {
            Value learned = scope.weight("factor", Shape.of(x.shape().last()), factor);
            return x.mul(learned).mul(power);
        }
    }

    /// One that nobody registers.
    record Unknown(int size) implements Layer {
        @Override
        public Value build(Scope scope, Value x) {
            return x.mul(size);
        }
    }

    static final Activation BENT = Activation.of("bent", x -> x.square().add(1).sqrt());

    static final Loss FOURTH =
            Loss.of(
                    "fourth",
                    (truth, prediction) -> prediction.sub(truth).square().square().mean(1));

    @Override
    public KerasNames addTo(KerasNames names) {
        return names.with("my>Gain", Gain.class).with(BENT).with(FOURTH);
    }
}
