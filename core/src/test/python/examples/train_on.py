"""Saves a model, loads it, and trains on where it stopped."""

import keras

import mnist_mlp


def begin(model, data, file, **fit):
    (x, y), _ = data
    model.fit(x, y, **fit)
    model.save(file)


def go_on(file, data, **fit):
    (x, y), _ = data
    model = keras.models.load_model(file)
    history = model.fit(x, y, **fit)
    model.save_weights(file.replace(".keras", ".weights.h5"))
    return history.history


if __name__ == "__main__":
    data = keras.datasets.mnist.load_data()
    begin(mnist_mlp.build(), data, "digits.keras", epochs=2)
    print(go_on("digits.keras", data, epochs=2))
