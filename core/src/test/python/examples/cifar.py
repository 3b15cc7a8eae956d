"""A small network for photographs, with pictures that are changed at random and a falling learning rate."""

import keras
import tensorflow as tf
from keras import layers


def build(steps):
    model = keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.Rescaling(1 / 127.5, offset=-1),
            layers.Conv2D(32, 3, padding="same", use_bias=False),
            layers.BatchNormalization(momentum=0.9),
            layers.ReLU(),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, padding="same", activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(10),
        ]
    )
    rate = keras.optimizers.schedules.CosineDecay(0.05, steps)
    model.compile(
        keras.optimizers.SGD(rate, momentum=0.9, nesterov=True),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model


def augmented(x, y):
    change = keras.Sequential(
        [layers.RandomFlip("horizontal"), layers.RandomTranslation(0.1, 0.1)]
    )
    pictures = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x)).batch(32)
    return pictures.map(lambda x, y: (change(x, training=True), y))


if __name__ == "__main__":
    (x, y), test = keras.datasets.cifar10.load_data()  # labels are (n, 1)
    model = build(10 * len(x) // 32)
    model.fit(augmented(x, y), validation_data=test, epochs=10)
