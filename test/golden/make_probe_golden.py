"""Writes test/golden/probes/*.json: everything the window draws of a gradient, from PyTorch autograd in float64 (`npm run golden`).

Each row is run by itself over its own steps, so that nothing here knows of padding; each step reads a copy of the weights of its own, so that each copy
has a gradient. Quantities: engine.md, "Probes"; `debug` is the same for one row alone, as the BPTT debugger shows it.
"""

import json

import make_golden
import torch
from golden_cases import case, fraction, node

FOLDER = make_golden.HERE / "probes"
GATES = {"rnn": ["state"], "gru": ["reset", "update", "candidate"], "lstm": ["input", "forget", "candidate", "output"]}
IS_GATE = ("reset", "update", "input", "forget", "output")
SHUT, OPEN = 0.05, 0.95


def models():
    """A graph, its cells in running order (path, kind, units, backward, what it reads), the optimiser and the largest norm."""
    bi = lambda name, child: [node(name, "bidirectional", merge="concat"), node(child, "rnn", parent=name, units=3, activation="tanh")]
    yield (
        case("rnn", "two bidirectional layers, ragged, a loss per step", [node("x", "features"), *bi("bi1", "rnn1"), *bi("bi2", "rnn2"), node("head", "softmax-head")],
             ["x -> bi1", "bi1 -> bi2", "bi2 -> head"], lengths=(5, 3, 4), per_step=True),
        [("rnn1", 2, True), ("rnn2", 6, True)], 3, 1.5, {"kind": "adam", "learningRate": 0.01}, 0.05, "sum",
    )  # fmt: skip
    yield (
        case("gru", "reset before the product, numbers per step, the mean of the copies", [node("x", "features"), node("gru1", "gru", units=3, reset="before"), node("head", "regression-head")],
             ["x -> gru1", "gru1 -> head"], lengths=(4, 4, 2), per_step=True, target="numbers", outputs=2),
        [("gru1", 2, False)], 3, 4, {"kind": "sgd", "learningRate": 0.1}, 0.4, "mean",
    )  # fmt: skip
    yield (
        case("lstm", "one answer behind the last step, not clipped", [node("x", "features"), node("lstm1", "lstm", units=4), node("last", "last-step"), node("head", "softmax-head")],
             ["x -> lstm1", "lstm1 -> last", "last -> head"], lengths=(6, 2, 4)),
        [("lstm1", 2, False)], 4, 3, {"kind": "sgd", "learningRate": 0.1}, None, "sum",
    )  # fmt: skip
    yield (
        case("decoder", "targets with steps of their own, longer and shorter than the inputs", [node("x", "features"), node("lstm1", "lstm", units=3), node("decoder1", "decoder", units=3, cell="lstm", size=2), node("head", "softmax-head")],
             ["x -> lstm1", "lstm1.state -> decoder1", "decoder1 -> head"], lengths=(4, 2, 3), target_lengths=(2, 5, 3), per_step=True),
        [("lstm1", 2, False)], 3, 3, {"kind": "adam", "learningRate": 0.01}, 0.3, "sum",
    )  # fmt: skip


def rnn_step(x, h, c, w):
    pre = x @ w("weight_ih").T + h @ w("weight_hh").T + w("bias")
    return torch.tanh(pre), c, []


def gru_step(x, h, c, w):
    given, recurrent, bias = (w(name).chunk(3) for name in ("weight_ih", "weight_hh", "bias"))
    r, z = (torch.sigmoid(x @ given[k].T + h @ recurrent[k].T + bias[k]) for k in (0, 1))
    n = torch.tanh(x @ given[2].T + (r * h) @ recurrent[2].T + bias[2])
    return z * h + (1 - z) * n, c, [r, z]


def lstm_step(x, h, c, w):
    i, f, g, o = (x @ w("weight_ih").T + h @ w("weight_hh").T + w("bias")).chunk(4)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    new = f * c + i * g
    return o * torch.tanh(new), new, [i, f, o]


STEPS = {"rnn": rnn_step, "gru": gru_step, "lstm": lstm_step}


def kind_of(path):
    return "lstm" if path.startswith("decoder") else path.rstrip("0123456789").split(".")[0].rstrip("0123456789")


def steps_of(golden):
    """T: of inputs and targets."""
    own = golden["batch"]["targets"] if "ownSteps" in golden["signature"]["output"] else []
    return max(len(row) for row in [*golden["batch"]["sequences"], *own])


