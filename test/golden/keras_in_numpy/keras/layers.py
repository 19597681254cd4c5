"""keras.layers: weights are made at the first call and set in the order of their making; a masked step keeps the states and repeats the output."""

import numpy as np

from . import ops

ACTIVATIONS = {None: lambda x: x, "tanh": np.tanh, "relu": ops.relu, "sigmoid": ops.sigmoid}


class Layer:
    built = False

    def __init__(self, trainable=True):
        self.trainable, self.weights = trainable, []

    def build(self, shape):
        pass

    def add_weight(self, shape, name):
        self.weights.append(np.zeros(shape))
        return self.weights[-1]

    def set_weights(self, arrays):
        if [each.shape for each in self.weights] != [np.shape(each) for each in arrays]:
            raise ValueError(f"weights of {[np.shape(each) for each in arrays]}, expected {[each.shape for each in self.weights]}")
        for own, given in zip(self.weights, arrays):
            own[...] = given

    def __call__(self, x, *rest, **named):
        if not self.built:
            self.build(np.shape(x))
            self.built = True
        return self.call(x, *rest, **named)


class Model(Layer):
    pass


class Dense(Layer):
    def __init__(self, units, activation=None):
        super().__init__()
        self.units, self.activation = units, ACTIVATIONS[activation]

    def build(self, shape):
        self.kernel, self.bias = self.add_weight((shape[-1], self.units), "kernel"), self.add_weight((self.units,), "bias")

    def call(self, x):
        return self.activation(x @ self.kernel + self.bias)


class Embedding(Layer):
    def __init__(self, rows, size, trainable=True):
        super().__init__(trainable)
        self.table = self.add_weight((rows, size), "embeddings")

    def call(self, ids):
        return self.table[ids]


class LayerNormalization(Layer):
    def __init__(self, epsilon=1e-3):
        super().__init__()
        self.epsilon = epsilon

    def build(self, shape):
        self.gamma, self.beta = self.add_weight((shape[-1],), "gamma"), self.add_weight((shape[-1],), "beta")

    def call(self, x):
        return (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + self.epsilon) * self.gamma + self.beta


class Dropout(Layer):
    def __init__(self, rate):
        super().__init__()

    def call(self, x, training=False):
        return x


class SimpleRNNCell(Layer):
    def __init__(self, units, activation):
        super().__init__()
        self.state_size, self.units, self.activation = [units], units, ACTIVATIONS[activation]

    def build(self, shape):
        self.kernel, self.recurrent = self.add_weight((shape[-1], self.units), "kernel"), self.add_weight((self.units, self.units), "recurrent")
        self.bias = self.add_weight((self.units,), "bias")

    def call(self, x, states):
        h = self.activation(x @ self.kernel + states[0] @ self.recurrent + self.bias)
        return h, [h]


class GRUCell(Layer):
    """Gates z, r, h: h_t = z * h + (1 - z) * candidate."""

    def __init__(self, units, reset_after=True):
        super().__init__()
        self.state_size, self.units, self.reset_after = [units], units, reset_after

    def build(self, shape):
        self.kernel, self.recurrent = self.add_weight((shape[-1], 3 * self.units), "kernel"), self.add_weight((self.units, 3 * self.units), "recurrent")
        self.bias = self.add_weight((2, 3 * self.units) if self.reset_after else (3 * self.units,), "bias")

    def call(self, x, states):
        (h,) = states
        of_input, of_state = (self.bias[0], self.bias[1]) if self.reset_after else (self.bias, 0)
        x_z, x_r, x_h = np.split(x @ self.kernel + of_input, 3, axis=-1)
        u_z, u_r, u_h = np.split(self.recurrent, 3, axis=-1)
        b_z, b_r, b_h = np.split(of_state, 3) if self.reset_after else (0, 0, 0)
        z, r = ops.sigmoid(x_z + h @ u_z + b_z), ops.sigmoid(x_r + h @ u_r + b_r)
        candidate = np.tanh(x_h + (r * (h @ u_h + b_h) if self.reset_after else (r * h) @ u_h))
        h = z * h + (1 - z) * candidate
        return h, [h]


class LSTMCell(Layer):
    """Gates i, f, c, o."""

    def __init__(self, units):
        super().__init__()
        self.state_size, self.units = [units, units], units

    def build(self, shape):
        self.kernel, self.recurrent = self.add_weight((shape[-1], 4 * self.units), "kernel"), self.add_weight((self.units, 4 * self.units), "recurrent")
        self.bias = self.add_weight((4 * self.units,), "bias")

    def call(self, x, states):
        h, c = states
        i, f, g, o = np.split(x @ self.kernel + h @ self.recurrent + self.bias, 4, axis=-1)
        c = ops.sigmoid(f) * c + ops.sigmoid(i) * np.tanh(g)
        h = ops.sigmoid(o) * np.tanh(c)
        return h, [h, c]


class RNN(Layer):
    def __init__(self, cell, return_sequences=False, return_state=False):
        super().__init__()
        if not (return_sequences and return_state):
            raise ValueError("generated models ask for both")
        self.cell = cell

    def set_weights(self, arrays):
        self.cell.set_weights(arrays)

    def call(self, x, mask=None, initial_state=None):
        states = [np.zeros((len(x), size)) for size in self.cell.state_size] if initial_state is None else list(initial_state)
        output, outputs = np.zeros((len(x), self.cell.state_size[0])), []
        for t in range(x.shape[1]):
            new, after = self.cell(x[:, t], states)
            on = np.ones((len(x), 1), bool) if mask is None else mask[:, t, None]
            output, states = np.where(on, new, output), [np.where(on, a, b) for a, b in zip(after, states)]
            outputs.append(output)
        return [np.stack(outputs, axis=1), *states]


def SimpleRNN(units, activation="tanh", **options):
    return RNN(SimpleRNNCell(units, activation), **options)


def GRU(units, reset_after=True, **options):
    return RNN(GRUCell(units, reset_after), **options)


def LSTM(units, **options):
    return RNN(LSTMCell(units), **options)
