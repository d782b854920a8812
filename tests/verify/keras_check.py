"""Builds models in the real Keras from the product's JSON, gives them the product's weights, and writes what they compute.

Reads a list of cases and writes one answer for each: shapes and counts of every layer, outputs, and the
gradient of the sum of all outputs, weighed by given numbers, with respect to every trainable weight.

usage: KERAS_BACKEND=tensorflow|jax keras_check.py CASES.json ANSWERS.json
"""

import json
import os
import sys
import traceback

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import keras
import numpy as np


def shape_of(tensor):
    return [None if size is None else int(size) for size in tensor.shape]


def count(weights):
    return int(sum(np.prod(weight.shape) for weight in weights))


def describe(layer):
    outputs = keras.tree.flatten(layer.output)
    return {
        "name": layer.name,
        "outputs": [shape_of(output) for output in outputs],
        "parameters": count(layer.weights),
        "trainable": count(layer.trainable_weights),
        "weights": [[weight.path.split("/")[-1], list(map(int, weight.shape))] for weight in layer.weights],
    }


def plain(tensor):
    """Its values as JSON can hold them: one that is not finite as a word, which equals no number."""
    values = np.asarray(tensor, dtype="float64").ravel()
    return [value if np.isfinite(value) else str(value) for value in values.tolist()]


def answer(case):
    keras.utils.clear_session(free_memory=False)
    model = keras.models.model_from_json(json.dumps(case["model"]))
    layers = [describe(layer) for layer in model.layers]
    if "weights" not in case:
        return {"layers": layers}
    for name, values in case["weights"].items():
        layer = model.get_layer(name)
        if len(layer.weights) != len(values):
            raise ValueError(f"{name}: Keras has {len(layer.weights)} weights, given are {len(values)}")
        for weight, value in zip(layer.weights, values):
            if list(map(int, weight.shape)) != value["shape"]:
                raise ValueError(f"{name}: Keras has {weight.path} {weight.shape}, given is {value['name']} {value['shape']}")
            weight.assign(np.array(value["data"], dtype="float32").reshape(value["shape"]))
        # What Normalization computes with is made of its weights when they are loaded.
        for maker in (layer, getattr(layer, "layer", None)):
            if hasattr(maker, "finalize_state"):
                maker.finalize_state()
    inputs = [
        np.array(given["data"]).reshape(given["shape"]).astype(tensor.dtype)
        for given, tensor in zip(case["inputs"], model.inputs)
    ]
    weigh = [np.array(weights, dtype="float32") for weights in case["weigh"]]
    compute = in_jax if keras.backend.backend() == "jax" else in_tensorflow
    outputs, gradients = compute(model, inputs if len(inputs) > 1 else inputs[0], weigh)
    names = {id(weight): f"{layer.name}#{at}" for layer in model.layers for at, weight in enumerate(layer.weights)}
    return {
        "layers": layers,
        "outputs": [plain(output) for output in outputs],
        "gradients": {
            names[id(variable)]: None if gradient is None else plain(gradient)
            for variable, gradient in zip(model.trainable_variables, gradients)
        },
    }


def in_tensorflow(model, inputs, weigh):
    import tensorflow as tf

    inputs = keras.tree.map_structure(tf.constant, inputs)
    variables = [variable.value for variable in model.trainable_variables]

    def compute():
        with tf.GradientTape() as tape:
            outputs = keras.tree.flatten(model(inputs, training=False))
            score = sum(
                tf.reduce_sum(tf.reshape(tf.cast(output, "float32"), [-1]) * weights)
                for output, weights in zip(outputs, weigh)
            )
        gradients = tape.gradient(score, variables)
        return outputs, [None if gradient is None else tf.convert_to_tensor(gradient) for gradient in gradients]

    # Where the stride is larger than the kernel, the CPU's own convolution over a volume misplaces its windows.
    volume = any(isinstance(layer, (keras.layers.Conv3D, keras.layers.Conv3DTranspose)) for layer in model.layers)
    compiled = tf.function(compute, jit_compile=True)
    try:
        return compiled() if volume else compute()
    except (tf.errors.UnimplementedError, tf.errors.InvalidArgumentError):
        # Some kernels, such as convolutions with channels first, the CPU has only when compiled.
        return compiled()


def in_jax(model, inputs, weigh):
    import jax

    fixed = [variable.value for variable in model.non_trainable_variables]

    def score(trained):
        outputs, _ = model.stateless_call(trained, fixed, inputs, training=False)
        outputs = keras.tree.flatten(outputs)
        total = sum((output.ravel().astype("float32") * weights).sum() for output, weights in zip(outputs, weigh))
        return total, outputs

    trained = [variable.value for variable in model.trainable_variables]
    (_, outputs), gradients = jax.value_and_grad(score, has_aux=True)(trained)
    return outputs, gradients


def main():
    with open(sys.argv[1], encoding="utf8") as file:
        cases = json.load(file)
    answers = []
    for case in cases:
        try:
            answers.append(answer(case))
        except Exception as error:  # What a model does to Keras is the question; the answer may be an error.
            answers.append({"error": f"{type(error).__name__}: {error}"[:2000], "trace": traceback.format_exc()[-3000:]})
    with open(sys.argv[2], "w", encoding="utf8") as file:
        json.dump({"keras": keras.__version__, "answers": answers}, file)


main()
