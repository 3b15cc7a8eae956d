"""What a trained network sees: its inner vectors, and a new head upon its frozen layers."""

import keras
import numpy as np
from keras import layers


def embedder(model, layer):
    return keras.Model(model.inputs, model.get_layer(layer).output)


def nearest(embed, x, picture):
    vectors = embed.predict(x)
    distances = np.sum((vectors - vectors[picture]) ** 2, axis=1)
    return np.argsort(distances, kind="stable")[1:6]


def with_new_head(embed):
    embed.trainable = False
    model = keras.Sequential([embed, layers.Dense(1, activation="sigmoid")])
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    return model


def run(model, data, **fit):
    (x, y), _ = data
    return model.fit(x, y % 2, **fit).history


if __name__ == "__main__":
    data = keras.datasets.mnist.load_data()
    embed = embedder(keras.models.load_model("digits.keras"), "dense_1")
    print(nearest(embed, data[1][0], 0))
    print(run(with_new_head(embed), data, epochs=2))
