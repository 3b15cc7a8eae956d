package dev.gnomon.docs;

import java.util.List;

/// A page of the reference.
///
/// @param page the file's name without its ending
/// @param title the page's title
/// @param intro what stands below the title
/// @param folder the folder of the sources below `dev/gnomon`
/// @param kinds the interfaces of what the page lists; empty where it lists every type that it names
/// @param others the further types that the page explains, in their order
record Family(
        String page,
        String title,
        String intro,
        String folder,
        List<String> kinds,
        List<String> others) {
    static final List<Family> ALL =
            List.of(
                    new Family(
                            "layers",
                            "Layers",
                            "A layer is a record of settings. It is part of a chain by `Sequential.of(…)`, or applied to"
                                    + " the outputs of other layers by `apply`. Own ones: [extending.md](../extending.md).",
                            "layer",
                            List.of("Layer", "KernelLayer"),
                            List.of(
                                    "Input",
                                    "Layer",
                                    "NamedLayer",
                                    "KernelLayer",
                                    "KernelSettings",
                                    "WeightConfig",
                                    "Padding",
                                    "Scope")),
                    new Family(
                            "activations",
                            "Activations",
                            "For `withActivation` and the layer `ActivationLayer`. In Keras's files and in `byName` they have"
                                    + " the same names in small letters.",
                            "activation",
                            List.of(),
                            List.of("Activation", "Activations")),
                    new Family(
                            "initializers",
                            "Initializers",
                            "The first values of weights, drawn from the run's seed and the weight's path.",
                            "initializer",
                            List.of("Initializer"),
                            List.of("Initializer", "Initializers")),
                    new Family(
                            "regularizers",
                            "Regularizers",
                            "Penalties on weights or outputs, which are added to the loss.",
                            "regularizer",
                            List.of("Regularizer"),
                            List.of("Regularizer", "Regularizers")),
                    new Family(
                            "constraints",
                            "Constraints",
                            "What a weight is projected to after each update.",
                            "constraint",
                            List.of("Constraint"),
                            List.of("Constraint", "Constraints")),
                    new Family(
                            "losses",
                            "Losses",
                            "What `compile` is told to make small.",
                            "loss",
                            List.of("Loss"),
                            List.of("Losses", "Loss", "LabelForm")),
                    new Family(
                            "metrics",
                            "Metrics",
                            "Figures that are logged beside the loss.",
                            "metric",
                            List.of("Metric"),
                            List.of("Metrics", "Metric")),
                    new Family(
                            "optimizers",
                            "Optimizers",
                            "The rule by which weights follow their gradients.",
                            "optimizer",
                            List.of("Optimizer", "BuiltIn"),
                            List.of(
                                    "BuiltIn",
                                    "OptimizerOptions",
                                    "LearningRate",
                                    "Optimizer",
                                    "Optimizers")),
                    new Family(
                            "schedules",
                            "Learning rate schedules",
                            "Given to an optimizer in place of its learning rate: `new SGD(new CosineDecay(0.1, 1000))`.",
                            "schedule",
                            List.of("Schedule"),
                            List.of("Schedule")),
                    new Family(
                            "callbacks",
                            "Callbacks",
                            "Given to a training by `Fit.withCallbacks(…)`.",
                            "train",
                            List.of("Callback"),
                            List.of(
                                    "Callback",
                                    "Training",
                                    "CallbackState",
                                    "Mode",
                                    "Fit",
                                    "Verbose",
                                    "History",
                                    "Logs")),
                    new Family(
                            "data",
                            "Data sets",
                            "What `fit`, `evaluate` and `predict` are given.",
                            "data",
                            List.of(),
                            List.of(
                                    "Dataset",
                                    "Column",
                                    "TrainTest",
                                    "Mnist",
                                    "FashionMnist",
                                    "Cifar10",
                                    "Cifar100",
                                    "ImageFolder",
                                    "Images",
                                    "Csv",
                                    "Idx",
                                    "Npy",
                                    "Npz",
                                    "BatchGenerator",
                                    "RowReader",
                                    "PixelPermutation",
                                    "DataFolder")),
                    new Family(
                            "transforms",
                            "Transforms and augmentations",
                            "Transforms change samples always (`dataset.map(…)`), augmentations at random and while training"
                                    + " only (`dataset.augmented(…)`).",
                            "data/transform",
                            List.of("Transform", "Augmentation"),
                            List.of("Transform", "Augmentation", "Fill", "Interpolation")),
                    new Family(
                            "lint-rules",
                            "Rules of the set-up linter",
                            "What `fit` and `gnomon check` warn of. `Fit.withoutLint(rule)` switches one off.",
                            "train",
                            List.of(),
                            List.of("LintRule")));
}
