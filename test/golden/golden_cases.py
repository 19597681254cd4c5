"""The models of the golden files: graphs, what the data says, batches. All sizes are tiny."""

import random

TINY = {"batch": 3, "longest": 4, "width": 2}
RAGGED = [4, 2, 3]


def node(name, kind, parent=None, **params):
    return {"id": name, "kind": kind, **({} if parent is None else {"parent": parent}), "params": params}


def project(name, nodes, wires):
    """Wires are written `bi.state -> head`; the ports are `out` and `in` where none is named."""

    def end(text, port):
        owner, _, given = text.partition(".")
        return {"node": owner, "port": given or port}

    drawn = [{"id": f"w{place + 1}", "from": end(a, "out"), "to": end(b, "in")} for place, (a, b) in enumerate(wire.split(" -> ") for wire in wires)]
    return {
        "format": "unroll/project",
        "version": 1,
        "name": name,
        "graph": {"nodes": nodes, "wires": drawn},
        "data": None,
        "training": {
            "optimizer": {"kind": "adam", "learningRate": 0.01},
            "batchSize": 3,
            "epochs": 1,
            "seed": 1,
            "clip": {"kind": "none"},
            "bptt": {"mode": "full", "reduce": "sum"},
        },
    }


def case(name, about, nodes, wires, lengths=(4, 4, 4), width=2, tokens=0, target="classes", per_step=False, outputs=3, copies=False, clip=None, missing=(), target_lengths=None):
    """`tokens`: vocabulary size, 0 for features. `missing`: (row, step) of per-step targets that are absent. `clip`: largest norm of two more trainings."""
    if tokens:
        given = {"kind": "tokens", "unit": "character", "vocabulary": ["<unk>", *"abcdefgh"[: tokens - 1]]}
    else:
        kind = "vector" if any(node["kind"] == "vector" for node in nodes) else "features"
        given = {"kind": kind, "width": width, "columns": [f"x{column + 1}" for column in range(width)], "normalisation": None}
    if target == "classes":
        wanted = {"kind": "classes", "classes": [f"class {c + 1}" for c in range(outputs)], "perStep": per_step}
    else:
        columns = [f"y{column + 1}" for column in range(outputs)]
        wanted = {"kind": "numbers", "width": outputs, "columns": columns, "normalisation": None, "perStep": per_step}
    if target_lengths is not None:
        wanted["ownSteps"] = max(target_lengths)
    signature = {"input": given, "output": wanted, "longest": max(*lengths, *(target_lengths or lengths))}
    return {
        "name": name,
        "about": about,
        "project": project(name, nodes, wires),
        "signature": signature,
        "batch": random_batch(random.Random(name), signature, lengths, missing, target_lengths or lengths),
        "copies": copies,
        "clip": clip,
    }


def fraction(source, limit, parts):
    """A multiple of 1/parts within the limit: few digits, and exact in float32."""
    return source.randint(-limit * parts, limit * parts) / parts


def random_batch(source, signature, lengths, missing, target_lengths):
    given, wanted = signature["input"], signature["output"]

    def one_target():
        if wanted["kind"] == "classes":
            return source.randrange(len(wanted["classes"]))
        return [fraction(source, 4, 64) for _ in range(wanted["width"])]

    if given["kind"] == "tokens":
        inputs = {"tokens": [[source.randrange(len(given["vocabulary"])) for _ in range(length)] for length in lengths]}
    elif given["kind"] == "vector":
        inputs = {"vectors": [[fraction(source, 2, 64) for _ in range(given["width"])] for _ in lengths]}
    else:
        inputs = {"sequences": [[[fraction(source, 2, 64) for _ in range(given["width"])] for _ in range(length)] for length in lengths]}
    if wanted["perStep"]:
        targets = [[-1 if (row, t) in missing else one_target() for t in range(length)] for row, length in enumerate(target_lengths)]
    else:
        targets = [one_target() for _ in lengths]
    return {**inputs, "targets": targets, "lengths": list(lengths)}


