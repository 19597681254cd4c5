"""Writes test/golden/training/*.json: ten losses and the last weights of training with each of torch.optim's rules, and schedules/*.json:
the learning rates of torch.optim.lr_scheduler; windows/*.json: truncated BPTT, states detached between windows; all float64 (`npm run golden`)."""

import json

import make_golden
import torch
from golden_cases import all_cases, case, classifier, node
from golden_network import Network, STEPS as CELL_STEPS, Weights
from golden_shapes import Shapes

FOLDER = make_golden.HERE / "training"
STEPS = 10
NONE = {"kind": "none"}

# name: what the project says, and PyTorch's own words for it
OPTIMIZERS = {
    "sgd-momentum": ({"kind": "sgd", "learningRate": 0.05, "momentum": 0.9}, lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9)),
    "sgd-nesterov": (
        {"kind": "sgd", "learningRate": 0.05, "momentum": 0.8, "nesterov": True},
        lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.8, nesterov=True),
    ),
    "adagrad": ({"kind": "adagrad", "learningRate": 0.05}, lambda p: torch.optim.Adagrad(p, lr=0.05)),
    "rmsprop": ({"kind": "rmsprop", "learningRate": 0.01}, lambda p: torch.optim.RMSprop(p, lr=0.01)),
    "rmsprop-constants": (
        {"kind": "rmsprop", "learningRate": 0.01, "alpha": 0.9, "epsilon": 1e-4},
        lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-4),
    ),
    "adam": ({"kind": "adam", "learningRate": 0.02}, lambda p: torch.optim.Adam(p, lr=0.02)),
    "adam-constants": (
        {"kind": "adam", "learningRate": 0.02, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-4},
        lambda p: torch.optim.Adam(p, lr=0.02, betas=(0.8, 0.95), eps=1e-4),
    ),
    "adamw": ({"kind": "adamw", "learningRate": 0.02}, lambda p: torch.optim.AdamW(p, lr=0.02)),
    "adamw-constants": (
        {"kind": "adamw", "learningRate": 0.02, "weightDecay": 0.5},
        lambda p: torch.optim.AdamW(p, lr=0.02, weight_decay=0.5),
    ),
}


def main():
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for name, (spec, make) in OPTIMIZERS.items():
        write(name, trained("lstm-ragged", name, spec, make, NONE))
    adam, make_adam = OPTIMIZERS["adam"]
    write("adam-clip-value", trained("lstm-ragged", "Adam, every number of the gradient limited", adam, make_adam, {"kind": "value", "max": 0.02}))
    momentum, make_momentum = OPTIMIZERS["sgd-momentum"]
    write("momentum-clip-norm", trained("lstm-ragged", "momentum, clipped by norm", momentum, make_momentum, {"kind": "norm", "max": 0.05}))
    write_schedules()
    write_windows()
    print(f"{len(list(FOLDER.glob('*.json')))} files in {FOLDER}")


def trained(case_name, about, spec, make, clip):
    case = next(each for each in all_cases() if each["name"] == case_name)
    shapes, frozen = Shapes(case["project"], case["signature"]).run()
    values = {name: make_golden.starting_values(f"{case_name} {name}", shape) for name, shape in shapes.items()}
    model = make_golden.Model(case["project"], case["signature"], case["batch"], values, frozen)
    weights = Weights(values, frozen, separate=False)
    losses, optimizer = [], None
    for _ in range(STEPS):
        answer = Network(model.project, model.signature, weights, model.lengths, True).run(model.inputs)
        optimizer = optimizer or make(weights.trainable())
        loss = model.loss(answer, False)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        clipped(weights.trainable(), clip)
        optimizer.step()
    return {
        "name": about,
        "oracle": f"torch.optim of PyTorch {torch.__version__}",
        "project": case["project"],
        "signature": case["signature"],
        "batch": case["batch"],
        "optimizer": spec,
        "clip": clip,
        "parameters": {name: {"shape": shapes[name], "trainable": True, "data": values[name]} for name in shapes},
        "losses": losses,
        "final": {name: weights.at(name, None).detach() for name in shapes},
    }


class WindowNetwork(Network):
    """A network that starts each cell from the states the window before left behind, detached."""

    def __init__(self, model, weights, lengths, carried):
        super().__init__(model.project, model.signature, weights, lengths, False)
        self.carried = carried

    def cell_by_hand(self, cell, path, x, initial, backward):
        zeros = torch.zeros(x.shape[0], cell["params"]["units"], dtype=torch.float64)
        h, c = (each.detach() for each in self.carried.get(path, (zeros, zeros)))
        states = []
        for t in range(x.shape[1]):
            new_h, new_c = CELL_STEPS[cell["kind"]](cell, x[:, t], h, c, lambda name: self.weights.at(f"{path}.{name}", None))
            valid = (t < self.lengths).unsqueeze(1)
            h, c = torch.where(valid, new_h, h), torch.where(valid, new_c, c)
            states.append(h)
        self.carried[path] = (h, c)
        return torch.stack(states, 1)


