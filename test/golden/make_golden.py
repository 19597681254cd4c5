"""Writes test/golden/*.json: forward values, loss, every gradient and ten training losses from PyTorch in float64 (`npm run golden`).

Needs PyTorch 1.13 or later (Debian: python3-torch). Where PyTorch has the cell itself, the numbers come from it and are compared here with
the same cell written out by hand; where it has not (sigmoid RNN, GRU with reset before, LSTM with peephole or coupled gates), they come from the hand-written cell.
"""

import json
import os
import random
import sys
from pathlib import Path

sys.dont_write_bytecode = True

try:
    import torch
except ModuleNotFoundError:
    SYSTEM = "/usr/bin/python3"
    if os.path.realpath(sys.executable) == os.path.realpath(SYSTEM) or not os.path.exists(SYSTEM):
        sys.exit("make_golden.py needs PyTorch: install it for this Python, or Debian's python3-torch.")
    os.execv(SYSTEM, [SYSTEM, *sys.argv])

from golden_cases import all_cases, fraction
from golden_network import Network, Weights
from golden_shapes import Shapes

HERE = Path(__file__).parent
DIGITS = 9
STEPS = 10


def main():
    for old in HERE.glob("*.json"):
        old.unlink()
    for case in all_cases():
        (HERE / f"{case['name']}.json").write_text(written(golden(case)))
    print(f"{len(list(HERE.glob('*.json')))} files in {HERE}")


def golden(case):
    project, signature, batch = case["project"], case["signature"], case["batch"]
    shapes, frozen = Shapes(project, signature).run()
    values = {name: starting_values(f"{case['name']} {name}", shape) for name, shape in shapes.items()}
    model = Model(project, signature, batch, values, frozen)

    separate = Weights(values, frozen, separate=True)
    by_hand, network = model.backward(separate, library=False, last_only=False)
    weights = Weights(values, frozen, separate=False)
    answer, library = model.backward(weights, library=True, last_only=False)
    agree(case["name"], model.valid(answer), model.valid(by_hand))
    for name in shapes:
        if name not in frozen:
            agree(f"{case['name']} {name}", weights.gradient(name), separate.gradient(name))

    result = {
        "name": case["name"],
        "about": case["about"],
        "oracle": f"PyTorch {torch.__version__}: {'; '.join(library.called) or 'autograd through hand-written steps'}",
        "project": project,
        "signature": signature,
        "batch": batch,
        "parameters": {name: {"shape": shapes[name], "trainable": name not in frozen, "data": values[name]} for name in shapes},
        "outputs": model.outputs(answer),
        "loss": model.loss(answer, False),
        "gradients": {name: weights.gradient(name) for name in shapes if name not in frozen},
        "gradientNorm": gradient_norms(network),
    }
    if signature["output"]["perStep"]:
        _, last = model.backward(Weights(values, frozen, separate=True), library=False, last_only=True)
        result["flowFromLast"] = gradient_norms(last)
    if case["copies"]:
        result["copyGradient"] = copy_gradients(separate, [name for name in shapes if name not in frozen], model.steps)
    result["training"] = list(trainings(model, case["clip"], values, frozen, model.steps, separate))
    return result


def starting_values(seed, shape):
    """Multiples of 1/256 within 0.75: exact in float32, few digits."""
    source = random.Random(seed)
    size = 1
    for each in shape:
        size *= each
    numbers = [0.75 * fraction(source, 1, 64) for _ in range(size)]
    return torch.tensor(numbers, dtype=torch.float64).reshape(shape)


class Model:
    def __init__(self, project, signature, batch, values, frozen):
        self.project = project
        self.signature = signature
        self.head = next(node for node in project["graph"]["nodes"] if node["kind"].endswith("head"))
        self.lengths = batch["lengths"]
        self.per_step = signature["output"]["perStep"]
        self.classes = signature["output"]["kind"] == "classes"
        own = "ownSteps" in signature["output"]
        self.target_lengths = [len(row) for row in batch["targets"]] if own else self.lengths
        steps = self.steps = max(*self.lengths, *self.target_lengths)
        if "tokens" in batch:
            self.inputs = torch.tensor([row + [0] * (steps - len(row)) for row in batch["tokens"]])
        elif "vectors" in batch:
            self.inputs = torch.tensor(batch["vectors"], dtype=torch.float64)
        else:
            width = signature["input"]["width"]
            self.inputs = torch.tensor([row + [[0.0] * width] * (steps - len(row)) for row in batch["sequences"]], dtype=torch.float64)
        self.previous = previous_classes(batch, steps) if self.per_step and self.classes else None
        targets = [target for row in batch["targets"] for target in row] if self.per_step else batch["targets"]
        self.targets = torch.tensor(targets, dtype=torch.long if self.classes else torch.float64)

    def backward(self, weights, library, last_only):
        """Logits or numbers, and the network that made them; gradients are in `weights`."""
        network = Network(self.project, self.signature, weights, self.lengths, library, previous=self.previous, target_lengths=self.target_lengths)
        answer = network.run(self.inputs)
        self.loss(answer, last_only).backward()
        return answer, network

    def loss(self, answer, last_only):
        """Cross-entropy, softmax or binary, mean over the targets; or squared error or Huber loss, mean over the numbers."""
        rows, targets = self.valid(answer), self.targets
        if last_only:
            ends = torch.cumsum(torch.tensor(self.target_lengths), 0) - 1
            rows, targets = rows[ends], targets[ends]
        if self.head["kind"] == "sigmoid-head":
            return binary_cross_entropy(rows[targets >= 0], targets[targets >= 0])
        if self.head["params"].get("loss", "squared") == "huber":
            return torch.nn.functional.huber_loss(rows, targets, delta=self.head["params"].get("delta", 1.0))
        if self.classes:
            return torch.nn.functional.cross_entropy(rows, targets, ignore_index=-1)
        return torch.nn.functional.mse_loss(rows, targets)

    def valid(self, answer):
        """Rows that count, one after another: a sequence without its padding, or the vector of each sequence."""
        return torch.cat([answer[b, :length] for b, length in enumerate(self.target_lengths)]) if self.per_step else answer

    def outputs(self, answer):
        """Probabilities or numbers: [O] per sequence, or [length,O]."""
        if self.head["kind"] == "sigmoid-head":
            answer = torch.sigmoid(answer)
            answer = torch.cat([1 - answer, answer], -1) if answer.shape[-1] == 1 else answer
        elif self.classes:
            answer = torch.softmax(answer, -1)
        return [answer[b, :length] for b, length in enumerate(self.target_lengths)] if self.per_step else answer


