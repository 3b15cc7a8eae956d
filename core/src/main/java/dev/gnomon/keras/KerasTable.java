package dev.gnomon.keras;

import dev.gnomon.activation.Activation;
import dev.gnomon.constraint.MaxNorm;
import dev.gnomon.constraint.MinMaxNorm;
import dev.gnomon.constraint.NonNeg;
import dev.gnomon.constraint.UnitNorm;
import dev.gnomon.initializer.*;
import dev.gnomon.layer.ActivationLayer;
import dev.gnomon.layer.Add;
import dev.gnomon.layer.AveragePooling2D;
import dev.gnomon.layer.BatchNormalization;
import dev.gnomon.layer.Concatenate;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.GlobalAveragePooling2D;
import dev.gnomon.layer.GlobalMaxPooling2D;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.ReLU;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.layer.Reshape;
import dev.gnomon.layer.Softmax;
import dev.gnomon.layer.ZeroPadding2D;
import dev.gnomon.loss.BinaryCrossentropy;
import dev.gnomon.loss.CategoricalCrossentropy;
import dev.gnomon.loss.CosineSimilarity;
import dev.gnomon.loss.Huber;
import dev.gnomon.loss.MeanAbsoluteError;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Accuracy;
import dev.gnomon.metric.BinaryAccuracy;
import dev.gnomon.metric.CategoricalAccuracy;
import dev.gnomon.metric.RootMeanSquaredError;
import dev.gnomon.metric.SparseCategoricalAccuracy;
import dev.gnomon.metric.SparseTopKCategoricalAccuracy;
import dev.gnomon.metric.TopKCategoricalAccuracy;
import dev.gnomon.optimizer.Adagrad;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.optimizer.AdamW;
import dev.gnomon.optimizer.RMSprop;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.regularizer.L1;
import dev.gnomon.regularizer.L1L2;
import dev.gnomon.regularizer.L2;
import dev.gnomon.schedule.CosineDecay;
import dev.gnomon.schedule.CosineDecayRestarts;
import dev.gnomon.schedule.ExponentialDecay;
import dev.gnomon.schedule.InverseTimeDecay;
import dev.gnomon.schedule.PiecewiseConstantDecay;
import dev.gnomon.schedule.PolynomialDecay;
import java.util.List;
import java.util.stream.Stream;

/// Keras's classes: one row each. A new layer is one row here.
final class KerasTable {
    static final List<KerasClass> ALL =
            Stream.of(
                            layers(),
                            initializers(),
                            regularizers(),
                            constraints(),
                            schedules(),
                            optimizers(),
                            losses(),
                            metrics())
                    .flatMap(List::stream)
                    .toList();

    private KerasTable() {}

    private static KerasClass layer(String name, Record prototype) {
        return KerasClass.of("keras.layers", name, prototype);
    }

    /// A layer on images.
    private static KerasClass image(String name, Record prototype) {
        return layer(name, prototype).only("data_format", "\"channels_last\"");
    }

    private static KerasClass pool(String name, Record prototype) {
        return image(name, prototype)
                .field("strides", "strides", Converters.orField(Converters.SIZE, "pool_size"));
    }

    private static List<KerasClass> layers() {
        return List.of(
                layer("Dense", new Dense(1)).required("units").kept("lora_alpha"),
                image("Conv2D", new Conv2D(1, 1))
                        .required("filters", "kernel_size")
                        .kept("lora_alpha"),
                pool("MaxPooling2D", new MaxPooling2D()),
                pool("AveragePooling2D", new AveragePooling2D()),
                image("GlobalAveragePooling2D", new GlobalAveragePooling2D()),
                image("GlobalMaxPooling2D", new GlobalMaxPooling2D()),
                image("Flatten", new Flatten()),
                layer("Reshape", new Reshape(1)).required("target_shape"),
                layer("Dropout", new Dropout(0)).required("rate").kept("seed"),
                layer("BatchNormalization", new BatchNormalization())
                        .field("movingMean", "moving_mean_initializer")
                        .field("movingVariance", "moving_variance_initializer")
                        .kept("renorm_momentum"),
                image("ZeroPadding2D", new ZeroPadding2D()),
                layer("Add", new Add()),
                layer("Concatenate", new Concatenate()),
                layer("Activation", new ActivationLayer(Activation.LINEAR)).required("activation"),
                layer("ReLU", new ReLU()),
                layer("Softmax", new Softmax()),
                layer("Rescaling", new Rescaling(1)).required("scale"),
                layer("Identity", new dev.gnomon.layer.Identity()));
    }

    private static KerasClass initializer(String name, Record prototype) {
        return KerasClass.of("keras.initializers", name, prototype);
    }

