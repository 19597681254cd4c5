"""A project's graph in PyTorch, float64: the oracle of the golden files. Equations and parameter orders: the engine's cells, README.

Two ways through the same graph. `library`: cells are torch.rnn_tanh, torch.gru, torch.lstm, the functions behind torch.nn.RNN, GRU and
LSTM, over packed sequences, with as many layers and directions in one call as PyTorch can take. `by hand`: every step written out, so that
each step's hidden state and each step's copy of the weights has a gradient of its own. make_golden.py compares the two.

Letters: B batch, T steps, F features, H units. Sequences are [B,T,F], vectors [B,F].
"""

import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, PackedSequence

CELLS = ("rnn", "gru", "lstm")
LAYERS = (*CELLS, "dense", "stack", "bidirectional")
GATES = {"rnn": 1, "gru": 3, "lstm": 4}
ACTIVATIONS = {"none": lambda x: x, "tanh": torch.tanh, "relu": torch.relu, "sigmoid": torch.sigmoid}


class Weights:
    """Parameters by name. With `separate`, every step reads a leaf of its own, all of the same value."""

    def __init__(self, values, frozen, separate):
        self.values = values
        self.frozen = frozen
        self.separate = separate
        self.leaves = {}

    def at(self, name, step):
        key = (name, step if self.separate else None)
        if key not in self.leaves:
            self.leaves[key] = self.values[name].clone().requires_grad_(name not in self.frozen)
        return self.leaves[key]

    def copies(self, name):
        """The leaves of one parameter, by step; the gradient of one that no loss reached is zeros."""
        found = {step: leaf for (owner, step), leaf in self.leaves.items() if owner == name}
        return {step: torch.zeros_like(leaf) if leaf.grad is None else leaf.grad for step, leaf in found.items()}

    def gradient(self, name):
        return sum(self.copies(name).values())

    def trainable(self):
        return [leaf for (name, _), leaf in self.leaves.items() if name not in self.frozen]


class State:
    """A final state [B,H]; an LSTM has a cell state c beside its h, and hands both to an LSTM that starts from it."""

    def __init__(self, h, c=None):
        self.h = h
        self.c = c


def hidden_of(value):
    """What anything but the start of a cell sees of a state."""
    return value.h if isinstance(value, State) else value