def window_cases():
    cells = {
        "rnn": node("cell", "rnn", units=3),
        "gru-before": node("cell", "gru", units=3, reset="before"),
        "gru-after": node("cell", "gru", units=3, reset="after"),
        "lstm": node("cell", "lstm", units=3),
        "lstm-peephole-coupled": node("cell", "lstm", units=3, peephole=True, coupled=True),
    }
    for name, cell in cells.items():
        nodes = [node("x", "features"), cell, node("head", "softmax-head")]
        yield case(f"window-{name}", f"{name}, a class per step.", nodes, ["x -> cell", "cell -> head"], lengths=[7, 3, 5], per_step=True), 3
    yield classifier("window-last-step", "LSTM, a class per sequence.", node("cell", "lstm", units=3), lengths=[7, 2, 5]), 2
    stack = [node("x", "features"), node("stack", "stack", repeats=2), node("gru1", "gru", "stack", units=3), node("head", "regression-head")]
    about = "Two GRU layers, numbers per step."
    yield case("window-stack", about, stack, ["x -> stack", "stack -> head"], lengths=[6, 5], target="numbers", per_step=True, outputs=2), 2


def write_windows():
    folder = make_golden.HERE / "windows"
    folder.mkdir(exist_ok=True)
    for made, window in window_cases():
        spec = {"kind": "sgd", "learningRate": 0.1, "momentum": 0.5}
        shapes, frozen = Shapes(made["project"], made["signature"]).run()
        values = {name: make_golden.starting_values(f"{made['name']} {name}", shape) for name, shape in shapes.items()}
        weights = Weights(values, frozen, separate=False)
        model = make_golden.Model(made["project"], made["signature"], made["batch"], values, frozen)
        result = {
            "name": made["about"],
            "oracle": f"autograd of PyTorch {torch.__version__} through hand-written steps, states detached between windows",
            "project": made["project"],
            "signature": made["signature"],
            "batch": made["batch"],
            "optimizer": spec,
            "clip": NONE,
            "window": window,
            "parameters": {name: {"shape": shapes[name], "trainable": True, "data": values[name]} for name in shapes},
            "losses": window_losses(model, weights, window, spec),
            "final": {name: weights.at(name, None).detach() for name in shapes},
        }
        (folder / f"{made['name']}.json").write_text(make_golden.written(result))


def window_losses(model, weights, window, spec):
    """Losses of two epochs of one batch, one for each window with a target."""
    losses, optimizer = [], None
    for _ in range(2):
        carried = {}
        for start in range(0, max(model.lengths), window):
            lengths = [min(window, max(0, length - start)) for length in model.lengths]
            answer = WindowNetwork(model, weights, lengths, carried).run(model.inputs[:, start : start + window])
            optimizer = optimizer or torch.optim.SGD(weights.trainable(), lr=spec["learningRate"], momentum=spec["momentum"])
            loss = window_loss(model, answer, lengths, start, window)
            if loss is None:
                continue
            losses.append(loss.item())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return losses


def window_loss(model, answer, lengths, start, window):
    if model.per_step:
        begins = [sum(model.lengths[:row]) + start for row in range(len(lengths))]
        chosen = [(row, t, begins[row] + t) for row, length in enumerate(lengths) for t in range(length)]
        rows, targets = torch.stack([answer[row, t] for row, t, _ in chosen]), model.targets[[place for _, _, place in chosen]]
    else:
        ends = [row for row, length in enumerate(model.lengths) if start < length <= start + window]
        if not ends:
            return None
        rows, targets = answer[ends], model.targets[ends]
    return torch.nn.functional.cross_entropy(rows, targets) if model.classes else torch.nn.functional.mse_loss(rows, targets)


def write_schedules():
    """Rates as shares of the first one: after each epoch, or after each update of the cosine."""
    folder = make_golden.HERE / "schedules"
    folder.mkdir(exist_ok=True)
    lr = torch.optim.lr_scheduler
    losses = [1.0, 0.9, 0.95, 0.91, 0.93, 0.89995, 0.92, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6]
    results = {
        "step": {"every": 3, "factor": 0.4, "rates": rates(lambda optimizer: lr.StepLR(optimizer, 3, gamma=0.4), [None] * 12)},
        "cosine": {"final": 0.1, "total": 20, "rates": rates(lambda optimizer: lr.CosineAnnealingLR(optimizer, 20, eta_min=0.1), [None] * 20)},
        "plateau": {"factor": 0.3, "patience": 2, "losses": losses, "rates": rates(lambda o: lr.ReduceLROnPlateau(o, factor=0.3, patience=2), losses)},
    }
    for name, result in results.items():
        (folder / f"{name}.json").write_text(json.dumps(make_golden.rounded(result)) + "\n")


def rates(make, losses):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    scheduler = make(optimizer)
    found = [1.0]
    for loss in losses:
        optimizer.step()
        scheduler.step() if loss is None else scheduler.step(loss)
        found.append(optimizer.param_groups[0]["lr"])
    return found


def clipped(parameters, clip):
    """Clips as PyTorch's utilities do; a case in which nothing is clipped shows nothing."""
    largest = max(each.grad.abs().max().item() for each in parameters)
    if clip["kind"] == "value":
        assert largest > clip["max"], largest
        torch.nn.utils.clip_grad_value_(parameters, clip["max"])
    if clip["kind"] == "norm":
        norm = torch.nn.utils.clip_grad_norm_(parameters, clip["max"])
        assert norm > clip["max"], norm


def write(name, result):
    (FOLDER / f"{name}.json").write_text(make_golden.written(result))


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
