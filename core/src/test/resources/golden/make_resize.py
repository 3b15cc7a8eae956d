"""Writes resize.txt: pictures resized by real Keras.

    pip install keras==3.15.1 tensorflow-cpu==2.21.0
    KERAS_BACKEND=tensorflow python make_resize.py

Each line: key | sizes of the axes | values in row order. The key of a result: from-height x from-width x channels, to-height x
to-width, interpolation, fit. Padding is done with 9.
"""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf
from keras import layers

HERE = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(7)
lines = [f"# Keras {keras.__version__}, TensorFlow {tf.__version__}; written by make_resize.py"]


def put(key, value):
    value = np.asarray(value)
    sizes = ",".join(str(size) for size in value.shape)
    numbers = " ".join(str(np.float32(number)) for number in value.reshape(-1))
    lines.append(f"{key} | {sizes} | {numbers}")


def shape(height, width, channels, results):
    name = f"{height}x{width}x{channels}"
    picture = random.integers(0, 256, (height, width, channels)).astype("float32")
    put(name, picture)
    for to_height, to_width, fits in results:
        for interpolation in ("bilinear", "nearest", "bicubic", "area"):
            for fit in fits:
                if interpolation == "area" and fit != "stretch":
                    continue
                layer = layers.Resizing(
                    to_height,
                    to_width,
                    interpolation=interpolation if interpolation != "area" else "bilinear",
                    crop_to_aspect_ratio=fit == "crop",
                    pad_to_aspect_ratio=fit == "pad",
                    fill_value=9.0,
                )
                if interpolation == "area":
                    result = tf.image.resize(picture[None], (to_height, to_width), method="area")
                else:
                    result = layer(picture[None])
                put(f"{name} {to_height}x{to_width} {interpolation} {fit}", np.asarray(result)[0])


def spans(height, width, channels, results):
    name = f"{height}x{width}x{channels}-again"
    picture = random.integers(0, 256, (height, width, channels)).astype("float32")
    put(name, picture)
    for to_height, to_width in results:
        for method in ("lanczos3", "lanczos5", "gaussian", "mitchellcubic"):
            result = tf.image.resize(picture, (to_height, to_width), method=method)
            key = "mitchell_cubic" if method == "mitchellcubic" else method
            put(f"{name} {to_height}x{to_width} {key} stretch", result)


shape(7, 5, 3, [(3, 4, ["stretch", "crop", "pad"]), (11, 9, ["stretch", "crop", "pad"])])
shape(13, 29, 1, [(8, 8, ["stretch", "crop", "pad"]), (28, 28, ["stretch", "crop"])])
shape(1, 1, 1, [(3, 3, ["stretch"])])
shape(8, 8, 1, [(8, 8, ["stretch"]), (4, 4, ["stretch"]), (16, 16, ["stretch"])])
spans(7, 5, 3, [(3, 4), (11, 9), (20, 2)])

with open(os.path.join(HERE, "resize.txt"), "w", encoding="utf-8") as file:
    file.write("\n".join(lines) + "\n")