def classifier(name, about, cell, **options):
    """features -> one cell -> last step -> softmax head."""
    nodes = [node("x", "features"), cell, node("last", "last-step"), node("head", "softmax-head")]
    return case(name, about, nodes, [f"x -> {cell['id']}", f"{cell['id']} -> last", "last -> head"], **options)


def blocked(name, about, blocks, top, port="out", **options):
    """features -> a block with its children -> softmax head, on the last step or on the block's `state`."""
    middle = [] if port == "state" else [node("last", "last-step")]
    wires = [f"x -> {top}", f"{top}.state -> head"] if port == "state" else [f"x -> {top}", f"{top} -> last", "last -> head"]
    return case(name, about, [node("x", "features"), *blocks, *middle, node("head", "softmax-head")], wires, **options)


def cells():
    rnn = lambda activation: node("rnn1", "rnn", units=3, activation=activation)
    gru = lambda reset: node("gru1", "gru", units=3, reset=reset)
    lstm = node("lstm1", "lstm", units=3)
    for activation in ("tanh", "relu", "sigmoid"):
        yield classifier(f"rnn-{activation}", f"RNN with {activation}.", rnn(activation), copies=activation == "tanh")
        yield classifier(f"rnn-{activation}-ragged", f"RNN with {activation}, rows of unequal length.", rnn(activation), lengths=RAGGED)
    for reset in ("after", "before"):
        yield classifier(f"gru-{reset}", f"GRU, reset {reset} the product.", gru(reset), copies=True)
        yield classifier(f"gru-{reset}-ragged", f"GRU, reset {reset} the product, rows of unequal length.", gru(reset), lengths=RAGGED, copies=True)
    yield classifier("lstm", "LSTM.", lstm, copies=True)
    yield classifier("lstm-ragged", "LSTM, rows of unequal length.", lstm, lengths=RAGGED, copies=True)
    for name, params in (("peephole", {"peephole": True}), ("coupled", {"coupled": True}), ("peephole-coupled", {"peephole": True, "coupled": True})):
        cell = node("lstm1", "lstm", units=9, **params)
        yield classifier(f"lstm-{name}", f"LSTM, {name.replace('-', ' and ')}.", cell, lengths=[5, 1, 3, 5, 2], copies=True)
    for kind, params in (("rnn", {}), ("gru", {"reset": "after"}), ("gru", {"reset": "before"}), ("lstm", {})):
        name = kind + (f"-{params['reset']}" if params else "")
        wide = node("cell", kind, units=9, **params)
        yield classifier(f"{name}-wide", f"{name}, sizes that no vector width divides.", wide, lengths=[5, 1, 3, 5, 2, 4, 5], width=5, outputs=5)
    yield classifier("lstm-one-step", "Sequences of a single step.", lstm, lengths=[1, 1])
    yield classifier("gru-before-one-row", "A batch of one row.", gru("before"), lengths=[4])