class Network:
    def __init__(self, project, signature, weights, lengths, library, update=None, previous=None, target_lengths=None):
        self.nodes = project["graph"]["nodes"]
        self.wires = project["graph"]["wires"]
        self.signature = signature
        self.weights = weights
        self.lengths = torch.tensor(lengths)
        self.target_lengths = self.lengths if target_lengths is None else torch.tensor(target_lengths)
        self.library = library
        self.update = update  # number of the training step, which switches dropout on
        self.dropouts = 0
        self.previous = previous  # [B,T] what a decoder reads: 1 + the class wanted one step back, 0 where there is none
        self.hidden = []  # (path, backward, [h of step 0, h of step 1, ...] in running order, lengths)
        self.called = []  # PyTorch functions that stood for cells

    def run(self, inputs):
        """The head's output, logits or numbers: [B,T,O] or [B,O]. Nodes stand in running order in the project."""
        results = {}
        last = None
        for node in self.nodes:
            if "parent" in node:
                continue
            fed = {}
            for wire in self.wires:
                if wire["to"]["node"] == node["id"]:
                    fed[wire["to"]["port"]] = results[(wire["from"]["node"], wire["from"]["port"])]
            if node["kind"] in ("tokens", "features", "vector"):
                out, state = inputs, None
            elif node["kind"] in ("concat", "add"):
                out, state = joined(node, [hidden_of(fed[port]) for port in sorted(fed)]), None
            else:
                given = fed["in"] if node["kind"] == "decoder" else hidden_of(fed["in"])
                out, state = self.node(node, given, fed.get("initial"), "", "")
            results[(node["id"], "out")] = out
            results[(node["id"], "state")] = state
            last = out
        return last

    def node(self, node, x, initial, repeats, direction):
        """(out, state) of one copy of a node; the path of its parameters is id + repeats + direction."""
        kind = node["kind"]
        path = node["id"] + repeats + direction
        if kind in CELLS:
            return self.cells([(node, path)], x, initial, backward=direction == ".backward")
        if kind == "stack":
            return self.stack(node, x, repeats, direction)
        if kind == "bidirectional":
            return self.bidirectional(node, x, repeats)
        if kind == "decoder":
            return self.decoder(node, x, path)
        if kind == "embedding":
            return self.each_step(x, lambda ids, t: torch.nn.functional.embedding(ids, self.weights.at(path + ".weight", t))), None
        if kind == "one-hot":
            size = len(self.signature["input"]["vocabulary"])
            return torch.nn.functional.one_hot(x, size).double(), None
        if kind == "last-step":
            return self.last_valid(x), None
        if kind == "activation":
            return ACTIVATIONS[node["params"].get("activation", "tanh")](x), None
        if kind == "layer-norm":
            return self.layer_norm(x, path), None
        if kind == "pool":
            return self.pool(node["params"].get("mode", "mean"), x, path), None
        if kind == "repeat":
            return x.unsqueeze(1).expand(-1, int(self.lengths.max()), -1), None
        if kind == "dropout":
            return self.dropout(x, node["params"].get("rate", 0.5)), None
        activation = ACTIVATIONS[node["params"].get("activation", "none")]
        return self.linear(x, path, activation), None

    def decoder(self, node, state, path):
        """A cell that starts from `state` and reads the embedding of the class wanted one step back (teacher forcing). From here on the steps are the targets'."""
        self.lengths = self.target_lengths
        x = self.each_step(self.previous, lambda ids, t: torch.nn.functional.embedding(ids, self.weights.at(path + ".embedding", t)))
        cell = {"id": node["id"], "kind": node["params"].get("cell", "gru"), "params": {"units": node["params"]["units"]}}
        return self.cells([(cell, path)], x, state, backward=False)

    def layer_norm(self, x, path):
        apply = lambda value, t: torch.nn.functional.layer_norm(
            value, value.shape[-1:], self.weights.at(path + ".weight", t), self.weights.at(path + ".bias", t), 1e-5
        )
        return apply(x, None) if x.dim() == 2 else self.each_step(x, apply)

    def pool(self, mode, x, path):
        """[B,F] of [B,T,F]: mean or largest of the valid steps, or their mean weighted by softmax over t of v . tanh(W x_t)."""
        valid = (torch.arange(x.shape[1]) < self.lengths.unsqueeze(1)).unsqueeze(2)
        if mode == "mean":
            return torch.where(valid, x, torch.zeros_like(x)).sum(1) / self.lengths.unsqueeze(1)
        if mode == "max":
            return torch.where(valid, x, torch.full_like(x, -torch.inf)).max(1).values
        score = lambda value, t: (torch.tanh(value @ self.weights.at(path + ".weight", t).T) @ self.weights.at(path + ".vector", t)).unsqueeze(1)
        scores = self.each_step(x, score)
        return (torch.softmax(torch.where(valid, scores, torch.full_like(scores, -torch.inf)), 1) * x).sum(1)

    def dropout(self, x, rate):
        """x / (1 - rate) or 0 in training; the mask is a hash of seed, step, place of the layer and element, elements of [T,B,F] in order."""
        stream = self.dropouts
        self.dropouts += 1
        if self.update is None:
            return x
        by_step = x.transpose(0, 1) if x.dim() == 3 else x
        keep = torch.tensor(kept(1, self.update, stream, by_step.numel(), rate)).reshape(by_step.shape)
        return x * (keep.transpose(0, 1) if x.dim() == 3 else keep) / (1 - rate)

    def linear(self, x, path, activation):
        def apply(value, t):
            return activation(value @ self.weights.at(path + ".weight", t).T + self.weights.at(path + ".bias", t))

        return apply(x, None) if x.dim() == 2 else self.each_step(x, apply)

    def each_step(self, x, apply):
        return torch.stack([apply(x[:, t], t) for t in range(x.shape[1])], 1)

    def stack(self, node, x, repeats, direction):
        count = node["params"].get("repeats", 1)
        children = [child for child in self.nodes if child.get("parent") == node["id"]]
        steps = [(child, repeats + (f"[{copy}]" if count > 1 else "")) for copy in range(count) for child in children]
        plain = node["params"].get("dropout", 0) == 0 and not node["params"].get("residual", False)
        if self.library and plain and same_cells([child for child, _ in steps]):
            return self.cells([(child, child["id"] + place + direction) for child, place in steps], x, None, backward=direction == ".backward")
        if self.library and plain and direction == "" and len(children) == 1 and children[0]["kind"] == "bidirectional" and self.fits_library(children[0]):
            cell = self.child_of(children[0])
            return self.directions([(cell, cell["id"] + place) for _, place in steps], x, children[0])
        state = None
        for index, (child, place) in enumerate(steps):
            given = x
            x, state = self.node(child, x, None, place, direction)
            if child["kind"] in LAYERS and node["params"].get("residual", False):
                x = x + given
            if child["kind"] in LAYERS and node["params"].get("dropout", 0) > 0 and index < len(steps) - 1:
                x = self.dropout(x, node["params"]["dropout"])
        return x, state

    def child_of(self, block):
        return next(child for child in self.nodes if child.get("parent") == block["id"])

    def fits_library(self, block):
        """True where PyTorch has the block as one layer of its own: one cell, both directions side by side."""
        return block["params"].get("merge", "concat") == "concat" and library_function(self.child_of(block)) is not None

    def bidirectional(self, node, x, repeats):
        child = self.child_of(node)
        if self.library and library_function(child) is not None:
            return self.directions([(child, child["id"] + repeats)], x, node)
        forward, forward_state = self.node(child, x, None, repeats, ".forward")
        backward, backward_state = self.node(child, self.reversed(x), None, repeats, ".backward")
        return merged(node, forward, self.reversed(backward)), merged_states(node, forward_state, backward_state)

    def directions(self, layers, x, block):
        """Layers of bidirectional cells in one call of PyTorch; the last layer's directions are then merged as the block says."""
        paths = [(cell, path + direction) for cell, path in layers for direction in (".forward", ".backward")]
        out, states = self.call_library(paths, x, None, len(layers), True)
        units = out.shape[2] // 2
        return merged(block, out[..., :units], out[..., units:]), merged_states(block, states[-2], states[-1])

    def cells(self, layers, x, initial, backward):
        """Cells one after the other, all in one direction: by hand, or as PyTorch's layers."""
        if self.library and library_function(layers[0][0]) is not None:
            out, states = self.call_library(layers, x, initial, len(layers), False)
            return out, states[-1]
        c = None
        for cell, path in layers:
            x, c = self.cell_by_hand(cell, path, x, initial, backward)
        return x, State(self.last_valid(x), c)

    def call_library(self, paths, x, initial, layers, bidirectional):
        cell = paths[0][0]
        kind, units = cell["kind"], cell["params"]["units"]
        function = library_function(cell)
        flat = [each for cell, path in paths for each in self.library_weights(kind, units, path)]
        packed = pack_padded_sequence(x, self.lengths, batch_first=True, enforce_sorted=False)
        zeros = torch.zeros(len(paths), x.shape[0], units, dtype=torch.float64)
        sort = lambda value: zeros if value is None else value[packed.sorted_indices].unsqueeze(0)
        start = sort(hidden_of(initial))
        hidden = (start, sort(initial.c if isinstance(initial, State) else None)) if kind == "lstm" else start
        result = function(packed.data, packed.batch_sizes, hidden, flat, True, layers, 0.0, False, bidirectional)
        packed_out = PackedSequence(result[0], packed.batch_sizes, packed.sorted_indices, packed.unsorted_indices)
        out, _ = pad_packed_sequence(packed_out, batch_first=True, total_length=x.shape[1])
        self.called.append(f"torch.{function.__name__}, {layers} layer(s){', bidirectional' if bidirectional else ''}")
        unsort = lambda value: value.index_select(1, packed.unsorted_indices)
        cells = unsort(result[2]) if kind == "lstm" else [None] * len(paths)
        return out, [State(h, c) for h, c in zip(unsort(result[1]), cells)]

    def library_weights(self, kind, units, path):
        """PyTorch's four arrays. Its two biases add up to our one, so the second is zeros; but in the GRU the n block of b_hh is our bias_hn."""
        w = lambda name: self.weights.at(f"{path}.{name}", None)
        second = torch.zeros(GATES[kind] * units, dtype=torch.float64)
        if kind == "gru":
            second = torch.cat([second[: 2 * units], w("bias_hn")])
        return [w("weight_ih"), w("weight_hh"), w("bias"), second]

    def cell_by_hand(self, cell, path, x, initial, backward):
        batch, steps, _ = x.shape
        h = torch.zeros(batch, cell["params"]["units"], dtype=torch.float64) if initial is None else hidden_of(initial)
        c = torch.zeros(batch, cell["params"]["units"], dtype=torch.float64)
        if cell["kind"] == "lstm" and isinstance(initial, State) and initial.c is not None:
            c = initial.c
        states = []
        for t in range(steps):
            new_h, new_c = STEPS[cell["kind"]](cell, x[:, t], h, c, lambda name: self.weights.at(f"{path}.{name}", t))
            valid = (t < self.lengths).unsqueeze(1)
            h = torch.where(valid, new_h, h)
            c = torch.where(valid, new_c, c)
            h.retain_grad()
            states.append(h)
        self.hidden.append((path, backward, states, self.lengths))
        return torch.stack(states, 1), c if cell["kind"] == "lstm" else None

    def last_valid(self, x):
        return x[torch.arange(x.shape[0]), self.lengths - 1]

    def reversed(self, x):
        """Each row backwards within its own length; padding stays where it is."""
        steps = torch.arange(x.shape[1])
        rows = []
        for b, length in enumerate(self.lengths.tolist()):
            rows.append(x[b, torch.where(steps < length, length - 1 - steps, steps)])
        return torch.stack(rows)


