package dev.gnomon.activation;

import dev.gnomon.graph.Value;

/// The formulas that are more than one op, written so that neither they nor their gradients overflow, and that the
/// gradient at 0 is the right one.
final class Formulas {
    private static final double SELU_SCALE = 1.0507009873554805;
    private static final double SELU_ALPHA = 1.6732632423543772;

    private Formulas() {}

    static Value relu6(Value x) {
        return x.less(6).select(x.relu(), x.graph().constant(6));
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

    /// `max(x, 0) + alpha (exp(min(x, 0)) - 1)`, with both from `-min(x, 0)`.
    static Value elu(Value x, double alpha) {
        Value below = x.neg().relu();
        Value curve = below.neg().expm1();
        return x.add(below).add(alpha == 1 ? curve : curve.mul(alpha));
    }

    static Value selu(Value x) {
        return elu(x, SELU_ALPHA).mul(SELU_SCALE);
    }

    static Value gelu(Value x) {
        return x.mul(0.5).mul(x.mul(Math.sqrt(0.5)).erf().add(1));
    }
}
