"""Real Keras as the judge of the files of this library, with random models.

    python keras_judge.py write FOLDER --count 20 --seed 1
        Saves random, compiled, partly trained models with their inputs, predictions and the losses of five more steps.
    python keras_judge.py judge FOLDER
        Loads the models that this library wrote into the folders of FOLDER, and compares what they say and learn.

RealKerasTest runs both; it needs Keras 3 with TensorFlow. Each model has a folder with `case.json`, which says what is
in it: arrays are `.npy`. A model whose training magnifies the smallest changes (RMSprop in its first steps) is told by
training it a second time from weights that differ by a millionth: `wobble` is how far the losses then differ.
"""

import argparse
import json
import os
import random
import sys
import traceback
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
warnings.filterwarnings("ignore")

import logging  # noqa: E402

logging.getLogger("tensorflow").setLevel(logging.ERROR)

import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import layers  # noqa: E402

BATCH = 7
STEPS = 5

ACTIVATIONS = [
    "linear", "relu", "relu6", "leaky_relu", "sigmoid", "log_sigmoid", "hard_sigmoid", "tanh", "hard_tanh", "softmax",
    "log_softmax", "softplus", "softsign", "elu", "selu", "exponential", "gelu", "silu", "hard_silu", "mish", "swish",
    "hard_swish",
]  # fmt: skip


