"""Stops when validation no longer gets better, keeps the best model, writes a log."""

import keras
from keras import callbacks

import mnist_mlp


def run(model, data, folder, **fit):
    (x, y), _ = data
    told = [
        callbacks.ReduceLROnPlateau(factor=0.5, patience=2, min_lr=1e-5),
        callbacks.EarlyStopping(patience=4, restore_best_weights=True),
        callbacks.ModelCheckpoint(f"{folder}/best.keras", save_best_only=True),
        callbacks.CSVLogger(f"{folder}/log.csv"),
    ]
    history = model.fit(x, y, validation_split=0.2, callbacks=told, **fit)
    return history.history


if __name__ == "__main__":
    data = keras.datasets.mnist.load_data()
    run(mnist_mlp.build(), data, ".", epochs=100, batch_size=128)
