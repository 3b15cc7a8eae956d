"""Writes what Keras's summary() prints of five models; run with Keras 3 and any back end: python make_summaries.py

Keras fits the table into the terminal's width; here it is that of 80 columns.
"""

import os

os.environ["COLUMNS"] = "80"

import keras
from keras import layers

HERE = os.path.dirname(os.path.abspath(__file__))


def mlp():
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Flatten(),
            layers.Dense(300, activation="relu"),
            layers.Dense(100, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ],
        name="mlp",
    )


def cnn():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Rescaling(1 / 255),
            layers.Conv2D(32, 3, activation="relu"),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Dropout(0.25),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ],
        name="mnist_cnn",
    )


def normalized():
    model = keras.Sequential(
        [
            keras.Input((16, 16, 3)),
            layers.ZeroPadding2D(1),
            layers.Conv2D(8, 3, strides=2, use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.AveragePooling2D(2),
            layers.GlobalAveragePooling2D(),
            layers.Dense(2),
        ],
        name="normalized",
    )
    model.layers[1].trainable = False
    return model


def heads():
    image = keras.Input((12, 12, 1), name="image")
    x = layers.Conv2D(4, 3, padding="same", activation="relu")(image)
    y = layers.Conv2D(4, 3, padding="same")(x)
    x = layers.Add()([x, y])
    x = layers.Flatten()(layers.MaxPooling2D()(x))
    hour = layers.Dense(12, activation="softmax", name="hour")(x)
    minute = layers.Dense(2, name="minute")(x)
    return keras.Model(image, [hour, minute], name="heads")


def shared():
    left = keras.Input((8,), name="left")
    right = keras.Input((8,), name="right")
    trunk = layers.Dense(4, name="trunk")
    inner = keras.Sequential([keras.Input((4,)), layers.Dense(3), layers.Dense(3)], name="inner")
    joined = layers.Concatenate()([inner(trunk(left)), trunk(right)])
    return keras.Model([left, right], layers.Dense(1)(joined), name="shared")


for make in (mlp, cnn, normalized, heads, shared):
    keras.backend.clear_session()
    model = make()
    lines = []
    model.summary(print_fn=lambda text, **_: lines.append(text))
    with open(os.path.join(HERE, "summary", model.name + ".txt"), "w") as file:
        file.write("\n".join(lines))
