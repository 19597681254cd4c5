import type { TrainedModel } from '../trained-model.ts';

/** `weights.py`: safetensors as numpy arrays without a package. */
export const WEIGHTS_NUMPY = `"""Weights of a safetensors file, read without a package: 8 bytes with the header's length, the header as JSON, the numbers."""

import json
import struct

import numpy as np


def read_weights(path):
    """name -> float32 array."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    arrays = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            arrays[name] = np.frombuffer(data[begin:end], "<f4").reshape(entry["shape"])
    return arrays
`;

/** `verify.py`: the model's answers beside Unroll's own. */
export const VERIFY_KERAS = `"""Runs the model on the examples in verify.json and compares its answers with Unroll's: python3 verify.py"""

import json
import sys
from pathlib import Path

import keras
import numpy as np
from keras import ops

from model import Model, answers, load_weights
from weights import read_weights

HERE = Path(__file__).parent
LIMIT = 1e-4


def free_answers(model, given, x, lengths, steps):
    """Answers of the model left to itself."""
    if not given["decodes"]:
        return answers(model(x, lengths))
    targets = model.answer(x, lengths, steps)
    more = (ops.full((len(targets),), steps, dtype="int32"),) if given["ownSteps"] else ()
    return answers(model(x, lengths, targets, *more))


def main():
    given = json.loads((HERE / "verify.json").read_text(encoding="utf-8"))
    model, loaded, difference = Model(), False, 0.0
    for batch in given["batches"]:
        kind = "int32" if given["tokens"] else "float32"
        x = ops.convert_to_tensor(np.array(batch["x"]["values"], kind).reshape(batch["x"]["shape"]))
        lengths = ops.convert_to_tensor(np.array(batch["lengths"], "int32"))
        if not loaded:
            # The first call makes the weights that load_weights fills.
            free_answers(model, given, x, lengths, batch["steps"])
            load_weights(model, read_weights(HERE / "weights.safetensors"))
            loaded = True
        found = ops.convert_to_numpy(free_answers(model, given, x, lengths, batch["steps"]))
        for row, expected in enumerate(batch["answers"]):
            expected = np.array(expected)
            answer = found[row, : len(expected)] if expected.ndim == 2 else found[row]
            difference = max(difference, float((abs(answer - expected) / np.maximum(abs(expected), 1)).max()))
    print(json.dumps({"keras": keras.__version__, "largestDifference": difference}))
    if difference > LIMIT:
        sys.exit("This model does not answer as the model in Unroll does.")


if __name__ == "__main__":
    main()
`;

/** `README.md`: what each file is for. */
export function kerasReadme({ project }: Pick<TrainedModel, 'project'>): string {
  const name = project.name.replace(/[\p{C}\p{Z}<>[\]`\\*_#]+/gu, ' ').trim();
  return `# ${name === '' ? 'Model' : name}

A model from Unroll for Keras 3 (any of its backends; no other package than numpy).

| file | what it is |
|---|---|
| \`model.py\` | the model, and how its weights are read |
| \`weights.safetensors\`, \`weights.py\` | its weights by their names in Unroll, and how such a file is read |
| \`verify.py\`, \`verify.json\` | compares the model with Unroll's own answers: run it first |

    from model import Model, answers, load_weights
    from weights import read_weights

    model = Model()
    model(x, lengths)  # makes the weights
    load_weights(model, read_weights("weights.safetensors"))
    print(answers(model(x, lengths)))

\`x\` holds padded rows, \`lengths\` how many steps of each count; numbers are normalised as \`signature\` in the weights file's metadata says.
Gates of a GRU stand in the order z, r, n here, with \`reset_after=False\` where the candidate resets before the product; those of an LSTM i, f, c, o.
Where Unroll exported this no Keras could run it: \`verify.py\` is the proof.
`;
}
