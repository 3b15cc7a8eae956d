"""Writes callbacks.txt: what Keras's callbacks decide for given figures. Run: python make_callbacks.py

Needs keras (made with 3.15.1) and any back end. Each line: key | sizes | values.
"""

import os
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras  # noqa: E402

SEQUENCES = {
    "falls": [1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3],
    "turns": [1.0, 0.6, 0.5, 0.55, 0.52, 0.51, 0.7, 0.4, 0.8, 0.9],
    "first": [0.2, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3],
    "small": [1.0, 0.9999, 0.9998, 0.9997, 0.98, 0.9799, 0.97985, 0.97, 0.97, 0.97, 0.97, 0.96],
    "flat": [0.5] * 12,
}
STOPPING = {
    "plain": dict(),
    "patience": dict(patience=2),
    "delta": dict(patience=2, min_delta=0.01),
    "rising": dict(patience=1, mode="max"),
    "baseline": dict(patience=3, baseline=0.55),
    "late": dict(patience=1, start_from_epoch=3),
    "delta_rising": dict(patience=2, min_delta=0.05, mode="max"),
}
PLATEAU = {
    "patience": dict(patience=2),
    "none": dict(patience=0, factor=0.5),
    "cooldown": dict(patience=1, cooldown=2, factor=0.5),
    "least": dict(patience=1, factor=0.1, min_lr=0.003),
    "delta": dict(patience=2, min_delta=0.02, factor=0.2),
    "rising": dict(patience=1, mode="max", factor=0.3),
}
CHECKPOINT = {"falling": dict(mode="min"), "rising": dict(mode="max"), "threshold": dict(mode="min", initial_value_threshold=0.52)}


def model():
    made = keras.Sequential([keras.layers.Input((1,)), keras.layers.Dense(1)])
    made.compile(keras.optimizers.SGD(0.1), "mse")
    return made


def line(key, values):
    return f"{key} | {len(values)} | {' '.join(repr(float(v)) for v in values)}"


def main(out):
    lines = [f"# keras {keras.__version__}: make_callbacks.py"]
    for name, figures in SEQUENCES.items():
        lines.append(line(f"figures/{name}", figures))
        for options, settings in STOPPING.items():
            settings = {"mode": "min", **settings}
            callback = keras.callbacks.EarlyStopping(monitor="scripted", restore_best_weights=True, **settings)
            trained = model()
            callback.set_model(trained)
            trained.stop_training = False
            callback.on_train_begin()
            done = 0
            for epoch, value in enumerate(figures):
                callback.on_epoch_end(epoch, {"scripted": value})
                done += 1
                if trained.stop_training:
                    break
            best = callback.best_epoch if callback.best_weights is not None else -1
            lines.append(line(f"stopping/{options}/{name}", [done, best]))
        for options, settings in PLATEAU.items():
            settings = {"mode": "min", **settings}
            callback = keras.callbacks.ReduceLROnPlateau(monitor="scripted", **settings)
            trained = model()
            callback.set_model(trained)
            callback.on_train_begin()
            rates = []
            for epoch, value in enumerate(figures):
                callback.on_epoch_end(epoch, {"scripted": value})
                rates.append(float(trained.optimizer.learning_rate))
            lines.append(line(f"plateau/{options}/{name}", rates))
        for options, settings in CHECKPOINT.items():
            callback = keras.callbacks.ModelCheckpoint("x.keras", monitor="scripted", save_best_only=True, **settings)
            trained = model()
            saved = []
            trained.save = lambda *_, **__: saved.append(1)
            callback.set_model(trained)
            counts = []
            for epoch, value in enumerate(figures):
                callback.on_epoch_end(epoch, {"scripted": value})
                counts.append(len(saved))
            lines.append(line(f"checkpoint/{options}/{name}", counts))
    with open(out, "w") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "callbacks.txt")