    private static List<KerasClass> initializers() {
        return List.of(
                initializer("Zeros", new Zeros()),
                initializer("Ones", new Ones()),
                initializer("Constant", new Constant()),
                initializer("RandomNormal", new RandomNormal()),
                initializer("RandomUniform", new RandomUniform()),
                initializer("TruncatedNormal", new TruncatedNormal()),
                initializer("VarianceScaling", new VarianceScaling()),
                initializer("GlorotUniform", new GlorotUniform()),
                initializer("GlorotNormal", new GlorotNormal()),
                initializer("HeUniform", new HeUniform()),
                initializer("HeNormal", new HeNormal()),
                initializer("LecunUniform", new LecunUniform()),
                initializer("LecunNormal", new LecunNormal()),
                initializer("Orthogonal", new Orthogonal()),
                initializer("Identity", new Identity()));
    }

    private static List<KerasClass> regularizers() {
        return Stream.of(new L1(), new L2(), new L1L2())
                .map(each ->
                        KerasClass.of("keras.regularizers", each.getClass().getSimpleName(), each))
                .toList();
    }

    private static List<KerasClass> constraints() {
        return List.of(
                constraint("NonNeg", new NonNeg()),
                constraint("MaxNorm", new MaxNorm()).field("axis", "axis", Converters.AXES),
                constraint("MinMaxNorm", new MinMaxNorm()).field("axis", "axis", Converters.AXES),
                constraint("UnitNorm", new UnitNorm()).field("axis", "axis", Converters.AXES));
    }

    private static KerasClass constraint(String name, Record prototype) {
        return KerasClass.of("keras.constraints", name, prototype);
    }

    private static List<KerasClass> schedules() {
        return List.of(
                schedule("ExponentialDecay", new ExponentialDecay(0, 1, 1)),
                schedule(
                        "PiecewiseConstantDecay",
                        new PiecewiseConstantDecay(List.of(0), List.of(0.0, 0.0))),
                schedule("PolynomialDecay", new PolynomialDecay(0, 1)),
                schedule("InverseTimeDecay", new InverseTimeDecay(0, 1, 1)),
                schedule("CosineDecay", new CosineDecay(0, 1)),
                schedule("CosineDecayRestarts", new CosineDecayRestarts(0, 1)));
    }

    private static KerasClass schedule(String name, Record prototype) {
        return KerasClass.of("keras.optimizers.schedules", name, prototype)
                .required(
                        "initial_learning_rate",
                        "decay_steps",
                        "first_decay_steps",
                        "decay_rate",
                        "boundaries",
                        "values");
    }

    private static List<KerasClass> optimizers() {
        return List.of(
                optimizer(new SGD()),
                optimizer(new RMSprop()),
                optimizer(new Adagrad()),
                optimizer(new Adam()).field("beta1", "beta_1").field("beta2", "beta_2"),
                optimizer(new AdamW()).field("beta1", "beta_1").field("beta2", "beta_2"));
    }

    private static KerasClass optimizer(Record prototype) {
        return KerasClass.of("keras.optimizers", prototype.getClass().getSimpleName(), prototype)
                .field("clipNorm", "clipnorm")
                .field("clipValue", "clipvalue")
                .field("globalClipNorm", "global_clipnorm")
                .kept("ema_momentum", "ema_overwrite_frequency", "jit_compile");
    }

    private static KerasClass loss(String name, Record prototype) {
        return KerasClass.of("keras.losses", name, prototype)
                .only("reduction", "\"sum_over_batch_size\"")
                .kept("dtype");
    }

    private static List<KerasClass> losses() {
        return List.of(
                loss("SparseCategoricalCrossentropy", new SparseCategoricalCrossentropy())
                        .accepts("axis", "-1"),
                loss("CategoricalCrossentropy", new CategoricalCrossentropy())
                        .accepts("axis", "-1"),
                loss("BinaryCrossentropy", new BinaryCrossentropy()).accepts("axis", "-1"),
                loss("MeanSquaredError", new MeanSquaredError()),
                loss("MeanAbsoluteError", new MeanAbsoluteError()),
                loss("Huber", new Huber()),
                loss("CosineSimilarity", new CosineSimilarity()).accepts("axis", "-1"));
    }

    private static List<KerasClass> metrics() {
        return Stream.of(
                        new Accuracy(),
                        new BinaryAccuracy(),
                        new CategoricalAccuracy(),
                        new SparseCategoricalAccuracy(),
                        new TopKCategoricalAccuracy(),
                        new SparseTopKCategoricalAccuracy(),
                        new RootMeanSquaredError())
                .map(each ->
                        KerasClass.of("keras.metrics", each.getClass().getSimpleName(), each)
                                .kept("dtype"))
                .toList();
    }
}
