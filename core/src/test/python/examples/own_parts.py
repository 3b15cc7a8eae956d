"""A layer, a loss and a metric of one's own, saved and loaded."""

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable("examples")
class Scale(layers.Layer):
    def __init__(self, first=1.0, **kwargs):
        super().__init__(**kwargs)
        self.first = first

    def build(self, shape):
        first = keras.initializers.Constant(self.first)
        self.scale = self.add_weight(shape=(shape[-1],), initializer=first, name="scale")

    def call(self, x):
        return x * self.scale

    def get_config(self):
        return {**super().get_config(), "first": self.first}


@keras.saving.register_keras_serializable()
def smooth(truth, prediction):
    return ops.mean(ops.sqrt(ops.square(prediction - truth) + 0.01), axis=-1)


@keras.saving.register_keras_serializable()
def close(truth, prediction):
    return ops.mean(ops.cast(ops.abs(prediction - truth) < 0.5, "float32"), axis=-1)


def build():
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Rescaling(1 / 255),
            layers.Flatten(),
            layers.Dense(32, activation="relu"),
            Scale(0.5),
            layers.Dense(1),
        ]
    )
    model.compile(keras.optimizers.SGD(0.01), smooth, metrics=[close])
    return model


def run(model, data, **fit):
    (x, y), _ = data
    return model.fit(x, y.astype("float32").reshape(-1, 1), **fit).history


if __name__ == "__main__":
    model = build()
    print(run(model, keras.datasets.mnist.load_data(), epochs=5))
    model.save("own.keras")
    print(keras.models.load_model("own.keras").layers)
