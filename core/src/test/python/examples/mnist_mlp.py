"""A multilayer perceptron reads handwritten digits."""

import keras
from keras import layers


def build():
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Rescaling(1 / 255),
            layers.Flatten(),
            layers.Dense(512, activation="relu"),
            layers.Dropout(0.2),
            layers.Dense(512, activation="relu"),
            layers.Dropout(0.2),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def run(model, data, **fit):
    (x, y), test = data
    history = model.fit(x, y, validation_data=test, **fit)
    print(model.evaluate(*test, return_dict=True))
    return history.history


if __name__ == "__main__":
    run(build(), keras.datasets.mnist.load_data(), epochs=20, batch_size=128)
