/** `verify.py`: the project's answers and its first loss beside Unroll's own. */
export const VERIFY_CODE = `"""Runs this project on the examples in verify.json and compares its answers and its loss with Unroll's: python3 verify.py"""

import json
import sys
from pathlib import Path

import torch

import data
from head import free_answers, loss_sum, run
from model import Model, load_weights, named_weights
from weights import read_weights

HERE = Path(__file__).parent
LIMIT = 1e-4


def largest(found, expected):
    """Largest difference, relative for numbers beyond 1."""
    if found.shape != expected.shape:
        raise SystemExit(f"answers of {tuple(found.shape)}, expected {tuple(expected.shape)}")
    return float(((found - expected).abs() / expected.abs().clamp(min=1)).max())


def compare_answers(model, given):
    difference = 0.0
    for batch in given["batches"]:
        x = torch.tensor(batch["x"]["values"], dtype=torch.int64 if given["tokens"] else torch.float32).reshape(batch["x"]["shape"])
        inputs = {"x": x, "lengths": torch.tensor(batch["lengths"])}
        found = free_answers(model, inputs, batch["steps"])
        for row, expected in enumerate(batch["answers"]):
            expected = torch.tensor(expected)
            answer = found[row, : len(expected)] if expected.dim() == 2 else found[row]
            difference = max(difference, largest(answer, expected))
    return difference


def compare_loss(model, wanted):
    """Of the first examples of the data, in their order."""
    batch = next(data.batches(HERE / "data" / "train.jsonl", wanted["examples"]))
    total, count = loss_sum(run(model, batch), batch)
    return float(total / count)


def main():
    torch.manual_seed(0)
    given = json.loads((HERE / "verify.json").read_text(encoding="utf-8"))
    arrays = read_weights(HERE / "weights.safetensors")
    model = Model().eval()
    load_weights(model, arrays)
    back = named_weights(model)
    if back.keys() != arrays.keys() or not all(torch.equal(back[name], arrays[name]) for name in arrays):
        raise SystemExit("the weights are not those of the file")
    result = {"torch": torch.__version__}
    with torch.no_grad():
        result["largestDifference"] = compare_answers(model, given)
        if given["loss"] is not None:
            loss, wanted = compare_loss(model, given["loss"]), given["loss"]["value"]
            result.update(loss=loss, lossDifference=abs(loss - wanted) / max(1, abs(wanted)))
    print(json.dumps(result))
    if result["largestDifference"] > LIMIT or result.get("lossDifference", 0) > LIMIT:
        sys.exit("This project does not answer as the model in Unroll does.")


if __name__ == "__main__":
    main()
`;
