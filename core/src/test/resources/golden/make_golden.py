"""Writes the golden files of activations, losses, metrics, schedules, weights' rules, layers and optimizers.

    pip install keras==3.15.1 tensorflow-cpu==2.21.0
    KERAS_BACKEND=tensorflow python make_golden.py

Each line of a file: key | sizes of the axes | values in row order. Inputs are written beside the results.
"""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf
from keras import activations, constraints, layers, losses, metrics, optimizers, regularizers
from keras.optimizers import schedules

HERE = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(20261121)


class Golden:
    def __init__(self, name):
        self.path = os.path.join(HERE, name + ".txt")
        self.lines = [f"# Keras {keras.__version__}, TensorFlow {tf.__version__}; written by make_golden.py"]

    def put(self, key, value):
        value = np.asarray(value)
        sizes = ",".join(str(size) for size in value.shape)
        numbers = " ".join(str(np.float32(number)) for number in value.reshape(-1))
        self.lines.append(f"{key} | {sizes} | {numbers}")

    def write(self):
        with open(self.path, "w", encoding="utf-8") as file:
            file.write("\n".join(self.lines) + "\n")


def normal(*shape):
    return np.round(random.normal(size=shape), 2).astype("float32")


def write_activations():
    golden = Golden("activations")
    edges = [-100, -20, -3, -1, -0.5, -1e-4, 0, 1e-4, 0.5, 1, 3, 5.9, 20, 80]
    x = np.concatenate([np.array(edges), random.normal(size=10) * 2]).astype("float32").reshape(4, 6)
    weight = normal(4, 6)
    golden.put("x", x)
    golden.put("weight", weight)
    names = ("linear relu relu6 leaky_relu sigmoid log_sigmoid hard_sigmoid tanh hard_tanh softmax log_softmax softplus"
             " softsign elu selu exponential gelu silu hard_silu mish").split()
    for name in names:
        with tf.GradientTape() as tape:
            value = tf.constant(np.minimum(x, 20) if name == "exponential" else x)
            tape.watch(value)
            y = activations.get(name)(value)
            total = tf.reduce_sum(y * weight)
        golden.put(name, y.numpy())
        golden.put(name + "/gradient", tape.gradient(total, value).numpy())
    golden.write()


def write_losses():
    golden = Golden("losses")
    scores = np.concatenate([normal(6, 4), [[60, -60, 0, 0], [-90, 30, 1, 2]]]).astype("float32")
    probabilities = np.abs(normal(8, 4)).astype("float32")
    probabilities[0] = [1, 0, 0, 0]
    classes = np.array([0, 1, 2, 3, 1, 0, 1, 0], "float32")
    one_hot = np.eye(4, dtype="float32")[classes.astype(int)]
    bits = random.integers(0, 2, size=(8, 4)).astype("float32")
    unit = np.clip(random.uniform(size=(8, 4)), 0, 1).astype("float32")
    unit[0] = [0, 1, 0, 1]
    scores[0, 1] = 0
    target = normal(8, 4)
    target[0] = scores[0]
    for key, value in dict(scores=scores, probabilities=probabilities, classes=classes, one_hot=one_hot, bits=bits,
                           unit=unit, target=target).items():
        golden.put(key, value)

    def case(key, loss, truth, prediction, head=None):
        @tf.function
        def run(value):
            with tf.GradientTape() as tape:
                tape.watch(value)
                result = loss.call(tf.constant(truth), value if head is None else head(value))
                total = tf.reduce_sum(result)
            return result, tape.gradient(total, value)

        result, gradient = run(tf.constant(prediction))
        golden.put(key, result.numpy())
        golden.put(key + "/gradient", gradient.numpy())

    sparse, categorical, two = (losses.SparseCategoricalCrossentropy, losses.CategoricalCrossentropy,
                                losses.BinaryCrossentropy)
    case("sparse", sparse(), classes, probabilities)
    case("sparse_column", sparse(), classes[:, None], probabilities)
    case("sparse_logits", sparse(from_logits=True), classes, scores)
    case("sparse_softmax", sparse(), classes, scores, activations.softmax)
    case("sparse_softmax_logits", sparse(from_logits=True), classes, scores, activations.softmax)
    case("categorical", categorical(), one_hot, probabilities)
    case("categorical_logits", categorical(from_logits=True), one_hot, scores)
    case("categorical_softmax", categorical(), one_hot, scores, activations.softmax)
    case("categorical_smooth", categorical(label_smoothing=0.1), one_hot, scores, activations.softmax)
    case("binary", two(), bits, unit)
    case("binary_logits", two(from_logits=True), bits, scores)
    case("binary_sigmoid", two(), bits, scores, activations.sigmoid)
    case("binary_smooth", two(label_smoothing=0.2), bits, scores, activations.sigmoid)
    case("binary_flat", two(), bits[:, 0], unit[:, :1])
    case("mean_squared_error", losses.MeanSquaredError(), target, scores)
    case("mean_absolute_error", losses.MeanAbsoluteError(), target, scores)
    case("huber", losses.Huber(), target, scores)
    case("huber_small", losses.Huber(delta=0.3), target, scores)
    case("cosine_similarity", losses.CosineSimilarity(), target, scores)
    golden.write()


