import type { DataSignature } from '../../../document/signature.ts';
import { hasOwnSteps } from '../../../document/signature.ts';

/** `data.py`: a loader that reads JSON lines as it goes, for what this model reads and answers. */
export function dataCode(signature: DataSignature): string {
  return [START, inputText(signature), targetText(signature), END].join('\n\n\n');
}

const START = String.raw`"""The data, read line by line while training goes on: it may be larger than the memory. One line of JSON is one example (README.md says how it
looks). Numbers are in the unit of the data and normalised here; tokens and classes are texts, or their places in signature.json."""

import json
import random
import re
from pathlib import Path

import torch
from torch.nn.utils.rnn import pad_sequence

SIGNATURE = json.loads((Path(__file__).parent / "signature.json").read_text(encoding="utf-8"))
INPUT, OUTPUT = SIGNATURE["input"], SIGNATURE["output"]

# Targets have steps of their own, as a translation has.
OWN_STEPS = "ownSteps" in OUTPUT

# Batches are cut from a pool of this many, drawn and sorted by length, so that little of a batch is padding.
POOL = 16


def read_lines(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield encode(json.loads(line))


def batches(path, batch_size, shuffle=None, rank=0, processes=1):
    """Batches of one epoch. Each process reads the same lines and keeps its own rows of every batch, so that a batch is the same
    however many there are. shuffle is a random.Random that all processes seed alike; without it the file's order is kept."""
    pool = []
    for example in read_lines(path):
        pool.append(example)
        if len(pool) == POOL * batch_size:
            yield from cut(pool, batch_size, shuffle, rank, processes)
            pool = []
    yield from cut(pool, batch_size, shuffle, rank, processes)


def cut(pool, batch_size, shuffle, rank, processes):
    if shuffle is not None:
        shuffle.shuffle(pool)
        pool.sort(key=lambda example: example["length"])
    groups = [pool[start : start + batch_size] for start in range(0, len(pool), batch_size)]
    if shuffle is not None:
        shuffle.shuffle(groups)
    for group in groups:
        if len(group) >= processes:
            # Steps of the whole batch, which other processes have other rows of.
            steps = max(max(each["length"], len(each["y"]) if OWN_STEPS else 0) for each in group)
            yield {**collate(group[rank::processes]), "steps": steps}


def count_batches(path, batch_size, processes=1):
    with open(path, encoding="utf-8") as file:
        rows = sum(1 for line in file if line.strip())
    return rows // batch_size + (1 if rows % batch_size >= processes else 0)


def count_updates(path, batch_size, processes, window):
    """Of an epoch in windows, where batches are put together by length as they mostly are."""
    lengths = sorted(example["length"] for example in read_lines(path))
    groups = [lengths[start : start + batch_size] for start in range(0, len(lengths), batch_size)]
    windows = [[-(-length // window) for length in group] for group in groups if len(group) >= processes]
    return sum(max(each) if OUTPUT["perStep"] else len(set(each)) for each in windows)


def normalised(values, end):
    values = torch.tensor(values, dtype=torch.float32 if end["normalisation"] is None else torch.float64)
    if end["normalisation"] is not None:
        values = (values - torch.tensor(end["normalisation"]["mean"])) / torch.tensor(end["normalisation"]["deviation"])
    return values.float()`;

const TOKENS = String.raw`TOKENS = {token: place for place, token in enumerate(INPUT["vocabulary"])}


def split(text):
    """A text as tokens, as Unroll cuts it."""
    if INPUT["unit"] == "character":
        return list(text.strip().lower())
    text = text.lower()
    text = re.sub(r"\bwon['\u2019]t\b", "will not", text)
    text = re.sub(r"\bshan['\u2019]t\b", "shall not", text)
    text = re.sub(r"\bcan['\u2019]?t\b|\bcannot\b", "can not", text)
    text = re.sub(r"([a-z])n['\u2019]t\b", r"\1 not", text)
    return re.findall(r"[^\W_]+|[^\s\w]|_", text)


def encode_input(x):
    """Ids [T]; a token that is not in the vocabulary has id 0."""
    tokens = split(x) if isinstance(x, str) else x
    return torch.tensor([TOKENS.get(token, 0) if isinstance(token, str) else token for token in tokens])`;

const NUMBERS = `def encode_input(x):
    """Rows of numbers [T,F], or numbers [F]."""
    return normalised(x, INPUT)`;

function inputText({ input }: DataSignature): string {
  return input.kind === 'tokens' ? TOKENS : NUMBERS;
}

const CLASSES = `CLASSES = {name: place for place, name in enumerate(OUTPUT["classes"])}


def place_of(name):
    """The place of a class; -1 where there is no target, which no loss counts."""
    return -1 if name is None else CLASSES[name] if isinstance(name, str) else name`;

function targetText({ output, input }: DataSignature): string {
  const encode =
    output.kind === 'numbers'
      ? `def encode_target(y):
    """Numbers, ${output.perStep ? '[T,O]' : '[O]'}."""
    return normalised(y, OUTPUT)`
      : `${CLASSES}


def encode_target(y):
    """${output.perStep ? 'Places of the classes, [T]' : 'The place of the class, []'}."""
    return torch.tensor(${output.perStep ? '[place_of(name) for name in y]' : 'place_of(y)'})`;
  const length = input.kind !== 'vector' ? 'len(x)' : output.perStep && !hasOwnSteps(output) ? 'len(y)' : '1';
  return `${encode}


def encode(line):
    x, y = encode_input(line["x"]), encode_target(line["y"])
    return {"x": x, "y": y, "length": ${length}}


def collate(examples):
    """x [B,T], [B,T,F] or [B,F]; lengths [B]; y, padded with -1 where it has steps; target_lengths [B], steps of y."""
    return {
        "x": ${input.kind === 'vector' ? 'torch.stack([each["x"] for each in examples])' : 'pad_sequence([each["x"] for each in examples], batch_first=True)'},
        "lengths": torch.tensor([each["length"] for each in examples]),
        "y": ${output.perStep ? 'pad_sequence([each["y"] for each in examples], batch_first=True, padding_value=-1)' : 'torch.stack([each["y"] for each in examples])'},
        "target_lengths": torch.tensor([${output.perStep ? 'len(each["y"])' : '1'} for each in examples]),
    }`;
}

const END = `if __name__ == "__main__":
    first = next(batches(Path(__file__).parent / "data" / "train.jsonl", 4))
    print({name: tuple(tensor.shape) for name, tensor in first.items()})
`;
