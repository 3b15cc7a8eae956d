"""Runs the Python programs of docs/python-and-java.md in real Keras, for comparison with the Java ones.

    python keras_examples.py FOLDER

FOLDER holds `x.npy`, `y.npy`, `xt.npy`, `yt.npy` (digits to train on and to test with), `xc.npy`, `yc.npy` (colour
pictures), `java.keras`, a model that Java has begun to train, and `own_java.keras`, one with own parts. Each program's first weights go into
`NAME.weights.h5`, what it said into `results.json`, its predictions into `NAME.npy`. Dropout and shuffling are off, for
no two libraries draw the same random numbers; `free.json` has the accuracies of runs with both.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "examples"))

import keras  # noqa: E402
import numpy as np  # noqa: E402

import cifar  # noqa: E402
import embeddings  # noqa: E402
import mnist_cnn  # noqa: E402
import mnist_mlp  # noqa: E402
import own_loop  # noqa: E402
import own_parts  # noqa: E402
import stop_and_save  # noqa: E402
import train_on  # noqa: E402
import two_heads  # noqa: E402
import weighted  # noqa: E402

FIXED = {"shuffle": False, "verbose": 0}


def load(folder, name):
    return np.load(os.path.join(folder, name + ".npy"))


def without_dropout(model):
    for layer in model.layers:
        if isinstance(layer, keras.layers.Dropout):
            layer.rate = 0.0
    return model


class Runs:
    """Runs programs and keeps what they say."""

    def __init__(self, folder):
        self.folder = folder
        self.results = {}
        self.test = load(folder, "xt")

    def run(self, name, model, body, x=None):
        without_dropout(model).save_weights(os.path.join(self.folder, name + ".weights.h5"))
        self.results[name] = body(model)
        self.predict(name, model, x)

    def predict(self, name, model, x=None):
        found = model.predict(self.test if x is None else x, verbose=0)
        for i, each in enumerate(found if isinstance(found, list) else [found]):
            np.save(os.path.join(self.folder, f"{name}{i}.npy"), each)


def accuracy(model, x, y):
    return float(model.evaluate(x, y, verbose=0, return_dict=True)["accuracy"])


def main(folder):
    keras.utils.set_random_seed(1)
    data = (load(folder, "x"), load(folder, "y")), (load(folder, "xt"), load(folder, "yt"))
    xc, yc = load(folder, "xc"), load(folder, "yc")
    runs = Runs(folder)
    batches = {"epochs": 3, "batch_size": 64, **FIXED}

    runs.run("mnist_mlp", mnist_mlp.build(), lambda m: mnist_mlp.run(m, data, **batches))
    runs.run("mnist_cnn", mnist_cnn.build(), lambda m: mnist_cnn.run(m, data, **batches))
    # Keras on TensorFlow counts a last, smaller batch as much as the others in the losses of outputs: so there is none.
    even = {**batches, "batch_size": 60}
    runs.run("two_heads", two_heads.build(), lambda m: two_heads.run(m, data, **even))
    model = own_parts.build()
    runs.run("own_parts", model, lambda m: own_parts.run(m, data, **batches))
    model.save(os.path.join(folder, "own_parts.keras"))
    own_java = keras.models.load_model(os.path.join(folder, "own_java.keras"))
    runs.results["own_java"] = own_parts.run(own_java, data, **batches)
    runs.run("own_loop", own_loop.build(), lambda m: {"loss": own_loop.run(m, data, 3)})

    def weigh(m):
        short, made = weighted.run(m, data, **FIXED)
        return {key: short[key] + made[key] for key in short}

    runs.run("weighted", weighted.build(), weigh)
    runs.run("cifar", cifar.build(30), lambda m: m.fit(xc, yc, epochs=3, **FIXED).history, xc)

    stopping = {"epochs": 60, "batch_size": 64, **FIXED}
    model = own_loop.build()
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy", metrics=["accuracy"])
    runs.run("stop_and_save", model, lambda m: stop_and_save.run(m, data, folder, **stopping))

    runs.results["train_on"] = train_on.go_on(os.path.join(folder, "java.keras"), data, **batches)
    file = os.path.join(folder, "python.keras")
    train_on.begin(without_dropout(mnist_mlp.build()), data, file, **batches)
    digits = keras.models.load_model(file)
    runs.results["train_on_python"] = digits.fit(*data[0], **batches).history

    embed = embeddings.embedder(keras.models.load_model(file), digits.layers[-3].name)
    runs.results["nearest"] = {"rows": [float(i) for i in embeddings.nearest(embed, data[1][0], 0)]}
    model = embeddings.with_new_head(embed)
    model.save(os.path.join(folder, "embeddings.keras"))
    runs.run("embeddings", model, lambda m: embeddings.run(m, data, **batches))

    with open(os.path.join(folder, "results.json"), "w") as out:
        json.dump({k: {n: [float(v) for v in vs] for n, vs in r.items()} for k, r in runs.results.items()}, out)
    free(folder, data, xc, yc)


def free(folder, data, xc, yc):
    """With dropout, shuffling and augmentation."""
    found = {}
    for name, program in [("mnist_mlp", mnist_mlp), ("mnist_cnn", mnist_cnn)]:
        model = program.build()
        program.run(model, data, epochs=8, batch_size=64, verbose=0)
        found[name] = accuracy(model, *data[1])
    model = cifar.build(200)
    model.fit(cifar.augmented(xc, yc), epochs=10, verbose=0)
    found["cifar"] = accuracy(model, xc, yc)
    with open(os.path.join(folder, "free.json"), "w") as out:
        json.dump(found, out)


if __name__ == "__main__":
    main(sys.argv[1])