def write_metrics():
    golden = Golden("metrics")
    scores = np.round(normal(12, 8), 1)
    classes = random.integers(0, 8, size=12).astype("float32")
    one_hot = np.eye(8, dtype="float32")[classes.astype(int)]
    unit = random.uniform(size=(12, 1)).astype("float32")
    unit[0] = 0.5
    binary = random.integers(0, 2, size=(12, 1)).astype("float32")
    whole = random.integers(0, 3, size=(12, 2)).astype("float32")
    guess = random.integers(0, 3, size=(12, 2)).astype("float32")
    for key, value in dict(scores=scores, classes=classes, one_hot=one_hot, unit=unit, binary=binary, whole=whole,
                           guess=guess).items():
        golden.put(key, value)

    def case(key, metric, truth, prediction):
        for part in (slice(0, 5), slice(5, 12)):
            metric.update_state(truth[part], prediction[part])
        golden.put(key, np.array(metric.result(), "float32"))
        golden.lines.append(f"{key}/name | {metric.name} |")

    case("accuracy", metrics.Accuracy(), whole, guess)
    case("binary_accuracy", metrics.BinaryAccuracy(), binary, unit)
    case("binary_accuracy_low", metrics.BinaryAccuracy(threshold=0.2), binary, unit)
    case("binary_accuracy_flat", metrics.BinaryAccuracy(), binary[:, 0], unit)
    case("categorical_accuracy", metrics.CategoricalAccuracy(), one_hot, scores)
    case("sparse_categorical_accuracy", metrics.SparseCategoricalAccuracy(), classes, scores)
    case("sparse_column", metrics.SparseCategoricalAccuracy(), classes[:, None], scores)
    case("top_k", metrics.TopKCategoricalAccuracy(), one_hot, scores)
    case("top_2", metrics.TopKCategoricalAccuracy(k=2), one_hot, scores)
    case("sparse_top_k", metrics.SparseTopKCategoricalAccuracy(), classes, scores)
    case("mean_squared_error", metrics.MeanSquaredError(), whole, guess)
    case("mean_absolute_error", metrics.MeanAbsoluteError(), whole, guess)
    case("root_mean_squared_error", metrics.RootMeanSquaredError(), whole, guess)
    case("sparse_categorical_crossentropy", metrics.SparseCategoricalCrossentropy(from_logits=True), classes, scores)
    golden.write()


