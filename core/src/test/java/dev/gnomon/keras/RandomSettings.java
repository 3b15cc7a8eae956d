package dev.gnomon.keras;

import dev.gnomon.activation.Activation;
import dev.gnomon.activation.Activations;
import dev.gnomon.constraint.Constraint;
import dev.gnomon.constraint.Constraints;
import dev.gnomon.initializer.Initializer;
import dev.gnomon.initializer.Initializers;
import dev.gnomon.optimizer.Adagrad;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.optimizer.AdamW;
import dev.gnomon.optimizer.BuiltIn;
import dev.gnomon.optimizer.LearningRate;
import dev.gnomon.optimizer.RMSprop;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.regularizer.L1;
import dev.gnomon.regularizer.L1L2;
import dev.gnomon.regularizer.L2;
import dev.gnomon.regularizer.Regularizer;
import dev.gnomon.schedule.CosineDecay;
import dev.gnomon.schedule.CosineDecayRestarts;
import dev.gnomon.schedule.ExponentialDecay;
import dev.gnomon.schedule.InverseTimeDecay;
import dev.gnomon.schedule.PiecewiseConstantDecay;
import dev.gnomon.schedule.PolynomialDecay;
import dev.gnomon.schedule.Schedule;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/// Random settings: initializers, regularizers, optimizers with their schedules and clippings, and so on.
class RandomSettings {
    final Random random;

    RandomSettings(long seed) {
        this.random = new Random(seed * 7919 + 13);
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    int between(int low, int high) {
        return low + random.nextInt(Math.max(1, high - low + 1));
    }

    @SafeVarargs
    final <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }

    <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    Activation activation() {
        return one(List.copyOf(new TreeMap<>(Activations.all()).values()));
    }

    Initializer initializer() {
        return Initializers.byName(
                one(
                        "glorot_uniform",
                        "glorot_normal",
                        "he_uniform",
                        "he_normal",
                        "lecun_uniform",
                        "lecun_normal",
                        "random_normal",
                        "random_uniform",
                        "truncated_normal",
                        "variance_scaling",
                        "orthogonal"));
    }

    Regularizer regularizer() {
        return one(new L1(0.002), new L2(0.004), new L1L2(0.001, 0.003));
    }

    Constraint constraint() {
        return Constraints.byName(one("max_norm", "min_max_norm", "non_neg", "unit_norm"));
    }

    LearningRate rate() {
        double a = one(0.01, 0.002);
        Schedule schedule =
                one(
                        new ExponentialDecay(a, 3, 0.8).withStaircase(chance(0.5)),
                        new PiecewiseConstantDecay(List.of(2, 5), List.of(a, a / 2, a / 3)),
                        new PolynomialDecay(a, 4).withCycle(chance(0.5)).withPower(2),
                        new InverseTimeDecay(a, 2, 0.5),
                        new CosineDecay(a, 6).withAlpha(0.1),
                        new CosineDecay(a / 9, 4).withWarmup(a, 3),
                        new CosineDecayRestarts(a, 2).withTMul(one(1.0, 1.5, 2.0)).withMMul(0.9));
        return chance(0.5) ? LearningRate.of(a) : LearningRate.of(schedule);
    }

    BuiltIn<?> optimizer() {
        BuiltIn<?> made =
                one(
                        new SGD().withMomentum(one(0.0, 0.8)).withNesterov(chance(0.5)),
                        new RMSprop().withCentered(chance(0.5)).withMomentum(one(0.0, 0.6)),
                        new Adagrad().withInitialAccumulatorValue(one(0.1, 0.01)),
                        new Adam().withAmsgrad(chance(0.4)).withBeta1(0.8),
                        new AdamW().withEpsilon(1e-4));
        made = (BuiltIn<?>) made.withLearningRate(rate());
        return switch (random.nextInt(6)) {
            case 0 -> (BuiltIn<?>) made.withClipNorm(0.3);
            case 1 -> (BuiltIn<?>) made.withClipValue(0.1);
            case 2 -> (BuiltIn<?>) made.withGlobalClipNorm(0.5);
            case 3 -> (BuiltIn<?>) made.withWeightDecay(0.05);
            default -> made;
        };
    }
}