def joined(node, inputs):
    return torch.cat(inputs, -1) if node["kind"] == "concat" else sum(inputs)


def kept(seed, update, stream, count, rate):
    """1 for each element that dropout keeps: the upper 24 bits of a 32-bit hash against the rate (Wellons 2018, lowbias32)."""
    key = mix(mix(mix(seed) + update) + stream)
    return [1.0 if mix(key + element * 0x9E3779B9) >> 8 >= round(rate * 2**24) else 0.0 for element in range(count)]


def mix(x):
    x &= 0xFFFFFFFF
    x = (x ^ (x >> 16)) * 0x7FEB352D & 0xFFFFFFFF
    x = (x ^ (x >> 15)) * 0x846CA68B & 0xFFFFFFFF
    return x ^ (x >> 16)


def merged(block, forward, backward):
    merge = block["params"].get("merge", "concat")
    if merge == "concat":
        return torch.cat([forward, backward], -1)
    return forward + backward if merge == "sum" else (forward + backward) / 2


def merged_states(block, forward, backward):
    return State(merged(block, forward.h, backward.h), None if forward.c is None else merged(block, forward.c, backward.c))


def same_cells(nodes):
    """True where PyTorch's num_layers can stand for the nodes."""
    return library_function(nodes[0]) is not None and all(node["kind"] == nodes[0]["kind"] and node["params"] == nodes[0]["params"] for node in nodes)


