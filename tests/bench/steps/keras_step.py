"""Times training steps of Keras models in TensorFlow: forwards, backwards, Adam, and the loss read back.

Reads a list of models as Keras JSON, each with the shape of its batch, and prints one line: the median of each in
milliseconds. The step is compiled as one function, which is as fast as TensorFlow gets.

usage: keras_step.py MODELS.json THREADS
"""

import json
import os
import sys
import time

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf

FIRST, STEPS, MOST_TIME = 5, 60, 6.0


def median(case):
    keras.utils.clear_session(free_memory=False)
    model = keras.models.model_from_json(json.dumps(case["model"]))
    optimizer = keras.optimizers.Adam(0.001)
    optimizer.build(model.trainable_variables)
    shape = case["shape"]
    x = tf.constant(((np.arange(np.prod(shape)) * 7919) % 256 / 255).reshape(shape), "float32")
    labels = tf.constant(np.arange(shape[0]) % 10, "int32")

    @tf.function
    def step(x, labels):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(labels, model(x, training=True)))
        optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
        return loss

    times, began = [], time.perf_counter()
    for count in range(FIRST + STEPS):
        start = time.perf_counter()
        loss = float(step(x, labels))
        assert np.isfinite(loss), loss
        times.append(time.perf_counter() - start)
        if count > FIRST + 1 and time.perf_counter() - began > MOST_TIME:
            break
    warm = sorted(times[FIRST:])
    return warm[len(warm) // 2] * 1000


def main(models, threads):
    tf.config.threading.set_intra_op_parallelism_threads(int(threads))
    tf.config.threading.set_inter_op_parallelism_threads(1)
    with open(models, encoding="utf-8") as file:
        cases = json.load(file)
    print(json.dumps([median(case) for case in cases]))


main(*sys.argv[1:])
