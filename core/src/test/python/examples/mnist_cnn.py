"""A convolutional network reads handwritten digits."""

import keras
from keras import layers


def build():
    model = keras.Sequential(
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
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def run(model, data, **fit):
    (x, y), test = data
    history = model.fit(x, y, validation_split=0.1, **fit)
    print(model.evaluate(*test, return_dict=True))
    return history.history


if __name__ == "__main__":
    model = build()
    model.summary()
    run(model, keras.datasets.mnist.load_data(), epochs=12, batch_size=128)
