"""Runs generated Keras models on the golden batches, over Keras' equations in numpy (keras_in_numpy), and prints the largest differences.

Standard input: JSON list of {"name", "code", "golden": path}. Standard output: JSON object of name -> difference from the golden outputs.
"""

import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent / "keras_in_numpy"))


def padded(rows, fill, dtype):
    steps = max(len(row) for row in rows)
    width = np.shape(rows[0])[1:]
    full = np.full((len(rows), steps, *width), fill, dtype)
    for row, values in zip(full, rows):
        row[: len(values)] = values
    return full


def inputs_of(batch):
    if "tokens" in batch:
        return padded(batch["tokens"], 0, "int64")
    if "sequences" in batch:
        return padded(batch["sequences"], 0, "float64")
    return np.array(batch["vectors"])


def targets_of(golden):
    if not any(node["kind"] == "decoder" for node in golden["project"]["graph"]["nodes"]):
        return []
    rows = golden["batch"]["targets"]
    targets = padded(rows, -1, "int64")
    return [targets, np.array([len(row) for row in rows])] if "ownSteps" in golden["signature"]["output"] else [targets]


def difference(code, golden):
    space = {}
    exec(compile(code, golden["name"], "exec"), space)
    model = space["Model"]()
    given = [inputs_of(golden["batch"]), np.array(golden["batch"]["lengths"]), *targets_of(golden)]
    with np.errstate(all="ignore"):
        model(*given)
    space["load_weights"](model, {name: np.array(each["data"]) for name, each in golden["parameters"].items()})
    found = space["answers"](model(*given))
    largest = 0.0
    for row, expected in zip(found, golden["outputs"]):
        wanted = np.array(expected)
        answer = row[: len(wanted)] if wanted.ndim == 2 else row
        if answer.shape != wanted.shape:
            raise ValueError(f"{golden['name']}: answers of {answer.shape}, expected {wanted.shape}")
        largest = max(largest, float(abs(answer - wanted).max()))
    return largest


if __name__ == "__main__":
    print(json.dumps({job["name"]: difference(job["code"], json.load(open(job["golden"]))) for job in json.load(sys.stdin)}))
