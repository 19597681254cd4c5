"""Runs generated model.py files on the golden batches and prints, for each, the largest difference from the golden outputs.

Standard input: JSON list of {"name", "code", "golden": path}. Standard output: JSON object of name -> difference.
"""

import json
import sys

import torch

torch.set_default_dtype(torch.float64)


def padded(rows, dtype):
    return torch.nn.utils.rnn.pad_sequence([torch.tensor(row, dtype=dtype) for row in rows], batch_first=True)


def inputs_of(batch):
    if "tokens" in batch:
        return padded(batch["tokens"], torch.int64)
    if "sequences" in batch:
        return padded(batch["sequences"], torch.float64)
    return torch.tensor(batch["vectors"], dtype=torch.float64)


def targets_of(golden):
    """What a model with a decoder takes beside its inputs: the targets, and their lengths where these are their own."""
    if not any(node["kind"] == "decoder" for node in golden["project"]["graph"]["nodes"]):
        return []
    rows = [torch.tensor(row) for row in golden["batch"]["targets"]]
    targets = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=-1)
    return [targets, torch.tensor([len(row) for row in rows])] if "ownSteps" in golden["signature"]["output"] else [targets]


def answers(logits, head):
    """Probabilities, or numbers. One logit for two classes is the second one's."""
    if head == "softmax-head":
        return torch.softmax(logits, -1)
    if head == "sigmoid-head":
        shares = torch.sigmoid(logits)
        return torch.cat([1 - shares, shares], -1) if shares.shape[-1] == 1 else shares
    return logits


def difference(code, golden):
    space = {}
    exec(compile(code, golden["name"], "exec"), space)
    model = space["Model"]().eval()
    arrays = {name: torch.tensor(each["data"], dtype=torch.float64) for name, each in golden["parameters"].items()}
    space["load_weights"](model, arrays)
    back = space["named_weights"](model)
    assert back.keys() == arrays.keys() and all(torch.equal(back[name], arrays[name]) for name in arrays)
    lengths = torch.tensor(golden["batch"]["lengths"])
    head = next(node["kind"] for node in golden["project"]["graph"]["nodes"] if node["kind"].endswith("-head"))
    with torch.no_grad():
        found = answers(model(inputs_of(golden["batch"]), lengths, *targets_of(golden)), head)
    largest = 0.0
    for row, expected in enumerate(golden["outputs"]):
        wanted = torch.tensor(expected)
        given = found[row, : len(wanted)] if wanted.dim() == 2 else found[row]
        if given.shape != wanted.shape:
            raise ValueError(f"{golden['name']}: outputs of {tuple(given.shape)}, wanted {tuple(wanted.shape)}")
        largest = max(largest, float((given - wanted).abs().max()))
    return largest


if __name__ == "__main__":
    print(json.dumps({job["name"]: difference(job["code"], json.load(open(job["golden"]))) for job in json.load(sys.stdin)}))
