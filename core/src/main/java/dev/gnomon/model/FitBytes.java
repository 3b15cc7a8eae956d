package dev.gnomon.model;

import dev.gnomon.plan.PlanBytes;

/// The native memory that training takes at its peak, known before it begins: exactly what is allocated. The Java heap,
/// the data set and the code of kernels come on top.
///
/// @param parameters weights and states
/// @param optimizerState the optimizer's slots and learning rate
/// @param workspace constants and buffers of the training step
/// @param scratch what the step's threads have for themselves
/// @param tail what the step for the last, smaller batch takes; 0 where there is none
/// @param validation what evaluating the validation data takes, its last batch included; 0 where there are none
/// @param batches the batches that are filled while another is used
public record FitBytes(
        long parameters,
        long optimizerState,
        long workspace,
        long scratch,
        long tail,
        long validation,
        long batches) {
    static FitBytes of(long parameters, PlanBytes step, long tail, long validation, long batches) {
        return new FitBytes(
                parameters,
                step.parameters() - parameters,
                step.workspace(),
                step.scratch(),
                tail,
                validation,
                batches);
    }

    public long total() {
        return parameters + optimizerState + workspace + scratch + tail + validation + batches;
    }
}