class Run:
    """All rows, forward; leaves are (name, running step)."""

    def __init__(self, golden, layers, units, values):
        self.golden, self.layers, self.units, self.values = golden, layers, units, values
        self.leaves = {}
        self.places = []  # of each row: [{path, backward, t (running), place, h, c, before, cell_before, x, gates}]
        self.answers = [self.row(torch.tensor(row, dtype=torch.float64), target) for row, target in zip(golden["batch"]["sequences"], golden["batch"]["targets"])]

    def leaf(self, name, t):
        if (name, t) not in self.leaves:
            self.leaves[(name, t)] = self.values[name].clone().requires_grad_()
        return self.leaves[(name, t)]

    def row(self, x, target):
        places = []
        self.places.append(places)
        for name, _, both in self.layers:
            kind = name[:-1]
            ways = [(name + ".forward", False), (name + ".backward", True)] if both else [(name, False)]
            x = torch.cat([self.way(kind, path, backward, x, places) for path, backward in ways], 1)
        if "decoder1.embedding" in self.values:
            # Begins where the encoder ends, and reads the class wanted one step back.
            read = [self.leaf("decoder1.embedding", t)[0 if t == 0 else 1 + target[t - 1]] for t in range(len(target))]
            x = self.way("lstm", "decoder1", False, torch.stack(read), places, (places[-1]["h"], places[-1]["c"]))
        steps = range(len(x)) if self.per_step else [None]
        outputs = [(x[-1] if t is None else x[t]) @ self.leaf("head.weight", t).T + self.leaf("head.bias", t) for t in steps]
        return torch.stack(outputs)

    def way(self, kind, path, backward, x, places, start=None):
        h = c = torch.zeros(self.units, dtype=torch.float64)
        if start is not None:
            h, c = start
        states = []
        for t in range(len(x)):
            place = len(x) - 1 - t if backward else t
            before, cell_before = h, c
            h, c, gates = STEPS[kind](x[place], h, c, lambda name: self.leaf(f"{path}.{name}", t))
            h.retain_grad()
            if kind == "lstm":
                c.retain_grad()
            states.append((place, h))
            places.append(dict(path=path, kind=kind, backward=backward, t=t, place=place, h=h, c=c, before=before, cell_before=cell_before, x=x[place], gates=gates))
        return torch.stack([h for _, h in sorted(states, key=lambda each: each[0])])

    @property
    def per_step(self):
        return self.golden["signature"]["output"]["perStep"]

    def loss(self, chosen):
        """Mean over the rows' steps that `chosen(row, t, length)` names; over numbers for the squared error."""
        outputs, targets = [], []
        for row, (answer, target) in enumerate(zip(self.answers, self.golden["batch"]["targets"])):
            for t in range(len(answer)):
                if chosen(row, t, len(answer)):
                    outputs.append(answer[t])
                    targets.append(target[t] if self.per_step else target)
        if self.golden["signature"]["output"]["kind"] == "classes":
            return torch.nn.functional.cross_entropy(torch.stack(outputs), torch.tensor(targets))
        return torch.nn.functional.mse_loss(torch.stack(outputs), torch.tensor(targets, dtype=torch.float64))

    def jacobian(self, at):
        """Spectral norm of dh_t/dh_(t-1), an LSTM's cell state held fixed."""
        with torch.no_grad():
            w = lambda name: self.values[f"{at['path']}.{name}"]
        step = lambda h: STEPS[at["kind"]](at["x"].detach(), h, at["cell_before"].detach(), w)[0]
        return torch.linalg.matrix_norm(torch.autograd.functional.jacobian(step, at["before"].detach()), 2).item()

    def cells(self):
        """(path, backward) in running order."""
        return list(dict.fromkeys((at["path"], at["backward"]) for at in self.places[0]))


def gradients(golden, layers, units, values, chosen):
    run = Run(golden, layers, units, values)
    run.loss(chosen).backward()
    return run


def everything(row, t, length):
    return True


def last_of_each(row, t, length):
    return t == length - 1


def by_place(run, path, measure, rows=None):
    """Mean over the rows that have the step, by its place in the sequence."""
    steps = steps_of(run.golden)
    found = [[measure(at) for b, places in enumerate(run.places) for at in places if at["path"] == path and at["place"] == t and (rows is None or b in rows)] for t in range(steps)]
    return [sum(each) / len(each) if each else "NaN" for each in found]


def norm_of_gradient(at):
    return 0.0 if at["h"].grad is None else at["h"].grad.norm().item()