def write_schedules():
    golden = Golden("schedules")
    steps = list(range(0, 26)) + [37, 50, 99, 100, 101, 250, 1000]
    golden.put("steps", np.array(steps, "float32"))
    cases = {
        "exponential": schedules.ExponentialDecay(0.1, 10, 0.9),
        "exponential_staircase": schedules.ExponentialDecay(0.1, 10, 0.9, staircase=True),
        "inverse": schedules.InverseTimeDecay(0.1, 10, 0.5),
        "inverse_staircase": schedules.InverseTimeDecay(0.1, 10, 0.5, staircase=True),
        "piecewise": schedules.PiecewiseConstantDecay([5, 20, 99], [1.0, 0.5, 0.1, 0.01]),
        "piecewise_one": schedules.PiecewiseConstantDecay([5], [1.0, 0.5]),
        "polynomial": schedules.PolynomialDecay(0.1, 20),
        "polynomial_power": schedules.PolynomialDecay(0.1, 20, end_learning_rate=0.01, power=2.0),
        "polynomial_cycle": schedules.PolynomialDecay(0.1, 20, power=0.5, cycle=True),
        "cosine": schedules.CosineDecay(0.1, 20),
        "cosine_alpha": schedules.CosineDecay(0.1, 20, alpha=0.2),
        "cosine_warmup": schedules.CosineDecay(0.01, 20, alpha=0.1, warmup_target=0.2, warmup_steps=7),
        "cosine_no_steps": schedules.CosineDecay(0.01, 20, warmup_target=0.2, warmup_steps=0),
        "restarts": schedules.CosineDecayRestarts(0.1, 7),
        "restarts_even": schedules.CosineDecayRestarts(0.1, 7, t_mul=1.0, m_mul=0.8),
        "restarts_all": schedules.CosineDecayRestarts(0.1, 7, t_mul=1.5, m_mul=0.9, alpha=0.1),
    }
    for key, schedule in cases.items():
        golden.put(key, np.array([float(schedule(step)) for step in steps], "float32"))
    golden.write()


def write_weights():
    golden = Golden("weights")
    w = normal(3, 4)
    w[:, 0] *= 5
    kernel = normal(2, 2, 3, 2)
    golden.put("w", w)
    golden.put("kernel", kernel)
    for key, rule in {
        "max_norm": constraints.MaxNorm(),
        "max_norm_rows": constraints.MaxNorm(0.5, axis=1),
        "unit_norm": constraints.UnitNorm(),
        "non_neg": constraints.NonNeg(),
        "min_max_norm": constraints.MinMaxNorm(),
        "min_max_norm_half": constraints.MinMaxNorm(1.0, 2.0, rate=0.5, axis=1),
        "l1": regularizers.L1(),
        "l2": regularizers.L2(),
        "l1_l2": regularizers.L1L2(0.1, 0.2),
        "l1_l2_none": regularizers.L1L2(),
    }.items():
        golden.put(key, np.asarray(rule(tf.constant(w))))
    golden.put("max_norm_kernel", np.asarray(constraints.MaxNorm(0.7, axis=[0, 1, 2])(tf.constant(kernel))))
    golden.write()


