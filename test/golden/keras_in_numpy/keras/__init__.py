"""A second implementation, in numpy and float64, of the parts of Keras 3 that generated models use, from the equations in its documentation
(keras.io/api). It is an oracle for tests, not Keras: where Keras itself is installed, the generated verify.py runs on it."""

from . import layers, ops
from .layers import Model

__version__ = "3 (equations in numpy)"
