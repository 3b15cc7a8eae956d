package dev.gnomon.docs;

import java.util.List;
import java.util.stream.Stream;

/// A page of the reference.
///
/// @param page the file's name without its ending
/// @param title the page's title
/// @param folder the folder of the sources below `dev/gnomon`
/// @param kinds the interfaces of the records that the page lists
/// @param others the further types that the page explains, in their order
/// @param intro what stands below the title
record Family(
        String page,
        String title,
        String folder,
        List<String> kinds,
        List<String> others,
        String intro) {
    private static final String TABLE =
            """
            models | Models | model | | Sequential Functional Model TrainingStep Meter FitBytes | What layers are put together \
            to, and what can be done with it.
            layers | Layers | layer | Layer KernelLayer | Input Layer NamedLayer KernelLayer KernelSettings WeightConfig \
            Padding Scope | A layer is a record of settings. It is part of a chain by `Sequential.of(…)`, or applied to the \
            outputs of other layers by `apply`. Own ones: [extending.md](../extending.md).
            activations | Activations | activation | | Activation Activations | For `withActivation` and the layer \
            `ActivationLayer`. In Keras's files and for `byName` their names are in small letters.
            initializers | Initializers | initializer | Initializer | Initializer Initializers | The first values of \
            weights, drawn from the run's seed and the weight's path.
            regularizers | Regularizers | regularizer | Regularizer | Regularizer Regularizers | Penalties on weights or \
            outputs, which are added to the loss.
            constraints | Constraints | constraint | Constraint | Constraint Constraints | What a weight is projected to \
            after each update.
            losses | Losses | loss | Loss | Losses Loss LabelForm | What `compile` is told to make small.
            metrics | Metrics | metric | Metric | Metrics Metric | Figures that are logged beside the loss.
            optimizers | Optimizers | optimizer | Optimizer BuiltIn | BuiltIn OptimizerOptions LearningRate Optimizer \
            Optimizers | The rules by which weights follow their gradients.
            schedules | Learning rate schedules | schedule | Schedule | Schedule | Given to an optimizer in place of its \
            learning rate: `new SGD(new CosineDecay(0.1, 1000))`.
            callbacks | Callbacks | train | Callback | Callback Training CallbackState Mode Fit Verbose History Logs | \
            Given to a training by `Fit.withCallbacks(…)`.
            data | Data sets | data | | Dataset Column TrainTest Mnist FashionMnist Cifar10 Cifar100 ImageFolder Images \
            Csv Idx Npy Npz BatchGenerator RowReader PixelPermutation DataFolder | What `fit`, `evaluate` and `predict` \
            are given.
            transforms | Transforms and augmentations | data/transform | Transform Augmentation | Transform Augmentation \
            Fill Interpolation | Transforms change samples always (`dataset.map(…)`), augmentations at random and while \
            training only (`dataset.augmented(…)`).
            lint-rules | Rules of the set-up linter | train | | LintRule | What `fit` and `gnomon check` warn of. \
            `Fit.withoutLint(rule)` switches one off.
            """;

    static final List<Family> ALL = TABLE.lines().map(Family::of).toList();

    private static Family of(String row) {
        String[] cells = row.split(" *\\| *", 6);
        return new Family(cells[0], cells[1], cells[2], words(cells[3]), words(cells[4]), cells[5]);
    }

    private static List<String> words(String cell) {
        return Stream.of(cell.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
