import { hasOwnSteps, type DataSignature } from '../../../document/signature.ts';

/** `predict.py`: the answers to inputs of one's own, from a shell or from Python. */
export function predictCode({ input, output }: DataSignature): string {
  const own = hasOwnSteps(output);
  const isVector = input.kind === 'vector';
  const length = isVector ? (output.perStep && !own ? 'data.SIGNATURE["longest"]' : '1') : 'len(x)';
  return `"""The model's answers to inputs of your own: python3 predict.py inputs.jsonl, one {"x": ...} on each line, as README.md shows. The same from Python:
predict(load(), [x, ...])."""

import json
import sys
from pathlib import Path

import torch
${isVector ? '' : 'from torch.nn.utils.rnn import pad_sequence\n'}
import data
from head import free_answers
from model import Model, load_weights
from weights import read_weights

HERE = Path(__file__).parent


def load(path=HERE / "weights.safetensors"):
    """The model with its weights; trained.safetensors has those of train.py."""
    model = Model()
    load_weights(model, read_weights(path))
    return model.eval()


def predict(model, inputs):
    """An answer for each input: ${answerWords(output)}."""
    rows = [data.encode_input(x) for x in inputs]
    lengths = torch.tensor([${length} for x in rows])
    batch = {"x": ${isVector ? 'torch.stack(rows)' : 'pad_sequence(rows, batch_first=True)'}, "lengths": lengths}
    with torch.no_grad():
        out = free_answers(model, batch, ${own ? 'data.OUTPUT["ownSteps"]' : 'int(lengths.max())'})
${rowsText(output)}


${namedText(output)}


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") if len(sys.argv) > 1 else sys.stdin as file:
        given = [json.loads(line)["x"] for line in file if line.strip()]
    for answer in predict(load(), given):
        print(json.dumps(answer, ensure_ascii=False))
`;
}

function answerWords(output: DataSignature['output']): string {
  if (output.kind === 'numbers') return output.perStep ? 'the numbers by their columns, for each step' : 'the numbers by their columns';
  if (hasOwnSteps(output)) return 'the classes that it writes, up to <end>';
  return output.perStep ? 'the likeliest class at each step' : 'the likeliest class, and the probability of each';
}

function rowsText(output: DataSignature['output']): string {
  if (!output.perStep) return '    return [named(row) for row in out]';
  if (!hasOwnSteps(output)) return '    return [[named(step) for step in row[:length]] for row, length in zip(out, lengths)]';
  return `    return [written([named(step) for step in row]) for row in out]


def written(classes):
    return classes[: classes.index("<end>")] if "<end>" in classes else classes`;
}

function namedText(output: DataSignature['output']): string {
  if (output.kind === 'numbers')
    return `def named(numbers):
    return dict(zip(data.OUTPUT["columns"], numbers.tolist()))`;
  if (output.perStep)
    return `def named(probabilities):
    return data.OUTPUT["classes"][int(probabilities.argmax())]`;
  return `def named(probabilities):
    classes = data.OUTPUT["classes"]
    return {"class": classes[int(probabilities.argmax())], "probabilities": dict(zip(classes, probabilities.tolist()))}`;
}