def write_layers():
    golden = Golden("layers")

    def case(key, layer, *inputs, training=False):
        tensors = [tf.constant(x) for x in inputs]
        argument = tensors if len(inputs) > 1 else tensors[0]
        layer.build([x.shape for x in inputs] if len(inputs) > 1 else inputs[0].shape)
        for variable in layer.weights:
            variable.assign(np.abs(normal(*variable.shape)) if "variance" in variable.name
                            else normal(*variable.shape))
            golden.put(f"{key}/{variable.name}", variable.numpy())
        weight_count = len(layer.trainable_weights)
        with tf.GradientTape() as tape:
            tape.watch(tensors)
            y = layer(argument, training=True) if training else layer(argument)
            weight = normal(*y.shape)
            total = tf.reduce_sum(y * weight)
        for i, x in enumerate(inputs):
            golden.put(f"{key}/input_{i}", x)
        golden.put(f"{key}/output", y.numpy())
        golden.put(f"{key}/weight", weight)
        sources = tensors + [v.value for v in layer.trainable_weights]
        gradients = tape.gradient(total, sources)
        for i in range(len(inputs)):
            golden.put(f"{key}/input_{i}/gradient", gradients[i].numpy())
        for variable, gradient in zip(layer.trainable_weights, gradients[len(inputs):]):
            golden.put(f"{key}/{variable.name}/gradient", gradient.numpy())
        if training:
            for variable in layer.non_trainable_weights:
                golden.put(f"{key}/{variable.name}/after", variable.numpy())
        assert weight_count == len(gradients) - len(inputs)

    image = normal(2, 5, 6, 4)
    case("dense", layers.Dense(3, activation="tanh"), normal(4, 5))
    case("dense_places", layers.Dense(3, use_bias=False), normal(2, 3, 5))
    case("conv", layers.Conv2D(3, 3, activation="relu"), image)
    case("conv_same", layers.Conv2D(3, (3, 2), padding="same"), image)
    case("conv_same_strides", layers.Conv2D(3, (3, 2), strides=2, padding="same"), image)
    case("conv_strides", layers.Conv2D(2, 2, strides=(2, 3)), image)
    case("conv_dilated", layers.Conv2D(2, 2, dilation_rate=(2, 3), padding="same"), image)
    case("conv_one", layers.Conv2D(2, 1, strides=2, padding="same", use_bias=False), image)
    case("max_pool", layers.MaxPooling2D(), image)
    case("max_pool_same", layers.MaxPooling2D(3, strides=2, padding="same"), image)
    case("average_pool", layers.AveragePooling2D((2, 3)), image)
    case("average_pool_same", layers.AveragePooling2D(3, strides=2, padding="same"), image)
    case("global_average", layers.GlobalAveragePooling2D(), image)
    case("global_max_keep", layers.GlobalMaxPooling2D(keepdims=True), image)
    case("norm_training", layers.BatchNormalization(), image, training=True)
    case("norm", layers.BatchNormalization(momentum=0.9, epsilon=0.01), image)
    case("norm_plain", layers.BatchNormalization(center=False, scale=False), normal(6, 3), training=True)
    case("flatten", layers.Flatten(), image)
    case("reshape", layers.Reshape((3, -1, 2)), image)
    case("zero_padding", layers.ZeroPadding2D(((1, 0), (2, 3))), image)
    case("add", layers.Add(), normal(2, 3, 4), normal(2, 3, 4), normal(2, 3, 4))
    case("add_stretched", layers.Add(), normal(2, 3, 2, 4), normal(2, 4), normal(2, 1, 2, 1))
    case("concatenate", layers.Concatenate(), normal(2, 3, 4), normal(2, 3, 1))
    case("concatenate_first", layers.Concatenate(axis=1), normal(2, 3, 4), normal(2, 1, 4))
    case("relu", layers.ReLU(), image)
    case("relu_all", layers.ReLU(max_value=1.0, negative_slope=0.1, threshold=0.3), image)
    case("relu_slope", layers.ReLU(negative_slope=0.1), image)
    case("relu_six", layers.ReLU(max_value=6.0), image * 5)
    case("softmax", layers.Softmax(), normal(3, 4))
    case("rescaling", layers.Rescaling(1 / 127.5, offset=-1), image * 100)
    golden.write()


def write_optimizers():
    golden = Golden("optimizers")
    start = normal(2, 3)
    gradients = [normal(2, 3) for _ in range(5)]
    gradients[1][0, 0] = 0
    golden.put("start", start)
    for step, gradient in enumerate(gradients):
        golden.put(f"gradient_{step}", gradient)
    for key, optimizer in {
        "sgd": optimizers.SGD(),
        "sgd_momentum": optimizers.SGD(0.1, momentum=0.9),
        "sgd_nesterov": optimizers.SGD(0.1, momentum=0.9, nesterov=True),
        "rmsprop": optimizers.RMSprop(),
        "rmsprop_momentum": optimizers.RMSprop(0.01, rho=0.8, momentum=0.5),
        "rmsprop_centered": optimizers.RMSprop(0.01, centered=True),
        "rmsprop_both": optimizers.RMSprop(0.01, momentum=0.9, centered=True),
        "adagrad": optimizers.Adagrad(0.1),
        "adam": optimizers.Adam(),
        "adam_amsgrad": optimizers.Adam(0.01, beta_1=0.8, beta_2=0.9, amsgrad=True),
        "adam_schedule": optimizers.Adam(schedules.ExponentialDecay(0.1, 2, 0.5)),
        "adamw": optimizers.AdamW(0.1),
    }.items():
        variable = keras.Variable(start)
        for step, gradient in enumerate(gradients):
            optimizer.apply([tf.constant(gradient)], [variable])
            golden.put(f"{key}/{step}", variable.numpy())
        names = " ".join(v.name for v in optimizer.variables[1:] if v.name != "learning_rate")
        golden.lines.append(f"# {key} has {names}")
    golden.write()


write_activations()
write_losses()
write_metrics()
write_schedules()
write_weights()
write_layers()
write_optimizers()