class Maker:
    """Draws random models."""

    def __init__(self, seed):
        self.r = random.Random(seed)
        self.shared = []  # (layer, shape of its input)
        self.count = 0

    def chance(self, p):
        return self.r.random() < p

    def maybe(self, value, p=0.5):
        """Some options, or none."""
        return value if self.chance(p) else {}

    # ---- settings

    def initializer(self, square=False):
        r, i = self.r, keras.initializers
        seed = r.choice([None, 0, 17, 2**40 + 3])
        options = [
            "glorot_uniform", "he_normal", "lecun_normal", "HeUniform", "orthogonal",
            i.GlorotUniform(seed=seed), i.GlorotNormal(seed=seed), i.HeNormal(seed=seed), i.HeUniform(seed=seed),
            i.LecunNormal(seed=seed), i.LecunUniform(seed=seed), i.RandomNormal(0.01, 0.2, seed=seed),
            i.RandomUniform(-0.2, 0.3, seed=seed), i.TruncatedNormal(0.0, 0.3, seed=seed),
            i.VarianceScaling(0.7, r.choice(["fan_in", "fan_out", "fan_avg"]),
                              r.choice(["normal", "uniform", "truncated_normal", "untruncated_normal"]), seed=seed),
            i.Orthogonal(0.8, seed=seed), i.Constant(0.05),
        ]  # fmt: skip
        return r.choice(options)

    def small_initializer(self):
        i = keras.initializers
        return self.r.choice(
            ["zeros", "ones", i.Constant(0.1), i.RandomUniform(0.3, 0.6), i.RandomNormal(0.8, 0.1, seed=3), i.Ones()]
        )

    def regularizer(self):
        g = keras.regularizers
        return self.r.choice(["l1", "l2", g.L1(0.002), g.L2(0.003), g.L1L2(0.001, 0.002), g.L1L2(l2=0.01)])

    def constraint(self, rank):
        c = keras.constraints
        axis = self.r.choice([0, list(range(rank - 1)) or 0, -1])
        return self.r.choice(
            [
                c.MaxNorm(0.9, axis=axis), c.NonNeg(), c.UnitNorm(axis=axis), "non_neg", "max_norm", "unit_norm",
                c.MinMaxNorm(0.3, 0.8, rate=self.r.choice([1.0, 0.6]), axis=axis),
            ]
        )  # fmt: skip

    def activation(self):
        name = self.r.choice(ACTIVATIONS)
        return name if self.chance(0.7) else getattr(keras.activations, name)

    def kernel_options(self, rank):
        bias = self.chance(0.75)
        o = {"use_bias": bias}
        o |= self.maybe({"activation": self.activation()}, 0.6)
        o |= self.maybe({"kernel_initializer": self.initializer()}, 0.5)
        o |= self.maybe({"bias_initializer": self.small_initializer()}, 0.3)
        o |= self.maybe({"kernel_regularizer": self.regularizer()}, 0.15)
        o |= self.maybe({"bias_regularizer": self.regularizer()}, 0.1)
        o |= self.maybe({"activity_regularizer": self.regularizer()}, 0.1)
        o |= self.maybe({"kernel_constraint": self.constraint(rank)}, 0.15)
        o |= self.maybe({"bias_constraint": self.constraint(1)}, 0.05)
        return o

    def common(self):
        o = {}
        if self.chance(0.4):
            self.count += 1
            o["name"] = self.r.choice(["a", "b_", "Conv", "head.x", "block-"]) + str(self.count)
        if self.chance(0.1):
            o["trainable"] = False
        if self.chance(0.05):
            o["dtype"] = "float32"
        return o

    def pair(self, low, high):
        r = self.r
        a, b = r.randint(low, high), r.randint(low, high)
        return a if self.chance(0.5) else (a, b)

    # ---- layers

    def conv(self, shape):
        r = self.r
        groups = r.choice([g for g in (1, 1, 1, 2, 3, 4) if shape[-1] % g == 0])
        padding = r.choice(["valid", "same"])
        most = 5 if padding == "same" else min(4, shape[0], shape[1])
        o = {"strides": self.pair(1, 3)} if self.chance(0.4) else {}
        size = self.pair(1, most)
        if not o and self.chance(0.4):
            dilation = self.pair(1, 3)
            pairs = zip(self.both(size), self.both(dilation), shape)
            if padding == "same" or all((s - 1) * d + 1 <= n for s, d, n in pairs):
                o = {"dilation_rate": dilation}
        return layers.Conv2D(
            groups * r.randint(1, 4), size, padding=padding, groups=groups, **o, **self.kernel_options(4), **self.common()
        )

    @staticmethod
    def both(value):
        return (value, value) if isinstance(value, int) else value

    def pooling(self, shape):
        padding = self.r.choice(["valid", "same"])
        o = {"pool_size": self.pair(1, min(4, shape[0], shape[1]))}
        o |= self.maybe({"strides": self.pair(1, 3)}, 0.6)
        cls = self.r.choice([layers.MaxPooling2D, layers.AveragePooling2D])
        return cls(padding=padding, **o, **self.common())

    def batch_normalization(self):
        o = self.maybe({"momentum": self.r.choice([0.9, 0.5, 0.0])}, 0.4)
        o |= self.maybe({"epsilon": 1e-2}, 0.3)
        o |= self.maybe({"center": False}, 0.2) | self.maybe({"scale": False}, 0.2)
        o |= self.maybe({"gamma_initializer": self.small_initializer()}, 0.2)
        o |= self.maybe({"beta_initializer": self.small_initializer()}, 0.2)
        o |= self.maybe({"moving_mean_initializer": keras.initializers.Constant(0.1)}, 0.2)
        o |= self.maybe({"moving_variance_initializer": keras.initializers.Constant(1.5)}, 0.2)
        o |= self.maybe({"gamma_regularizer": self.regularizer()}, 0.1)
        o |= self.maybe({"beta_regularizer": self.regularizer()}, 0.1)
        o |= self.maybe({"beta_constraint": self.constraint(1)}, 0.1)
        o |= self.maybe({"gamma_constraint": self.constraint(1)}, 0.1)
        return layers.BatchNormalization(**o, **self.common())

    def simple(self):
        r = self.r
        return r.choice(
            [
                lambda: layers.Dropout(0.0, seed=r.choice([None, 5]), **self.common()),
                lambda: layers.Activation(self.activation(), **self.common()),
                lambda: layers.ReLU(
                    **self.maybe({"max_value": r.choice([1.5, 6.0])}), **self.maybe({"negative_slope": 0.1}),
                    **self.maybe({"threshold": 0.2}), **self.common()),
                lambda: layers.Softmax(**self.common()),
                lambda: layers.Rescaling(r.choice([0.5, 2.0]), **self.maybe({"offset": -0.3}), **self.common()),
                lambda: layers.Identity(**self.common()),
            ]
        )()  # fmt: skip

    def padding(self):
        r = self.r
        p = r.choice([1, (1, 2), ((0, 1), (2, 0)), ((1, 1), (0, 0))])
        return layers.ZeroPadding2D(p, **self.common())

    def reshape(self, shape):
        n = int(np.prod(shape))
        divisors = [d for d in range(1, min(n, 12) + 1) if n % d == 0]
        a = self.r.choice(divisors)
        b = self.r.choice([d for d in range(1, min(n // a, 12) + 1) if (n // a) % d == 0])
        target = self.r.choice([(n,), (a, n // a), (a, b, n // a // b), (-1, a), (a, -1, b), (-1,)])
        return layers.Reshape(target, **self.common())

    def layer(self, shape):
        """A layer for inputs of a shape."""
        r = self.r
        image = len(shape) == 3
        kinds = ["dense", "bn", "simple", "simple"] + (["flatten", "reshape"] if self.chance(0.4) else [])
        if image:
            kinds += ["conv"] * 5 + ["pool"] * 3 + ["zero"] + (["global"] if self.chance(0.4) else [])
        kind = r.choice(kinds)
        if kind == "conv":
            return self.conv(shape)
        if kind == "pool":
            return self.pooling(shape)
        if kind == "zero":
            return self.padding()
        if kind == "global":
            cls = r.choice([layers.GlobalAveragePooling2D, layers.GlobalMaxPooling2D])
            return cls(keepdims=self.chance(0.3), **self.common())
        if kind == "bn":
            return self.batch_normalization()
        if kind == "flatten":
            return layers.Flatten(**self.common())
        if kind == "reshape":
            return self.reshape(shape)
        if kind == "dense":
            return layers.Dense(r.randint(1, 9), **self.kernel_options(2), **self.common())
        return self.simple()

    # ---- models

    def step(self, x, depth):
        """One more layer, a shared one, or a model."""
        shape = tuple(x.shape[1:])
        known = [layer for layer, wanted in self.shared if wanted == shape]
        if known and self.chance(0.25):
            return self.r.choice(known)(x)
        if depth < 2 and self.chance(0.12):
            made = self.inner(shape, depth + 1)
        else:
            made = self.layer(shape)
        self.shared.append((made, shape))
        return made(x)

    def inner(self, shape, depth):
        outer, self.shared = self.shared, []
        name = {"name": f"part{self.r.randint(0, 99999)}"} if self.chance(0.5) else {}
        if self.chance(0.5):
            model = keras.Sequential([keras.Input(shape)], **name)
            self.add_layers(model, shape, self.r.randint(1, 3))
        else:
            a = keras.Input(shape, **self.maybe({"name": f"in{self.r.randint(0, 99999)}"}))
            x = a
            for _ in range(self.r.randint(1, 3)):
                y = self.step(x, depth)
                x = layers.Add()([x, y]) if x.shape == y.shape and self.chance(0.6) else y
            model = keras.Model(a, x, **name)
        self.shared = outer
        if self.chance(0.15):
            model.trainable = False
        return model

    def shape(self):
        r = self.r
        if self.chance(0.75):
            return (r.randint(3, 11), r.randint(3, 11), r.choice([1, 2, 3, 4, 6]))
        return (r.randint(2, 12),)

    def sequential(self):
        model = keras.Sequential(**self.maybe({"name": f"chain_{self.r.randint(0, 99)}"}))
        shape = self.shape()
        model.add(keras.Input(shape, **self.maybe({"name": "pixels"}, 0.3)))
        self.add_layers(model, shape, self.r.randint(1, 7))
        made, task = self.head(model.output_shape[1:])
        for layer in made:
            model.add(layer)
        return model, [task]

    def add_layers(self, model, shape, count):
        for _ in range(count):
            layer = self.layer(shape)
            model.add(layer)
            shape = tuple(layer.output.shape[1:])

    def functional(self):
        r = self.r
        inputs = [
            keras.Input(self.shape(), **self.maybe({"name": f"in_{i}"})) for i in range(r.choice([1, 1, 2, 3]))
        ]
        pool = list(inputs)
        for _ in range(r.randint(2, 9)):
            x = r.choice(pool[-4:])
            same = [t for t in pool if t.shape == x.shape]
            if self.chance(0.15) and len(same) > 1:
                pool.append(layers.Add(**self.common())([x, *r.sample(same, r.randint(1, min(2, len(same))))]))
            elif self.chance(0.12):
                pool.append(self.concatenate(x, pool))
            else:
                pool.append(self.step(x, 0))
        outputs, tasks = [], []
        if len(inputs) > 1:
            flat = [layers.Flatten()(self.after(t, pool, inputs)) for t in inputs]
            pool.append(layers.Concatenate()(flat))
        for i in range(r.choice([1, 1, 2, 3])):
            x = pool[-1] if i == 0 else r.choice(pool[-5:])
            made, task = self.head(x.shape[1:], f"out{i}" if self.chance(0.5) else None)
            start = x
            for layer in made:
                x = layer(x)
            outputs.append(x)
            tasks.append(task)
            twice = [t for t in pool if t is not start and t.shape == start.shape]
            if twice and self.chance(0.15):  # two outputs of one name
                y = r.choice(twice)
                for layer in made:
                    y = layer(y)
                outputs.append(y)
                tasks.append(task)
        one = len(outputs) == 1 and self.chance(0.7)
        name = self.maybe({"name": f"net_{r.randint(0, 99)}"})
        ins = inputs[0] if len(inputs) == 1 and self.chance(0.7) else inputs
        return keras.Model(ins, outputs[0] if one else outputs, **name), tasks

    def after(self, source, pool, inputs):
        """Some tensor that depends on an input, so that none is left out."""
        last = source
        for t in pool:
            if t is not source and t not in inputs and getattr(t, "shape", None) is not None and self.chance(0.5):
                op = t._keras_history.operation
                node = op._inbound_nodes[t._keras_history.node_index]
                if any(each is last for each in node.input_tensors):
                    last = t
        return last

    def concatenate(self, x, pool):
        axis = self.r.choice([-1, *range(1, len(x.shape))])
        place = axis % len(x.shape)
        fit = [
            t for t in pool
            if len(t.shape) == len(x.shape) and all(a == b or i == place for i, (a, b) in enumerate(zip(t.shape, x.shape)))
        ]  # fmt: skip
        return layers.Concatenate(axis=axis, **self.common())([x, *self.r.sample(fit, min(len(fit), 2))])

    # ---- heads

    def head(self, shape, name=None):
        """The last layers with what is trained: (layers, task)."""
        r = self.r
        made = [layers.Flatten()] if self.chance(0.7) else []
        kind = r.choice(["sparse", "categorical", "binary", "number"])
        named = {"name": name} if name else {}
        last = self.chance(0.5)
        if kind in ("sparse", "categorical"):
            k = r.randint(2, 6)
            if last:
                made += [layers.Dense(k, activation="softmax", **named)]
            elif self.chance(0.5):
                made += [layers.Dense(k), r.choice([layers.Softmax, lambda **o: layers.Activation("softmax", **o)])(**named)]
            else:
                return made + [layers.Dense(k, **named)], (kind, k, True)
            return made, (kind, k, False)
        k = r.randint(1, 4)
        if kind == "binary":
            made += [layers.Dense(k, activation="sigmoid" if last else None, **named)]
            return made, (kind, k, not last)
        return made + [layers.Dense(k, activation=None if last else "tanh", **named)], (kind, k, False)

    def loss(self, task):
        kind, units, logits = task
        r, o = self.r, keras.losses
        if kind == "sparse":
            return "sparse_categorical_crossentropy" if not logits and self.chance(0.5) else (
                o.SparseCategoricalCrossentropy(from_logits=logits))
        if kind == "categorical":
            return "categorical_crossentropy" if not logits and self.chance(0.4) else (
                o.CategoricalCrossentropy(from_logits=logits, label_smoothing=r.choice([0.0, 0.1])))
        if kind == "binary":
            return "binary_crossentropy" if not logits and self.chance(0.4) else (
                o.BinaryCrossentropy(from_logits=logits, label_smoothing=r.choice([0.0, 0.2])))
        chosen = r.choice(
            ["mse", "mae", "mean_squared_error", "mean_absolute_error", "huber", "cosine_similarity", o.Huber(0.5),
             o.MeanSquaredError(), o.MeanAbsoluteError(), o.CosineSimilarity(), o.MeanSquaredError(name="own")]
        )  # fmt: skip
        # of one number it is the sign: its gradient is zero, and what an optimizer makes of the rounding is chance
        similar = chosen == "cosine_similarity" or isinstance(chosen, o.CosineSimilarity)
        return "mse" if similar and units == 1 else chosen

    def metrics(self, task):
        kind, _, _ = task
        r, m = self.r, keras.metrics
        options = {
            "sparse": ["accuracy", "acc", "sparse_categorical_accuracy", m.SparseCategoricalAccuracy(name="right"),
                       m.SparseTopKCategoricalAccuracy(k=2)],
            "categorical": ["accuracy", "categorical_accuracy", m.CategoricalAccuracy(), m.TopKCategoricalAccuracy(k=2),
                            m.CategoricalCrossentropy(from_logits=task[2])],
            "binary": ["accuracy", "binary_accuracy", m.BinaryAccuracy(threshold=0.4), "mse",
                       m.BinaryCrossentropy(from_logits=task[2])],
            "number": ["mse", "mae", m.RootMeanSquaredError(), m.MeanSquaredError(name="square"), m.MeanAbsoluteError()],
        }[kind]  # fmt: skip
        return r.sample(options, r.randint(0, 2))

    def rate(self):
        r, s = self.r, keras.optimizers.schedules
        if self.chance(0.5):
            return r.choice([0.001, 0.01, 0.003])
        a = r.choice([0.01, 0.002])
        return r.choice(
            [
                s.ExponentialDecay(a, 3, 0.8, staircase=self.chance(0.5)),
                s.PiecewiseConstantDecay([2, 5], [a, a / 2, a / 4]),
                s.PolynomialDecay(a, 4, end_learning_rate=a / 9, power=r.choice([1.0, 2.0]), cycle=self.chance(0.5)),
                s.InverseTimeDecay(a, 2, 0.5, staircase=self.chance(0.5)),
                s.CosineDecay(a, 6, alpha=0.1), s.CosineDecay(a / 9, 4, warmup_target=a, warmup_steps=3),
                s.CosineDecayRestarts(a, 2, t_mul=r.choice([1.0, 2.0, 1.5]), m_mul=0.9, alpha=0.05),
            ]
        )  # fmt: skip

    def optimizer(self):
        r, o = self.r, keras.optimizers
        k = {"learning_rate": self.rate()}
        clip = r.choice(["", "", "clipnorm", "clipvalue", "global_clipnorm"])
        if clip:
            k[clip] = r.choice([0.1, 1.0])
        k |= self.maybe({"weight_decay": r.choice([0.01, 0.1])}, 0.2)
        k |= self.maybe({"name": "mine"}, 0.1)
        kind = r.choice(["SGD", "RMSprop", "Adagrad", "Adam", "AdamW", "word"])
        if kind == "word":
            return r.choice(["sgd", "rmsprop", "adam", "adamw", "adagrad"])
        if kind == "SGD":
            k |= r.choice([{}, {"momentum": 0.8}, {"momentum": 0.9, "nesterov": True}])
        if kind == "RMSprop":
            k |= self.maybe({"rho": 0.8}) | self.maybe({"momentum": 0.5}) | self.maybe({"centered": True})
            k |= self.maybe({"epsilon": 1e-4})
        if kind == "Adagrad":
            k |= self.maybe({"initial_accumulator_value": 0.01}) | self.maybe({"epsilon": 1e-3})
        if kind in ("Adam", "AdamW"):
            k |= self.maybe({"beta_1": 0.8}, 0.3) | self.maybe({"beta_2": 0.9}, 0.3) | self.maybe({"epsilon": 1e-3}, 0.3)
            k |= self.maybe({"amsgrad": True}, 0.3)
        return getattr(o, kind)(**k)

    def compile(self, model, tasks):
        losses = [self.loss(t) for t in tasks]
        metrics = [self.metrics(t) for t in tasks]
        o = {}
        names = list(getattr(model, "output_names", ["one"]))
        unique = len(set(names)) == len(names)
        if len(tasks) == 1:
            o["loss"] = losses[0] if self.chance(0.8) else losses
            o["metrics"] = metrics[0] if self.chance(0.7) else None
            if self.chance(0.1):
                o["loss_weights"] = [0.5]
        elif unique and self.chance(0.5):
            o["loss"] = dict(zip(names, losses))
            o["metrics"] = self.r.choice([None, dict(zip(names, metrics)), {names[-1]: metrics[-1]}])
            o["loss_weights"] = self.r.choice([None, {n: 0.5 + i for i, n in enumerate(names)}])
        else:
            o["loss"] = losses
            o["metrics"] = self.r.choice([None, metrics])
            o["loss_weights"] = self.r.choice([None, [0.3 + i for i in range(len(tasks))]])
        model.compile(optimizer=self.optimizer(), **o)

    def model(self):
        model, tasks = self.sequential() if self.chance(0.3) else self.functional()
        self.compile(model, tasks)
        return model, tasks


# ---- data


def array(rng, shape):
    return rng.normal(size=(BATCH, *shape)).astype("float32")


def label(rng, task, shape):
    kind, k, _ = task
    if kind == "sparse":
        return rng.integers(0, k, size=(BATCH, *shape[1:-1])).astype("float32")
    if kind == "categorical":
        return np.eye(k, dtype="float32")[rng.integers(0, k, size=(BATCH, *shape[1:-1]))]
    if kind == "binary":
        return rng.integers(0, 2, size=(BATCH, *shape[1:])).astype("float32")
    return array(rng, shape[1:])


def listed(values):
    return values if isinstance(values, (list, tuple)) else [values]


def single(values):
    return values[0] if len(values) == 1 else values


def predict(model, xs):
    return [np.asarray(y) for y in listed(model(single(xs) if len(xs) == 1 else list(xs), training=False))]


def train(model, xs, ys, steps):
    """The losses of some steps, each of its own."""
    model.run_eagerly = True
    losses = []
    for _ in range(steps):
        model.reset_metrics()
        logs = model.train_on_batch(single(xs), single(ys), return_dict=True)
        losses.append({name: float(value) for name, value in logs.items()})
    return losses


def wobble(model, xs, ys, losses, after):
    """How far losses and predictions differ after the steps when weights do by a millionth, relative to themselves."""
    rng = np.random.default_rng(5)
    for weight in model.trainable_weights:
        value = np.asarray(weight)
        weight.assign(value * (1 + 1e-6 * rng.uniform(-1, 1, size=value.shape).astype("float32")))
    found = train(model, xs, ys, len(losses))
    worst = [abs(a["loss"] - b["loss"]) / max(1e-3, abs(a["loss"])) for a, b in zip(losses, found)]
    drift = [float(np.max(np.abs(a - b), initial=0)) / scale(a) for a, b in zip(after, predict(model, xs))]
    return max(worst), max(drift)


def scale(values):
    return max(1e-3, float(np.max(np.abs(values), initial=0)))


# ---- the two ways


def write_one(folder, seed):
    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    maker = Maker(seed)
    model, tasks = maker.model()
    rng = np.random.default_rng(seed)
    xs = [array(rng, x.shape[1:]) for x in model.inputs]
    ys = [label(rng, t, y.shape) for t, y in zip(tasks, model.outputs)]
    train(model, xs, ys, maker.r.choice([0, 1, 3, 3]))
    model.save(os.path.join(folder, "model.keras"))
    model.save_weights(os.path.join(folder, "model.weights.h5"))
    for i, x in enumerate(xs):
        np.save(os.path.join(folder, f"x{i}.npy"), x)
    for i, y in enumerate(ys):
        np.save(os.path.join(folder, f"y{i}.npy"), y)
    for i, p in enumerate(predict(model, xs)):
        np.save(os.path.join(folder, f"p{i}.npy"), p)
    losses = train(model, xs, ys, STEPS)
    after = predict(model, xs)
    worst, drift = wobble(keras.saving.load_model(os.path.join(folder, "model.keras")), xs, ys, losses, after)
    case = {
        "seed": seed, "inputs": len(xs), "outputs": len(ys), "losses": losses,
        "wobble": worst, "drift": drift, "finite": bool(np.isfinite([s["loss"] for s in losses]).all()),
    }  # fmt: skip
    for i, p in enumerate(after):
        np.save(os.path.join(folder, f"q{i}.npy"), p)
    with open(os.path.join(folder, "case.json"), "w") as file:
        json.dump(case, file)


def write(folder, count, seed):
    made = 0
    for number in range(seed, seed + count):
        place = os.path.join(folder, f"k{number:05d}")
        os.makedirs(place, exist_ok=True)
        try:
            write_one(place, number)
            made += 1
        except Exception as e:  # a draw that Keras itself refuses is no case
            if isinstance(e, (KeyboardInterrupt, MemoryError)):
                raise
            print(f"seed {number}: Keras refuses: {str(e).splitlines()[0] if str(e) else type(e)}", file=sys.stderr)
            for name in os.listdir(place):
                os.remove(os.path.join(place, name))
            os.rmdir(place)
    print(f"{made} of {count} models written")


def compare_losses(losses, case, tolerance, faults):
    for step, (a, b) in enumerate(zip(losses, case["losses"])):
        if not case["distinct"]:  # Keras logs only one of several outputs of the same name
            a, b = {"loss": a["loss"]}, {"loss": b["loss"]}
        if sorted(a) != sorted(b):
            faults.append(f"the logs are {sorted(a)}, not {sorted(b)}")
            break
        for name in a:
            if name.split("_")[-1] in ("accuracy", "acc", "right"):
                continue
            if abs(a[name] - b[name]) > tolerance * max(1e-3, abs(a[name])) and np.isfinite(a[name]):
                faults.append(f"step {step}: {name} is {a[name]:.7g} in Keras, {b[name]:.7g} here ({tolerance:.2g})")


def judge_one(place):
    with open(os.path.join(place, "case.json")) as file:
        case = json.load(file)
    load = lambda: keras.saving.load_model(os.path.join(place, "ours.keras"))  # noqa: E731
    model = load()
    names = case["input_names"]
    got = [x.name for x in model.inputs]
    faults = [] if got == names else [f"the inputs are {got}, not {names}"]
    xs = [np.load(os.path.join(place, f"x{i}.npy")) for i in range(case["inputs"])]
    ys = [np.load(os.path.join(place, f"y{i}.npy")) for i in range(case["outputs"])]
    before = [np.load(os.path.join(place, f"p{i}.npy")) for i in range(case["outputs"])]
    after = [np.load(os.path.join(place, f"q{i}.npy")) for i in range(case["outputs"])]

    def compare(found, what, tolerance):
        for i, (a, b) in enumerate(zip(found, before if what != "after training" else after)):
            if a.shape != b.shape:
                faults.append(f"{what}: output {i} is {a.shape}, not {b.shape}")
            elif not np.allclose(a, b, rtol=0, atol=tolerance * scale(b), equal_nan=True):
                faults.append(f"{what}: output {i} differs by {np.max(np.abs(a - b)) / scale(b):.3g} of its scale")

    compare(predict(model, xs), "predictions", 1e-5)
    losses = train(model, xs, ys, len(case["losses"]))
    outputs = predict(model, xs)
    quiet = len(faults)
    compare_losses(losses, case, 1e-4, faults)
    compare(outputs, "after training", 1e-4)
    if len(faults) > quiet:  # again, with the tolerance that this model needs
        del faults[quiet:]
        noise, drift = wobble(load(), xs, ys, losses, outputs)
        compare_losses(losses, case, max(1e-4, 20 * noise), faults)
        compare(outputs, "after training", max(1e-4, 20 * drift))
    other = load()
    for weight in other.weights:
        weight.assign(np.zeros(weight.shape))
    other.load_weights(os.path.join(place, "ours.weights.h5"))
    compare(predict(other, xs), "predictions with the weights file", 1e-5)
    model.save(os.path.join(place, "again.keras"))
    again = predict(model, xs)
    for i, p in enumerate(again):
        np.save(os.path.join(place, f"r{i}.npy"), p)
    return faults


def judge(folder):
    bad = 0
    places = sorted(name for name in os.listdir(folder) if os.path.exists(os.path.join(folder, name, "ours.keras")))
    for name in places:
        keras.backend.clear_session()
        try:
            faults = judge_one(os.path.join(folder, name))
        except Exception:
            faults = [traceback.format_exc(limit=-3)]
        bad += bool(faults)
        for fault in faults[:6]:
            print(f"{name}: {fault}")
        with open(os.path.join(folder, name, "judged.json"), "w") as file:
            json.dump(faults, file)
    print(f"{len(places) - bad} of {len(places)} models are the same in Keras {keras.__version__}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["write", "judge"])
    parser.add_argument("folder")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if args.command == "write":
        write(args.folder, args.count, args.seed)
    else:
        judge(args.folder)


if __name__ == "__main__":
    main()
