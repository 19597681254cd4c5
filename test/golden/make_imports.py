"""Makes the models in imports/ with PyTorch: NAME.onnx, NAME.safetensors (the state_dict) and NAME.json with inputs and outputs. Needs PyTorch 1.13.

python3 test/golden/make_imports.py
"""

import json
import struct
import warnings
from pathlib import Path

import torch
from torch import nn

HERE = Path(__file__).parent / "imports"
warnings.simplefilter("ignore")


class TokensBothWays(nn.Module):
    """Two bidirectional LSTM layers over words; a class from the last layer's final states."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(7, 3)
        self.lstm = nn.LSTM(3, 4, num_layers=2, batch_first=True, bidirectional=True)
        self.classify = nn.Linear(8, 3)

    def forward(self, ids):
        _, (h, _) = self.lstm(self.embedding(ids))
        return torch.softmax(self.classify(torch.cat([h[-2], h[-1]], 1)), 1)


class LastStep(nn.Module):
    """Two GRU layers; numbers from the last step."""

    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(2, 4, num_layers=2, batch_first=True, dropout=0.2)
        self.out = nn.Linear(4, 2)

    def forward(self, x):
        y, _ = self.gru(x)
        return self.out(y[:, -1])


class StepsFirst(nn.Module):
    """A bidirectional RNN with time first; a share for each of two labels at every step."""

    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(2, 4, bidirectional=True, nonlinearity="relu")
        self.head = nn.Sequential(nn.Linear(8, 5), nn.ReLU(), nn.Linear(5, 2))

    def forward(self, x):
        y, _ = self.rnn(x)
        return torch.sigmoid(self.head(y))


class OneShare(nn.Module):
    """An LSTM whose final state says yes or no."""

    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(3, 5, batch_first=True)
        self.out = nn.Linear(5, 1)

    def forward(self, x):
        _, (h, _) = self.lstm(x)
        return torch.sigmoid(self.out(h[-1]))


class HandsOn(nn.Module):
    """An LSTM that starts from the final state of another over the same steps."""

    def __init__(self):
        super().__init__()
        self.first = nn.LSTM(2, 3, batch_first=True)
        self.second = nn.LSTM(2, 3, batch_first=True)
        self.out = nn.Linear(3, 2)

    def forward(self, x):
        _, state = self.first(x)
        y, _ = self.second(x, state)
        return torch.log_softmax(self.out(y), -1)


class Pooled(nn.Module):
    """Mean and largest over the steps beside each other, with a layer norm and an input led around a GRU."""

    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(4)
        self.gru = nn.GRU(4, 4, batch_first=True)
        self.out = nn.Linear(8, 3)

    def forward(self, x):
        y, _ = self.gru(self.norm(x))
        y = x + torch.tanh(y)
        return torch.softmax(self.out(torch.cat([y.mean(1), y.amax(1)], 1)), 1)


class FeedForward(nn.Module):
    """No recurrence: rows of numbers."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Linear(6, 1))

    def forward(self, x):
        return self.layers(x)


CASES = {
    "tokens-both-ways": (TokensBothWays, lambda: torch.randint(0, 7, (3, 5)), {0: "batch", 1: "steps"}, 14),
    "last-step": (LastStep, lambda: torch.randn(3, 5, 2), {0: "batch", 1: "steps"}, 14),
    "last-step-opset-11": (LastStep, lambda: torch.randn(3, 5, 2), None, 11),
    "steps-first": (StepsFirst, lambda: torch.randn(5, 3, 2), {0: "steps", 1: "batch"}, 13),
    "one-share": (OneShare, lambda: torch.randn(4, 6, 3), {0: "batch", 1: "steps"}, 12),
    "hands-on": (HandsOn, lambda: torch.randn(2, 7, 2), {0: "batch", 1: "steps"}, 14),
    "pooled": (Pooled, lambda: torch.randn(3, 4, 4), {0: "batch", 1: "steps"}, 17),
    "feed-forward": (FeedForward, lambda: torch.randn(5, 4), {0: "batch"}, 14),
}


def write_safetensors(path, arrays):
    header, parts, at = {"__metadata__": {"format": "pt"}}, [], 0
    for name, array in arrays.items():
        part = array.detach().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [at, at + len(part)]}
        parts.append(part)
        at += len(part)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


def make(name, kind, draw, axes, opset):
    torch.manual_seed(sum(map(ord, name)))
    model, x = kind().eval(), draw()
    with torch.no_grad():
        y = model(x)
    dynamic = None if axes is None else {"x": axes}
    torch.onnx.export(model, (x,), str(HERE / f"{name}.onnx"), input_names=["x"], output_names=["y"], dynamic_axes=dynamic, opset_version=opset)
    write_safetensors(HERE / f"{name}.safetensors", model.state_dict())
    about = {"about": kind.__doc__, "stepsFirst": kind is StepsFirst, "x": x.tolist(), "y": y.tolist()}
    (HERE / f"{name}.json").write_text(json.dumps(about) + "\n")


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for name, case in CASES.items():
        make(name, *case)