def blocks():
    stack = node("stack", "stack", repeats=2)
    yield blocked("lstm-two-layers", "Two LSTM layers.", [stack, node("lstm1", "lstm", "stack", units=3)], "stack", copies=True)
    yield blocked("gru-two-layers", "Two GRU layers, rows of unequal length.", [stack, node("gru1", "gru", "stack", units=3, reset="after")], "stack", lengths=RAGGED)
    yield blocked("gru-before-two-layers", "Two GRU layers, reset before.", [stack, node("gru1", "gru", "stack", units=3)], "stack", lengths=RAGGED)
    mixed = [node("stack", "stack"), node("rnn1", "rnn", "stack", units=3), node("dense1", "dense", "stack", units=4, activation="tanh")]
    mixed.append(node("lstm1", "lstm", "stack", units=2))
    yield blocked("stack-mixed", "RNN, dense and LSTM in one stack.", mixed, "stack", lengths=RAGGED)
    bi = lambda merge: node("bi", "bidirectional", merge=merge)
    gru = node("gru1", "gru", "bi", units=3, reset="after")
    lstm = node("lstm1", "lstm", "bi", units=3)
    before = node("gru1", "gru", "bi", units=3, reset="before")
    for merge in ("concat", "sum", "mean"):
        yield blocked(f"bi-gru-{merge}", f"Bidirectional GRU, merge {merge}.", [bi(merge), gru], "bi", lengths=RAGGED, copies=merge == "concat")
        yield blocked(f"bi-lstm-{merge}-state", f"Both final states of a bidirectional LSTM, merge {merge}.", [bi(merge), lstm], "bi", "state", lengths=RAGGED)
    yield blocked("bi-lstm-concat", "Bidirectional LSTM.", [bi("concat"), lstm], "bi")
    yield blocked("bi-gru-before-state", "Both final states of a bidirectional GRU, reset before.", [bi("concat"), before], "bi", "state", lengths=RAGGED)
    inner = [bi("concat"), node("stack", "stack", "bi", repeats=2), node("lstm1", "lstm", "stack", units=3)]
    yield blocked("stack-in-bi", "Each direction a stack of two LSTM layers.", inner, "bi", "state", lengths=RAGGED)
    outer = [node("stack", "stack", repeats=2), node("bi", "bidirectional", "stack", merge="concat"), node("gru1", "gru", "bi", units=2, reset="after")]
    yield blocked("bi-in-stack", "Two bidirectional GRU layers.", outer, "stack", lengths=RAGGED)
    summed = [node("stack", "stack", repeats=2), node("bi", "bidirectional", "stack", merge="sum"), node("rnn1", "rnn", "bi", units=3)]
    yield blocked("bi-sum-in-stack", "Two bidirectional RNN layers whose directions are added.", summed, "stack", lengths=RAGGED)


def inputs():
    cell = node("gru1", "gru", units=3, reset="after")
    ends = [node("last", "last-step"), node("head", "softmax-head")]
    wires = ["text -> embed", "embed -> gru1", "gru1 -> last", "last -> head"]
    for trainable in (True, False):
        name = "embedding-trainable" if trainable else "embedding-frozen"
        nodes = [node("text", "tokens"), node("embed", "embedding", size=4, trainable=trainable), cell, *ends]
        yield case(name, f"Tokens, {name.replace('-', ' ')}.", nodes, wires, lengths=RAGGED, tokens=5, copies=trainable)
    nodes = [node("text", "tokens"), node("embed", "one-hot"), cell, *ends]
    yield case("one-hot", "Tokens as one-hot rows.", nodes, wires, lengths=RAGGED, tokens=5)
    both = [node("text", "tokens"), node("embed", "embedding", size=3), node("bi", "bidirectional"), node("gru1", "gru", "bi", units=2)]
    wires = ["text -> embed", "embed -> bi", "bi.state -> head"]
    yield case("embedding-bi", "An embedding that both directions read.", [*both, node("head", "softmax-head")], wires, lengths=RAGGED, tokens=5, copies=True)


def shaping():
    rnn = node("rnn1", "rnn", units=3)
    for activation in ("none", "tanh", "relu", "sigmoid"):
        dense = lambda name: node(name, "dense", units=4, activation=activation)
        nodes = [node("x", "features"), dense("dense1"), rnn, dense("dense2"), node("last", "last-step"), dense("dense3"), node("head", "softmax-head")]
        wires = ["x -> dense1", "dense1 -> rnn1", "rnn1 -> dense2", "dense2 -> last", "last -> dense3", "dense3 -> head"]
        yield case(f"dense-{activation}", f"Dense layers with {activation}, per step and on a vector.", nodes, wires, lengths=RAGGED, copies=activation == "tanh")
    for kind in ("rnn", "gru", "lstm"):
        cell = node("cell", kind, units=3)
        nodes = [node("x", "features"), cell, node("head", "softmax-head")]
        yield case(f"{kind}-state", f"A {kind.upper()}'s final state.", nodes, ["x -> cell", "cell.state -> head"], lengths=RAGGED)


