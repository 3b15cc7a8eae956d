"""Weights of classes and of samples, short epochs, and batches that are made on demand."""

import keras
import numpy as np

import own_loop


def build():
    model = own_loop.build()
    optimizer = keras.optimizers.SGD(0.05)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


class Negatives(keras.utils.PyDataset):
    """Digits, black on white; those that come late count less."""

    def __init__(self, x, y, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y = x, y

    def __len__(self):
        return len(self.x) // 50

    def __getitem__(self, index):
        rows = slice(50 * index, 50 * index + 50)
        weight = np.full(50, 1 / (1 + index), "float32")
        return 255 - self.x[rows], self.y[rows], weight


def run(model, data, **fit):
    (x, y), _ = data
    weights = {0: 2.0, 9: 0.5}
    steps = {"batch_size": 30, "steps_per_epoch": 5}  # without a size five batches would be the whole set
    short = model.fit(x, y, class_weight=weights, epochs=6, **steps, **fit)
    made = model.fit(Negatives(x, y), epochs=2, **fit)
    return short.history, made.history


if __name__ == "__main__":
    print(run(build(), keras.datasets.mnist.load_data()))