def by_lag(run, path):
    values = []
    lengths = [len([at for at in places if at["path"] == path]) for places in run.places]
    for lag in range(max(lengths)):
        found = [norm_of_gradient(at) for length, places in zip(lengths, run.places) for at in places if at["path"] == path and at["t"] == length - 1 - lag]
        values.append(sum(found) / len(found) if found else "NaN")
    return values


def named(path, backward):
    return {"layer": path.replace(".forward", "").replace(".backward", ""), "direction": "backward" if backward else "forward"}


def gate_values(run, path, rows=None):
    kind = kind_of(path)
    result = []
    for index, gate in enumerate([each for each in GATES[kind] if each in IS_GATE]):
        for value in (number for places in run.places for at in places if at["path"] == path for number in at["gates"][index].tolist()):
            assert min(abs(value - SHUT), abs(value - OPEN)) > 1e-4, "a gate too near a threshold"
        share = lambda of: by_place(run, path, lambda at: sum(of(value) for value in at["gates"][index].tolist()) / run.units, rows)
        result.append({"gate": gate, "mean": share(lambda value: value), "shut": share(lambda value: value < SHUT), "open": share(lambda value: value > OPEN)})
    return result


def radii(values):
    result = []
    for name in [name for name in values if name.endswith("weight_hh")]:
        blocks = GATES[kind_of(name.rpartition(".")[0])]
        for block, weight in zip(blocks, values[name].chunk(len(blocks))):
            result.append({"parameter": name, "block": block, "radius": torch.linalg.eigvals(weight).abs().max().item()})
    return result


def places_of(name, t, longest):
    return longest - 1 - t if ".backward." in name else t


def copy_norms(run, names):
    """Norm of each copy's gradient, by place; and of the sum of the copies from the last running step back to it."""
    result = []
    for name in names:
        steps = [t for (owner, t) in run.leaves if owner == name and t is not None]
        if not steps:
            continue
        longest = max(steps) + 1
        norms, running, total = ["NaN"] * steps_of(run.golden), ["NaN"] * steps_of(run.golden), torch.zeros_like(run.values[name])
        for t in reversed(range(longest)):
            grad = run.leaf(name, t).grad
            grad = torch.zeros_like(total) if grad is None else grad
            norms[places_of(name, t, longest)] = grad.norm().item()
            total = total + grad
            running[places_of(name, t, longest)] = total.norm().item()
        result.append({"parameter": name, "values": norms, "running": running})
    return result


def update(run, optimizer, largest, reduce):
    """What torch.optim makes of the gradient: sums or means of the copies, clipped by their norm."""
    names = list(run.values)
    copies = {name: [leaf.grad if leaf.grad is not None else torch.zeros_like(leaf) for (owner, _), leaf in run.leaves.items() if owner == name] for name in names}
    sums = {name: sum(copies[name]) for name in names}
    # As many as the unrolled graph has: one for each step, or one behind the last.
    count = {name: 1 if (name, None) in run.leaves else steps_of(run.golden) for name in names}
    given = {name: sums[name] if reduce == "sum" else sums[name] / count[name] for name in names}
    norm = torch.stack([each.norm() for each in given.values()]).norm().item()
    factor = 1.0 if largest is None or norm <= largest else largest / norm
    weights = {name: run.values[name].clone().requires_grad_() for name in names}
    rule = torch.optim.Adam if optimizer["kind"] == "adam" else torch.optim.SGD
    chosen = rule(list(weights.values()), lr=optimizer["learningRate"])
    for name in names:
        weights[name].grad = given[name] * factor
    chosen.step()
    change = {name: (weights[name].detach() - run.values[name]) for name in names}
    return {
        "norm": norm,
        "clippedNorm": norm * factor,
        "clipFactor": factor,
        "ratios": [{"parameter": name, "ratio": (change[name].norm() / run.values[name].norm()).item()} for name in names],
        "parameters": [
            {
                "parameter": name,
                "copies": count[name],
                "sum": sums[name].norm().item(),
                "given": (given[name] * factor).norm().item(),
                "update": change[name].norm().item(),
                "values": {"sum": sums[name], "mean": sums[name] / count[name], "update": change[name]},
            }
            for name in names
        ],
    }


