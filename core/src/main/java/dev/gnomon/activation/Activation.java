package dev.gnomon.activation;

import dev.gnomon.graph.Value;
import java.util.function.UnaryOperator;

/// A function of every element, or of the last axis, of a layer's output. An own one is any implementation with a name,
/// under which it is saved, or [#of].
public interface Activation {
    // No default methods here: then this interface and the classes of its constants cannot wait for
    // each other.

    /// `x`.
    Activation LINEAR = of("linear", x -> x);

    /// `max(x, 0)`.
    Activation RELU = of("relu", Value::relu);

    /// `min(max(x, 0), 6)`.
    Activation RELU6 = of("relu6", Formulas::relu6);

    /// `x` where positive, else `0.2 x`. (The layer of this name has another default in Keras.)
    Activation LEAKY_RELU = of("leaky_relu", x -> Formulas.leakyRelu(x, 0.2));

    /// `1 / (1 + exp(-x))`.
    Activation SIGMOID = of("sigmoid", Value::sigmoid);

    /// `log(1 / (1 + exp(-x)))`.
    Activation LOG_SIGMOID = of("log_sigmoid", x -> Formulas.softplus(x.neg()).neg());

    /// `relu6(x + 3) / 6`.
    Activation HARD_SIGMOID = of("hard_sigmoid", Formulas::hardSigmoid);

    /// Hyperbolic tangent.
    Activation TANH = of("tanh", Value::tanh);

    /// `min(max(x, -1), 1)`.
    Activation HARD_TANH = of("hard_tanh", x -> x.clip(-1, 1));

    /// `exp(x) / sum(exp(x))` over the last axis.
    Activation SOFTMAX = of("softmax", Value::softmax);

    /// The logarithm of [#SOFTMAX].
    Activation LOG_SOFTMAX = of("log_softmax", Value::logSoftmax);

    /// `log(1 + exp(x))`.
    Activation SOFTPLUS = of("softplus", Formulas::softplus);

    /// `x / (1 + |x|)`.
    Activation SOFTSIGN = of("softsign", x -> x.div(x.abs().add(1)));

    /// `x` where positive, else `exp(x) - 1`.
    Activation ELU = of("elu", x -> Formulas.elu(x, 1));

    /// `1.0507 x` where positive, else `1.0507 · 1.6733 (exp(x) - 1)`.
    Activation SELU = of("selu", Formulas::selu);

    /// `exp(x)`.
    Activation EXPONENTIAL = of("exponential", Value::exp);

    /// `x Φ(x)` with the normal distribution's own function, not its approximation by tanh.
    Activation GELU = of("gelu", Formulas::gelu);

    /// `x sigmoid(x)`, also called swish.
    Activation SILU = of("silu", x -> x.mul(x.sigmoid()));

    /// `x hard_sigmoid(x)`, also called hard swish.
    Activation HARD_SILU = of("hard_silu", x -> x.mul(Formulas.hardSigmoid(x)));

    /// `x tanh(softplus(x))`.
    Activation MISH = of("mish", x -> x.mul(Formulas.softplus(x).tanh()));

    /// The name in Keras's files, such as `relu`.
    String name();

    Value build(Value x);

    /// An own activation from a formula; the name is what it is saved under.
    static Activation of(String name, UnaryOperator<Value> formula) {
        return new NamedActivation(name, formula);
    }
}