def initial_states():
    for name, kind, params in (("rnn", "rnn", {}), ("gru-after", "gru", {"reset": "after"}), ("gru-before", "gru", {"reset": "before"}), ("lstm", "lstm", {})):
        nodes = [node("x", "features"), node("first", kind, units=3, **params), node("second", kind, units=3, **params), node("head", "softmax-head")]
        wires = ["x -> first", "x -> second", "first.state -> second.initial", "second.state -> head"]
        yield case(f"initial-{name}", f"A cell that starts from another's final state ({name}).", nodes, wires, lengths=RAGGED, copies=True)
    nodes = [node("x", "features"), node("bi", "bidirectional"), node("gru1", "gru", "bi", units=2), node("dense1", "dense", units=3, activation="tanh")]
    nodes += [node("lstm1", "lstm", units=3), node("head", "softmax-head")]
    wires = ["x -> bi", "bi.state -> dense1", "dense1 -> lstm1.initial", "bi -> lstm1", "lstm1 -> head"]
    about = "A bidirectional block read twice: its sequence, and its states through a dense layer as the next cell's start; a class per step."
    yield case("initial-from-bi", about, nodes, wires, lengths=RAGGED, per_step=True)


def heads():
    lstm = node("lstm1", "lstm", units=3)
    per_step = [node("x", "features"), lstm, node("head", "softmax-head")]
    wires = ["x -> lstm1", "lstm1 -> head"]
    yield case("head-classes-per-step", "A class per step.", per_step, wires, lengths=RAGGED, per_step=True, copies=True, clip=0.05)
    missing = ((0, 0), (0, 2), (2, 1))
    yield case("head-classes-missing", "A class per step, some of them absent.", per_step, wires, lengths=RAGGED, per_step=True, missing=missing)
    per_step = [node("x", "features"), lstm, node("head", "regression-head")]
    yield case("head-numbers-per-step", "Numbers per step.", per_step, wires, lengths=RAGGED, target="numbers", per_step=True, outputs=2, copies=True, clip=1.0)
    single = [node("x", "features"), node("gru1", "gru", units=3), node("head", "regression-head")]
    wires = ["x -> gru1", "gru1.state -> head"]
    yield case("head-numbers", "Numbers per sequence.", single, wires, lengths=RAGGED, target="numbers", outputs=2, clip=1.0)
    bi = [node("x", "features"), node("bi", "bidirectional"), node("gru1", "gru", "bi", units=3, reset="after"), node("head", "regression-head")]
    yield case("head-numbers-bi", "Numbers per step from both directions.", bi, ["x -> bi", "bi -> head"], lengths=RAGGED, target="numbers", per_step=True, outputs=1)


def joins():
    gru = node("gru1", "gru", units=3, reset="after")
    ends = [node("last", "last-step"), node("head", "softmax-head")]
    for kind in ("concat", "add"):
        nodes = [node("x", "features"), gru, node("lstm1", "lstm", units=3), node("join", kind), *ends]
        wires = ["x -> gru1", "x -> lstm1", "gru1 -> join.in1", "lstm1 -> join.in2", "join -> last", "last -> head"]
        yield case(f"{kind}-sequences", f"Two cells side by side, joined at every step by {kind}.", nodes, wires, lengths=RAGGED)
    nodes = [node("x", "features"), gru, node("last", "last-step"), node("mean", "pool", mode="mean"), node("join", "concat"), node("head", "softmax-head")]
    wires = ["x -> gru1", "gru1 -> last", "gru1 -> mean", "gru1.state -> join.in3", "last -> join.in1", "mean -> join.in2", "join -> head"]
    yield case("concat-vectors", "Last step, mean and final state of one cell as one vector.", nodes, wires, lengths=RAGGED)
    for mode in ("mean", "max", "attention"):
        nodes = [node("x", "features"), gru, node("pool1", "pool", mode=mode), node("head", "softmax-head")]
        yield case(f"pool-{mode}", f"Pooling over the valid steps: {mode}.", nodes, ["x -> gru1", "gru1 -> pool1", "pool1 -> head"], lengths=RAGGED, copies=True)
    nodes = [node("x", "features"), gru, node("act", "activation", activation="relu"), node("norm1", "layer-norm"), node("add", "add"), *ends[:1]]
    nodes += [node("norm2", "layer-norm"), ends[1]]
    wires = ["x -> gru1", "gru1 -> act", "act -> norm1", "norm1 -> add.in1", "gru1 -> add.in2", "add -> last", "last -> norm2", "norm2 -> head"]
    about = "Activation and layer norm at every step, beside the state they are made of, and a layer norm of a vector."
    yield case("layer-norm", about, nodes, wires, lengths=RAGGED, copies=True)
    nodes = [node("x", "features"), gru, node("again", "repeat"), node("lstm1", "lstm", units=3), node("head", "regression-head")]
    wires = ["x -> gru1", "gru1.state -> again", "again -> lstm1", "lstm1 -> head"]
    yield case("repeat", "A final state repeated as the input of a second cell.", nodes, wires, lengths=RAGGED, target="numbers", per_step=True, outputs=2)


