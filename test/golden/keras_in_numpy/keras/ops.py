"""keras.ops over numpy arrays."""

import numpy as np

arange, where, maximum, sum, max, tanh, matmul = np.arange, np.where, np.maximum, np.sum, np.max, np.tanh, np.matmul
take_along_axis, concatenate, zeros_like, repeat, full = np.take_along_axis, np.concatenate, np.zeros_like, np.repeat, np.full
shape = np.shape
pad = np.pad


def cast(x, dtype):
    return np.asarray(x).astype(dtype)


def convert_to_tensor(x, dtype=None):
    return np.asarray(x, dtype)


def convert_to_numpy(x):
    return np.asarray(x)


def split(x, parts, axis=0):
    return np.split(x, parts, axis=axis)


def one_hot(x, classes):
    return np.eye(classes)[x]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)


def softmax(x, axis=-1):
    powers = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return powers / np.sum(powers, axis=axis, keepdims=True)
