package dev.gnomon.activation;

import dev.gnomon.graph.Value;

/// The formulas that are more than one op, written so that neither they nor their gradients overflow, and that the
/// gradient at 0 is the right one.
final class Formulas {
    private static final double SELU_SCALE = 1.0507009873554805;
    private static final double SELU_ALPHA = 1.6732632423543772;

    private Formulas() {}

    static Value relu6(Value x) {
        return x.relu().clip(0, 6);
    }

    static Value leakyRelu(Value x, double slope) {
        return x.greater(0).select(x, x.mul(slope));
    }

    static Value hardSigmoid(Value x) {
        return relu6(x.add(3)).div(6);
    }

    /// `relu(x) + log(1 + exp(-|x|))`, with `-|x|` as `x - 2 relu(x)`.
    static Value softplus(Value x) {
        Value positive = x.relu();
        return positive.add(x.sub(positive.mul(2)).exp().log1p());
    }

    /// `relu(x) + alpha (exp(min(x, 0)) - 1)`, with `min(x, 0)` as `x - relu(x)`.
    static Value elu(Value x, double alpha) {
        Value positive = x.relu();
        Value negative = x.sub(positive).expm1();
        return positive.add(alpha == 1 ? negative : negative.mul(alpha));
    }

    static Value selu(Value x) {
        return elu(x, SELU_ALPHA).mul(SELU_SCALE);
    }

    static Value gelu(Value x) {
        return x.mul(0.5).mul(x.mul(Math.sqrt(0.5)).erf().add(1));
    }
}
