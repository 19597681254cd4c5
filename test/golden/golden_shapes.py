"""Names and shapes of a project's parameters, from the document alone: what the check must find too."""

from golden_network import CELLS, GATES


class Shapes:
    def __init__(self, project, signature):
        self.nodes = project["graph"]["nodes"]
        self.wires = project["graph"]["wires"]
        self.signature = signature
        self.shapes = {}
        self.frozen = set()

    def run(self):
        widths = {}
        for node in self.nodes:
            if "parent" not in node:
                fed = [widths[wire["from"]["node"]] for wire in self.wires if wire["to"]["node"] == node["id"] and wire["to"]["port"] != "initial"]
                widths[node["id"]] = sum(fed) if node["kind"] == "concat" else self.node(node, fed[0] if fed else None, "", "")
        return self.shapes, self.frozen

    def node(self, node, width, repeats, direction):
        """Width of what leaves; a block's `state` is as wide as its `out`."""
        kind, params, path = node["kind"], node["params"], node["id"] + repeats + direction
        children = [child for child in self.nodes if child.get("parent") == node["id"]]
        if kind in ("features", "vector"):
            return self.signature["input"]["width"]
        if kind in CELLS:
            return self.cell(kind, params, path, width)
        if kind == "decoder":
            self.shapes[path + ".embedding"] = [self.outputs() + 1, params["size"]]
            return self.cell(params.get("cell", "gru"), params, path, params["size"])
        if kind == "stack":
            count = params.get("repeats", 1)
            for copy in range(count):
                for child in children:
                    width = self.node(child, width, repeats + (f"[{copy}]" if count > 1 else ""), direction)
            return width
        if kind == "bidirectional":
            both = [self.node(children[0], width, repeats, each) for each in (".forward", ".backward")]
            return sum(both) if params.get("merge", "concat") == "concat" else both[0]
        if kind == "embedding":
            self.shapes[path + ".weight"] = [self.vocabulary(), params["size"]]
            if not params.get("trainable", True):
                self.frozen.add(path + ".weight")
            return params["size"]
        if kind == "one-hot":
            return self.vocabulary()
        if kind == "layer-norm":
            self.shapes.update({f"{path}.weight": [width], f"{path}.bias": [width]})
        if kind == "pool" and params.get("mode", "mean") == "attention":
            self.shapes.update({f"{path}.weight": [width, width], f"{path}.vector": [width]})
        if kind in ("tokens", "last-step", "add", "activation", "layer-norm", "pool", "repeat", "dropout"):
            return width
        if kind == "sigmoid-head" and self.outputs() == 2:
            return self.linear(path, 1, width)
        return self.linear(path, self.outputs() if kind.endswith("head") else params["units"], width)

    def cell(self, kind, params, path, width):
        units = params["units"]
        rows = GATES[kind] * units
        self.shapes.update({f"{path}.weight_ih": [rows, width], f"{path}.weight_hh": [rows, units], f"{path}.bias": [rows]})
        if kind == "gru" and params.get("reset", "before") == "after":
            self.shapes[f"{path}.bias_hn"] = [units]
        if params.get("peephole", False):
            self.shapes.update({f"{path}.weight_c{gate}": [units] for gate in "ifo"})
        return units

    def linear(self, path, units, width):
        self.shapes.update({f"{path}.weight": [units, width], f"{path}.bias": [units]})
        return units

    def vocabulary(self):
        return len(self.signature["input"]["vocabulary"])

    def outputs(self):
        output = self.signature["output"]
        return len(output["classes"]) if output["kind"] == "classes" else output["width"]
