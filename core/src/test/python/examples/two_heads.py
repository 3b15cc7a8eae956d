"""One trunk, two heads: which digit it is, and whether it is odd."""

import keras
from keras import layers


def build():
    image = keras.Input((28, 28), name="image")
    x = layers.Rescaling(1 / 255)(image)
    x = layers.Flatten()(x)
    x = layers.Dense(64, activation="relu")(x)
    digit = layers.Dense(10, activation="softmax", name="digit")(x)
    odd = layers.Dense(1, activation="sigmoid", name="odd")(x)
    model = keras.Model(image, [digit, odd])
    model.compile(
        optimizer=keras.optimizers.Adam(0.001),
        loss={"digit": "sparse_categorical_crossentropy", "odd": "binary_crossentropy"},
        loss_weights={"digit": 1, "odd": 0.5},
        metrics={"digit": "accuracy", "odd": "accuracy"},
    )
    return model


def run(model, data, **fit):
    (x, y), _ = data
    return model.fit(x, {"digit": y, "odd": y % 2}, **fit).history


if __name__ == "__main__":
    print(run(build(), keras.datasets.mnist.load_data(), epochs=5))