def library_function(node):
    """PyTorch's function for a cell; None where it has none (sigmoid RNN, GRU with reset before, LSTM with peephole or coupled gates)."""
    params = node["params"]
    if node["kind"] == "rnn":
        return {"tanh": torch.rnn_tanh, "relu": torch.rnn_relu}.get(params.get("activation", "tanh"))
    if node["kind"] == "gru":
        return torch.gru if params.get("reset", "before") == "after" else None
    if node["kind"] == "lstm" and not params.get("peephole", False) and not params.get("coupled", False):
        return torch.lstm
    return None


def rnn_step(cell, x, h, c, w):
    activation = ACTIVATIONS[cell["params"].get("activation", "tanh")]
    return activation(x @ w("weight_ih").T + h @ w("weight_hh").T + w("bias")), c


def gru_step(cell, x, h, c, w):
    units = cell["params"]["units"]
    given = x @ w("weight_ih").T + w("bias")
    weight_hh = w("weight_hh")
    r, z = torch.sigmoid(given[:, : 2 * units] + h @ weight_hh[: 2 * units].T).split(units, 1)
    if cell["params"].get("reset", "before") == "before":
        n = torch.tanh(given[:, 2 * units :] + (r * h) @ weight_hh[2 * units :].T)
    else:
        n = torch.tanh(given[:, 2 * units :] + r * (h @ weight_hh[2 * units :].T + w("bias_hn")))
    return z * h + (1 - z) * n, c


def lstm_step(cell, x, h, c, w):
    i, f, g, o = (x @ w("weight_ih").T + h @ w("weight_hh").T + w("bias")).chunk(4, 1)
    # Peephole (Gers and Schmidhuber 2000): i and f see the cell state of the step before, o that of this step.
    peephole = cell["params"].get("peephole", False)
    if peephole:
        i, f = i + c * w("weight_ci"), f + c * w("weight_cf")
    forget = torch.sigmoid(f)
    # Coupled gates (Greff et al. 2017): i = 1 - f.
    write = 1 - forget if cell["params"].get("coupled", False) else torch.sigmoid(i)
    c = forget * c + write * torch.tanh(g)
    if peephole:
        o = o + c * w("weight_co")
    return torch.sigmoid(o) * torch.tanh(c), c


STEPS = {"rnn": rnn_step, "gru": gru_step, "lstm": lstm_step}