def vectors():
    dense = lambda name: node(name, "dense", units=5, activation="tanh")
    nodes = [node("x", "vector"), node("stack", "stack", repeats=2), node("dense1", "dense", "stack", units=5, activation="tanh"), node("head", "softmax-head")]
    yield case("vector-dense", "A feed-forward net on vectors, without steps.", nodes, ["x -> stack", "stack -> head"], lengths=[1, 1, 1, 1], width=4)
    nodes = [node("x", "vector"), dense("dense1"), node("again", "repeat"), node("gru1", "gru", units=3, reset="after"), node("head", "regression-head")]
    wires = ["x -> dense1", "dense1 -> again", "again -> gru1", "gru1 -> head"]
    about = "A vector unfolded into a sequence of numbers."
    yield case("vector-to-sequence", about, nodes, wires, lengths=RAGGED, width=2, target="numbers", per_step=True, outputs=1)


def decoders():
    for cell in ("rnn", "gru", "lstm"):
        nodes = [node("x", "features"), node("gru1", "gru", units=4), node("decoder1", "decoder", units=4, cell=cell, size=3), node("head", "softmax-head")]
        about = f"An encoder's final state as the start of a decoder ({cell}), which reads the class wanted one step back; some are absent."
        wires = ["x -> gru1", "gru1.state -> decoder1", "decoder1 -> head"]
        yield case(f"decoder-{cell}", about, nodes, wires, lengths=RAGGED, per_step=True, missing=((0, 1), (2, 0)), copies=True)
    nodes = [node("x", "vector"), node("dense1", "dense", units=5, activation="tanh"), node("decoder1", "decoder", units=5, size=2)]
    nodes += [node("gru2", "gru", units=3, reset="after"), node("norm", "layer-norm"), node("head", "sigmoid-head")]
    wires = ["x -> dense1", "dense1 -> decoder1", "decoder1 -> gru2", "gru2 -> norm", "norm -> head"]
    yield from handed_over()
    yield case("decoder-from-vector", "A vector decoded in two layers, layer norm, binary cross-entropy.", nodes, wires, lengths=RAGGED, per_step=True)


