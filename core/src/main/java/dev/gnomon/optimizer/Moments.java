package dev.gnomon.optimizer;

import dev.gnomon.graph.Value;
import dev.gnomon.optimizer.Optimizer.Slot;
import dev.gnomon.optimizer.Optimizer.Update;
import java.util.List;

/// Adam's formula, which AdamW shares.
///
/// @param beta1 how much of the running mean is kept
/// @param beta2 how much of the running mean square is kept
/// @param epsilon added to the root
/// @param amsgrad whether the largest mean square so far divides
record Moments(double beta1, double beta2, double epsilon, boolean amsgrad) {
    void check(String optimizer) {
        Settings.share(optimizer, "beta1", beta1);
        Settings.share(optimizer, "beta2", beta2);
        Settings.epsilon(optimizer, epsilon);
    }

    List<List<Slot>> slotGroups() {
        List<Slot> both = List.of(Slot.of("momentum"), Slot.of("velocity"));
        return amsgrad ? List.of(both, List.of(Slot.of("velocity_hat"))) : List.of(both);
    }

    Update step(Value weight, Value gradient, List<Value> slots, Value rate, Value iteration) {
        Value one = iteration.graph().constant(1);
        Value step = iteration.add(1);
        Value correction1 = one.sub(iteration.graph().constant(beta1).pow(step));
        Value correction2 = one.sub(iteration.graph().constant(beta2).pow(step));
        Value alpha = rate.mul(correction2.sqrt()).div(correction1);
        Value m = slots.get(0);
        Value v = slots.get(1);
        m = m.add(gradient.sub(m).mul(1 - beta1));
        v = v.add(gradient.square().sub(v).mul(1 - beta2));
        Value size = amsgrad ? slots.get(2).max(v) : v;
        Value next = weight.sub(m.mul(alpha).div(size.sqrt().add(epsilon)));
        return new Update(next, amsgrad ? List.of(m, v, size) : List.of(m, v));
    }
}
