"""Training steps of real Keras, as an epoch of `fit` makes them on a batch that lies in memory.

    keras_peer.py BACKEND WORKLOAD --threads 2 --seconds 5 [--jit] [--steps-per-execution 50]
"""

import argparse
import os
import time

parser = argparse.ArgumentParser()
parser.add_argument("backend", choices=["tensorflow", "jax", "torch"])
parser.add_argument("workload")
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--seconds", type=float, default=5)
parser.add_argument("--jit", action="store_true", help="jit_compile=True; without it, what Keras does by itself on JAX, and no XLA on TensorFlow")
parser.add_argument("--steps-per-execution", type=int, default=1)
options = parser.parse_args()

os.environ["KERAS_BACKEND"] = options.backend
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["OMP_NUM_THREADS"] = str(options.threads)

import keras  # noqa: E402
from keras import layers  # noqa: E402

from workloads import SAMPLES, batch, tell  # noqa: E402

if options.backend == "tensorflow":
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
elif options.backend == "torch":
    import torch

    torch.set_num_threads(options.threads)


def conv(filters, size, padding="valid"):
    return layers.Conv2D(filters, size, padding=padding, activation="relu")


def network(workload):
    shape, classes, _ = SAMPLES[workload]
    dense = [layers.Dense(classes, activation="softmax")]
    return keras.Sequential([layers.Input(shape)] + {
        "mlp": lambda: [layers.Dense(300, activation="relu"), layers.Dense(100, activation="relu")],
        "mnist_cnn": lambda: [
            conv(32, 3), conv(64, 3), layers.MaxPooling2D(), layers.Dropout(0.25), layers.Flatten(),
            layers.Dense(128, activation="relu"), layers.Dropout(0.5)],
        "geron_cnn": lambda: [
            conv(64, 7, "same"), layers.MaxPooling2D(), conv(128, 3, "same"), conv(128, 3, "same"), layers.MaxPooling2D(),
            conv(256, 3, "same"), conv(256, 3, "same"), layers.MaxPooling2D(), layers.Flatten(),
            layers.Dense(128, activation="relu"), layers.Dropout(0.5), layers.Dense(64, activation="relu"),
            layers.Dropout(0.5)],
        "clock_cnn": lambda: [
            conv(32, 5), layers.MaxPooling2D(), conv(64, 3), layers.MaxPooling2D(), conv(128, 3), layers.MaxPooling2D(),
            layers.Flatten(), layers.Dense(256, activation="relu")],
    }[workload]() + dense)  # fmt: skip


class Times(keras.callbacks.Callback):
    def __init__(self, steps):
        super().__init__()
        self.steps, self.millis = steps, []

    def on_epoch_begin(self, epoch, logs=None):
        self.start = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.millis.append((time.perf_counter() - self.start) * 1e3 / self.steps)


x, y = batch(options.workload)
model = network(options.workload)
model.compile(
    optimizer="adam", loss="sparse_categorical_crossentropy", jit_compile=True if options.jit else ("auto" if options.backend == "jax" else False),
    steps_per_execution=options.steps_per_execution,
)  # fmt: skip


def fit(steps, epochs):
    times = Times(steps)
    if options.backend == "tensorflow":
        data = tf.data.Dataset.from_tensors((x, y)).repeat()
    else:

        def again():
            while True:
                yield x, y

        data = again()
    model.fit(data, steps_per_epoch=steps, epochs=epochs, verbose=0, callbacks=[times])
    return times.millis


unit = options.steps_per_execution
fit(unit, 1)
once = fit(2 * unit, 2)[-1]
steps = max(unit, round(options.seconds * 1e3 / 10 / once / unit) * unit)
tell(f"keras-{options.backend}", options.workload, fit(steps, 11)[1:], version=keras.__version__)