def handed_over():
    """Final states of LSTMs, h and c, as starts of LSTMs; targets with steps of their own."""
    ends = [node("decoder1", "decoder", units=4, cell="lstm", size=3), node("head", "softmax-head")]
    own = {"lengths": [4, 2, 3], "per_step": True, "target_lengths": [2, 5, 3], "copies": True}
    nodes = [node("x", "features"), node("lstm1", "lstm", units=4), *ends]
    about = "An LSTM's h and c as the start of an LSTM decoder; targets longer and shorter than inputs."
    yield case("decoder-own-steps-lstm", about, nodes, ["x -> lstm1", "lstm1.state -> decoder1", "decoder1 -> head"], **own)
    for merge, units in (("concat", 2), ("mean", 4)):
        nodes = [node("x", "features"), node("bi", "bidirectional", merge=merge), node("lstm1", "lstm", "bi", units=units), *ends]
        about = f"Both directions' h and c, merged by {merge}, as the start of an LSTM decoder."
        yield case(f"decoder-own-steps-bi-{merge}", about, nodes, ["x -> bi", "bi.state -> decoder1", "decoder1 -> head"], **own)
    nodes = [node("x", "features"), node("bi", "bidirectional"), node("stack", "stack", "bi", repeats=2), node("lstm1", "lstm", "stack", units=2)]
    nodes += [node("lstm2", "lstm", units=4, peephole=True), node("head", "softmax-head")]
    wires = ["x -> bi", "bi.state -> lstm2.initial", "x -> lstm2", "lstm2 -> head"]
    yield case("initial-lstm-peephole", "Stacked LSTMs of both directions, h and c, as the start of one with peephole.", nodes, wires, lengths=RAGGED, per_step=True, copies=True)
    nodes = [node("x", "features"), node("lstm1", "lstm", units=4), node("dense1", "dense", units=4, activation="tanh"), *ends]
    wires = ["x -> lstm1", "lstm1.state -> dense1", "dense1 -> decoder1", "decoder1 -> head"]
    yield case("decoder-own-steps-dense", "An LSTM's h through a dense layer as the start of an LSTM decoder, whose c starts from zeros.", nodes, wires, **own)
    nodes = [node("x", "features"), node("gru1", "gru", units=4), node("decoder1", "decoder", units=4, size=3), node("head", "softmax-head")]
    yield case("decoder-own-steps-gru", "GRU encoder and decoder.", nodes, ["x -> gru1", "gru1.state -> decoder1", "decoder1 -> head"], **own)


def stacks():
    residual = [node("stack", "stack", repeats=2, residual=True), node("lstm1", "lstm", "stack", units=5), node("norm", "layer-norm", "stack")]
    yield blocked("stack-residual", "Two LSTM layers with layer norm, each adding its input to its output.", residual, "stack", lengths=RAGGED, width=5)
    dropped = [node("stack", "stack", repeats=3, dropout=0.25), node("gru1", "gru", "stack", units=5, reset="after")]
    yield blocked("stack-dropout", "Three GRU layers with dropout between them; one row, so that its place in the batch is known.", dropped, "stack", lengths=[5])
    drop = lambda name: node(name, "dropout", rate=0.5)
    nodes = [node("x", "features"), drop("drop1"), node("rnn1", "rnn", units=6), node("last", "last-step"), drop("drop2"), node("head", "softmax-head")]
    wires = ["x -> drop1", "drop1 -> rnn1", "rnn1 -> last", "last -> drop2", "drop2 -> head"]
    yield case("dropout", "Dropout of inputs and of a vector; one row, so that its place in the batch is known.", nodes, wires, lengths=[4], width=5)


def losses():
    gru = node("gru1", "gru", units=3)
    for name, outputs in (("two", 2), ("four", 4)):
        nodes = [node("x", "features"), gru, node("head", "sigmoid-head")]
        about = f"Binary cross-entropy, {name} classes."
        yield case(f"head-sigmoid-{name}", about, nodes, ["x -> gru1", "gru1.state -> head"], lengths=RAGGED, outputs=outputs, copies=True)
    nodes = [node("x", "features"), gru, node("head", "sigmoid-head")]
    about = "Binary cross-entropy of two classes at every step, some targets absent."
    yield case("head-sigmoid-per-step", about, nodes, ["x -> gru1", "gru1 -> head"], lengths=RAGGED, outputs=2, per_step=True, missing=((0, 1), (2, 2)))
    nodes = [node("x", "features"), gru, node("head", "regression-head", loss="huber", delta=0.75)]
    wires = ["x -> gru1", "gru1 -> head"]
    yield case("head-huber", "Huber loss per step.", nodes, wires, lengths=RAGGED, target="numbers", per_step=True, outputs=2)


def all_cases():
    for group in (cells, blocks, inputs, shaping, initial_states, heads, joins, vectors, decoders, stacks, losses):
        yield from group()