def previous_classes(batch, steps):
    """[B,T]: 1 + the class wanted one step back; 0 at the first step and where it is absent."""
    return torch.tensor([[0 if t == 0 or t > len(row) or row[t - 1] < 0 else 1 + row[t - 1] for t in range(steps)] for row in batch["targets"]])


def binary_cross_entropy(rows, targets):
    """Sum over the classes, mean over the targets. One output: the logit of the second of two classes."""
    wanted = targets.unsqueeze(-1).double() if rows.shape[-1] == 1 else torch.nn.functional.one_hot(targets, rows.shape[-1]).double()
    return torch.nn.functional.binary_cross_entropy_with_logits(rows, wanted, reduction="sum") / len(targets)


def agree(what, a, b):
    difference = (a - b).norm().item()
    if difference > 1e-12 * max(1.0, a.norm().item()):
        raise SystemExit(f"{what}: PyTorch's cell and the hand-written one differ by {difference}")


def gradient_norms(network):
    """Mean over the rows of the L2 norm of dL/dh_t, t in reading order: a backward copy's steps are put back row by row."""
    norms = []
    for path, backward, states, lengths in network.hidden:
        values = [0.0] * len(states)
        for t, h in enumerate(states):
            for b, length in enumerate(lengths.tolist()):
                if t < length and h.grad is not None:
                    values[length - 1 - t if backward else t] += h.grad[b].norm().item() / len(lengths)
        norms.append({"layer": path, "backward": backward, "values": values})
    return norms


def copy_gradients(weights, names, steps):
    """Norm of each copy's gradient, in running order."""
    result = []
    for name in names:
        copies = weights.copies(name)
        if set(copies) == set(range(steps)):
            result.append({"parameter": name, "values": [copies[t].norm().item() for t in range(steps)]})
    return result


def trainings(model, clip, values, frozen, steps, separate):
    adam = {"kind": "adam", "learningRate": 0.01}
    sgd = {"kind": "sgd", "learningRate": 0.1}
    shared = {name: steps for name in values if len(separate.copies(name)) == steps}
    plans = [(adam, None, "sum"), (sgd, None, "sum"), (sgd, None, "mean")]
    if clip is not None:
        plans += [(adam, clip, "sum"), (sgd, clip, "sum")]
    for optimizer, largest, reduce in plans:
        losses = train(model, optimizer, largest, shared if reduce == "mean" else {}, Weights(values, frozen, separate=False))
        clipping = {"kind": "none"} if largest is None else {"kind": "norm", "max": largest}
        yield {"optimizer": optimizer, "clip": clipping, "reduce": reduce, "losses": losses}


def train(model, optimizer, largest, copies, weights):
    """Losses before each of ten updates. `copies`: how many nodes share each parameter whose gradient is to be a mean."""
    losses = []
    chosen = None
    for step in range(STEPS):
        network = Network(model.project, model.signature, weights, model.lengths, True, step + 1, model.previous, model.target_lengths)
        answer = network.run(model.inputs)
        if chosen is None:
            make = torch.optim.Adam if optimizer["kind"] == "adam" else torch.optim.SGD
            chosen = make(weights.trainable(), lr=optimizer["learningRate"])
        loss = model.loss(answer, False)
        losses.append(loss.item())
        chosen.zero_grad()
        loss.backward()
        for name, count in copies.items():
            leaf = weights.leaves[(name, None)]
            if leaf.grad is not None:
                leaf.grad /= count
        if largest is not None:
            norm = torch.nn.utils.clip_grad_norm_(weights.trainable(), largest)
            if step == 0 and norm <= largest:
                raise SystemExit(f"{model.project['name']}: nothing to clip at {largest}, the norm is {norm}")
        chosen.step()
    return losses


def rounded(value):
    """Tensors and numbers as JSON, 9 significant digits."""
    if isinstance(value, torch.Tensor):
        return rounded(value.tolist())
    if isinstance(value, float):
        short = float(f"{value:.{DIGITS}g}")
        return int(short) if short.is_integer() and abs(short) < 1e6 else short
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    return [rounded(each) for each in value] if isinstance(value, (list, tuple)) else value


def written(result):
    """JSON with one line for each part, so that a change of numbers reads as one."""
    lines = []
    for key, value in rounded(result).items():
        if isinstance(value, dict) and key in ("project", "parameters", "gradients"):
            inner = ",\n".join(f"    {json.dumps(name)}: {json.dumps(each)}" for name, each in value.items())
            lines.append(f"  {json.dumps(key)}: {{\n{inner}\n  }}")
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
