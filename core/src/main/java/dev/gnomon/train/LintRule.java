package dev.gnomon.train;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What the set-up linter looks for: set-ups that run, and learn badly or mean something else than they say. `fit` warns of
/// them; `Fit.withoutLint` switches rules off.
public enum LintRule {
    /// Values far from those that first weights are made for, such as pixels from 0 to 255, reach the first weights as they
    /// are.
    UNSCALED_INPUT,
    /// The samples were scaled before, and the model's `Rescaling` scales them again.
    SCALED_TWICE,
    /// The samples hold NaN or infinity.
    INPUT_NOT_FINITE,
    /// All values of the samples are the same.
    CONSTANT_INPUT,
    /// The last layer has a softmax or sigmoid and the loss expects scores, or the other way round.
    FROM_LOGITS,
    /// The last layer's activation does not fit the loss, such as a softmax over one unit or a rectifier before a
    /// cross-entropy.
    OUTPUT_ACTIVATION,
    /// An accuracy measures numbers that are not classes.
    ACCURACY_OF_REGRESSION,
    /// Labels do not have the form that the loss expects, such as one-hot rows where class numbers are wanted.
    LABEL_FORM,
    /// Class numbers are not those from 0 to the number of classes less one.
    LABELS_SHIFTED,
    /// All samples have the same label.
    ONE_LABEL,
    /// Labels lie where the last layer's activation cannot reach.
    LABELS_OUT_OF_REACH,
    /// Validation has classes that training does not see: the samples are sorted by label.
    SORTED_SPLIT,
    /// The samples are sorted by label and are not shuffled.
    SORTED_BATCHES,
    /// A batch is larger than the set.
    BATCH_LARGER_THAN_SET,
    /// A dropout leaves a tenth or less.
    HEAVY_DROPOUT,
    /// A dropout comes after the last layer with weights.
    DROPOUT_AT_OUTPUT,
    /// All weights are frozen.
    NOTHING_TRAINED,
    /// All units of a layer begin with the same weights and so learn the same.
    EQUAL_UNITS,
    /// The learning rate is far above what the optimizer is made for.
    LEARNING_RATE,
    /// A rectifier gives 0 for every sample.
    DEAD_RELU,
    /// The loss is no better than guessing.
    LOSS_AT_CHANCE,
    /// The loss grows beyond all bounds.
    EXPLODING_LOSS;

    /// The rule's name in messages and commands: `unscaled-input`.
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The rule of a name.
    public static Optional<LintRule> byId(String id) {
        return Arrays.stream(values()).filter(rule -> rule.id().equals(id)).findFirst();
    }
}