def probes(golden, layers, units, values, plan):
    optimizer, largest, reduce = plan
    whole = gradients(golden, layers, units, values, everything)
    last = gradients(golden, layers, units, values, last_of_each)
    result = {"cells": [], "recurrent": radii(values), "update": update(whole, optimizer, largest, reduce)}
    for path, backward in whole.cells():
        result["cells"].append(
            {
                **named(path, backward),
                "gradient": by_place(whole, path, norm_of_gradient),
                "flow": by_place(last, path, norm_of_gradient),
                "lagFlow": by_lag(last, path),
                "jacobian": by_place(whole, path, whole.jacobian),
                "h": by_place(whole, path, lambda at: at["h"].norm().item()),
                "c": by_place(whole, path, lambda at: at["c"].norm().item()) if kind_of(path) == "lstm" else None,
                "gates": gate_values(whole, path),
            }
        )
    result["copies"] = copy_norms(whole, values)
    if whole.per_step:
        result["triangle"] = []
        for s in range(steps_of(golden)):
            rows = [b for b, answer in enumerate(whole.answers) if len(answer) > s]
            run = gradients(golden, layers, units, values, lambda row, t, length: t == s)
            result["triangle"].append([by_place(run, path, norm_of_gradient, rows) for path, _ in run.cells()])
    result["debug"] = [one_row(golden, layers, units, values, plan, b) for b in range(len(whole.answers))]
    return result


def one_row(golden, layers, units, values, plan, b):
    batch = {key: [value[b]] for key, value in golden["batch"].items()}
    alone = {**golden, "batch": batch}
    run = gradients(alone, layers, units, values, everything)
    last = gradients(alone, layers, units, values, last_of_each)
    cells = []
    for path, backward in run.cells():
        at = sorted((each for each in run.places[0] if each["path"] == path), key=lambda each: each["place"])
        cells.append(
            {
                **named(path, backward),
                "gradient": by_place(run, path, norm_of_gradient),
                "flow": by_place(last, path, norm_of_gradient),
                "jacobian": by_place(run, path, run.jacobian),
                "h": [each["h"].detach() for each in at],
                "dh": [each["h"].grad for each in at],
                "c": [each["c"].detach() for each in at] if kind_of(path) == "lstm" else None,
                "dc": [each["c"].grad for each in at] if kind_of(path) == "lstm" else None,
                "gates": gate_values(run, path),
            }
        )
    return {"loss": run.loss(everything).item(), "cells": cells, "copies": copy_norms(run, values), "update": update(run, *plan)}


def parameters(layers, units, outputs, per_direction, decoder):
    shapes = {}
    for name, width, both in layers:
        kind = name[:-1]
        for path in [name + ".forward", name + ".backward"] if both else [name]:
            g = len(GATES[kind])
            shapes |= {f"{path}.weight_ih": [g * units, width], f"{path}.weight_hh": [g * units, units], f"{path}.bias": [g * units]}
    if decoder:
        shapes |= {"decoder1.embedding": [outputs + 1, 2], "decoder1.weight_ih": [4 * units, 2], "decoder1.weight_hh": [4 * units, units], "decoder1.bias": [4 * units]}
    return {**shapes, "head.weight": [outputs, units * per_direction], "head.bias": [outputs]}


def values_of(name, shapes, scale):
    import random

    source = random.Random(f"probes {name}")
    draw = lambda shape: torch.tensor([scale * 0.5 * fraction(source, 1, 64) for _ in range(int(torch.tensor(shape).prod()))], dtype=torch.float64).reshape(shape)
    return {parameter: draw(shape) for parameter, shape in shapes.items()}


def main():
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for golden, layers, units, scale, optimizer, largest, reduce in models():
        training = golden["project"]["training"]
        training["optimizer"] = optimizer
        training["clip"] = {"kind": "none"} if largest is None else {"kind": "norm", "max": largest}
        training["bptt"] = {"mode": "full", "reduce": reduce}
        training["batchSize"] = len(golden["batch"]["lengths"])
        output = golden["signature"]["output"]
        outputs = len(output["classes"]) if output["kind"] == "classes" else output["width"]
        shapes = parameters(layers, units, outputs, 2 if layers[-1][2] else 1, golden["name"] == "decoder")
        values = values_of(golden["name"], shapes, scale)
        file = {
            "name": golden["name"],
            "about": golden["about"],
            "oracle": f"PyTorch {torch.__version__}: autograd through hand-written steps, torch.linalg, torch.optim",
            "project": golden["project"],
            "signature": golden["signature"],
            "batch": golden["batch"],
            "parameters": {name: {"shape": shapes[name], "trainable": True, "data": values[name]} for name in shapes},
            "probes": probes(golden, layers, units, values, (optimizer, largest, reduce)),
        }
        (FOLDER / f"{golden['name']}.json").write_text(make_golden.written(file))
    print(f"{len(list(FOLDER.glob('*.json')))} files in {FOLDER}")


main()
