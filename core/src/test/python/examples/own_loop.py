"""A training loop of one's own."""

import keras
import tensorflow as tf
from keras import layers


def build():
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Rescaling(1 / 255),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )


def run(model, data, epochs):
    (x, y), _ = data
    optimizer = keras.optimizers.SGD(0.05, momentum=0.9)
    loss_of = keras.losses.SparseCategoricalCrossentropy()
    losses = []

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_of(y, model(x, training=True))
        weights = model.trainable_variables
        optimizer.apply(tape.gradient(loss, weights), weights)
        return loss

    for _ in range(epochs):
        for batch in tf.data.Dataset.from_tensor_slices((x, y)).batch(64):
            losses.append(float(step(*batch)))
    return losses


if __name__ == "__main__":
    print(run(build(), keras.datasets.mnist.load_data(), epochs=1)[-1])
