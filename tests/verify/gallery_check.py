"""Builds the gallery's networks in the real Keras, and those that Keras has itself beside its own.

Reads FOLDER/NAME.json for each network and writes FOLDER/answers.json: counts and shapes of every layer and, where
Keras has the same network among its applications, by how much the two differ on an image with the same weights,
as a share of the largest value.

usage: KERAS_BACKEND=tensorflow gallery_check.py FOLDER
"""

import json
import os
import pathlib
import sys
import zlib

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import keras
import numpy as np

APPLICATIONS = {
    "inception-v3": "InceptionV3",
    "xception": "Xception",
    "resnet-50": "ResNet50",
    "resnet-101": "ResNet101",
    "resnet-152": "ResNet152",
    "resnet-50-v2": "ResNet50V2",
    "densenet-121": "DenseNet121",
    "mobilenet-v1": "MobileNet",
    "mobilenet-v2": "MobileNetV2",
    "efficientnet-b0": "EfficientNetB0",
}


def count(weights):
    return int(sum(np.prod(weight.shape) for weight in weights))


def rows(model):
    return [
        [layer.name, [None if side is None else int(side) for side in keras.tree.flatten(layer.output)[0].shape], count(layer.weights), count(layer.trainable_weights)]
        for layer in model.layers
    ]


def value_of(layer, variable):
    """The same for weights of one kind, name and shape: so no layer has to be told from another."""
    shape = tuple(variable.shape)
    random = np.random.default_rng(zlib.crc32(f"{type(layer).__name__} {variable.name} {shape}".encode()))
    if variable.name == "count":
        return np.asarray(variable)
    if "variance" in variable.name or "gamma" in variable.name:
        return random.uniform(0.7, 1.3, shape)
    if len(shape) < 2:
        return random.normal(0, 0.05, shape)
    fan = np.prod(shape[:2] if "depthwise" in type(layer).__name__.lower() else shape[:-1])
    return random.normal(0, np.sqrt(2 / fan), shape)


def layers_of(model):
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from layers_of(layer)
        else:
            yield layer


def output(model, image):
    for layer in layers_of(model):
        for variable in layer.weights:
            variable.assign(value_of(layer, variable))
    return np.asarray(keras.tree.flatten(model([image], training=False))[0]).ravel()


def logits(config):
    """Without the last softmax, so that no difference is squeezed away."""
    for layer in config["config"]["layers"]:
        if layer["config"].get("activation") == "softmax":
            layer["config"]["activation"] = "linear"
    return config


def distance(name, config):
    theirs = getattr(keras.applications, APPLICATIONS[name])(weights=None, classifier_activation=None)
    ours = keras.models.model_from_json(json.dumps(logits(config)))
    image = np.random.default_rng(1).uniform(0, 1, (1, *theirs.input_shape[1:])).astype("float32")
    [a, b] = [output(model, image) for model in (theirs, ours)]
    return float(np.abs(a - b).max() / np.abs(a).max())


folder = pathlib.Path(sys.argv[1])
answers = {}
for file in sorted(folder.glob("*.json")):
    text = file.read_text()
    model = keras.models.model_from_json(text)
    answers[file.stem] = {"parameters": count(model.weights), "trainable": count(model.trainable_weights), "layers": rows(model)}
    if file.stem in APPLICATIONS:
        answers[file.stem]["distance"] = distance(file.stem, json.loads(text))
    keras.backend.clear_session()
(folder / "answers.json").write_text(json.dumps(answers))
