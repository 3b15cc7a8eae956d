"""Writes folders.txt: pictures of folders as real Keras reads them.

    pip install keras==3.15.1 tensorflow-cpu==2.21.0
    KERAS_BACKEND=tensorflow GNOMON_DATA=<folder> python make_folders.py

The folder holds greek/ (grey pictures of 27 letters in three folders) and handwritten-digits/ (20 coloured pictures with
opacity in two folders). Of each set the first and the last picture in the order of the files are written, and all labels.
"""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.environ["GNOMON_DATA"]
lines = [f"# Keras {keras.__version__}, TensorFlow {tf.__version__}; written by make_folders.py"]


def put(key, value):
    value = np.asarray(value)
    sizes = ",".join(str(size) for size in value.shape)
    numbers = " ".join(str(np.float32(number)) for number in value.reshape(-1))
    lines.append(f"{key} | {sizes} | {numbers}")


def read(name, color_mode, label_mode, fit):
    pictures, labels = [], []
    for x, y in keras.utils.image_dataset_from_directory(
        os.path.join(DATA, name),
        label_mode=label_mode,
        color_mode=color_mode,
        image_size=(9, 7),
        batch_size=None,
        shuffle=False,
        crop_to_aspect_ratio=fit == "crop",
        pad_to_aspect_ratio=fit == "pad",
        verbose=False,
    ):
        pictures.append(np.asarray(x))
        labels.append(np.asarray(y))
    put(f"{name} {color_mode} {label_mode} {fit}", [pictures[0], pictures[-1]])
    put(f"{name} {color_mode} {label_mode} {fit} labels", labels)


read("greek", "grayscale", "int", "stretch")
read("greek", "rgb", "categorical", "crop")
read("handwritten-digits", "rgb", "binary", "stretch")
read("handwritten-digits", "rgba", "int", "crop")
read("greek", "grayscale", "int", "pad")
read("handwritten-digits", "rgb", "int", "pad")

with open(os.path.join(HERE, "folders.txt"), "w", encoding="utf-8") as file:
    file.write("\n".join(lines) + "\n")
