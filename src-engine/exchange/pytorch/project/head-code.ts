import { isHeadKind } from '../../../document/node-kinds.ts';
import { choiceParam, numberParam } from '../../../document/params.ts';
import type { Graph, GraphNode } from '../../../document/project.ts';
import { hasOwnSteps, type DataSignature } from '../../../document/signature.ts';

/** `head.py`: how the model is called with a batch, what its head's loss is, and what its numbers mean. */
export function headCode(graph: Graph, signature: DataSignature, inWindows: boolean): string {
  const head = graph.nodes.find(({ kind }) => isHeadKind(kind));
  if (head === undefined) throw new Error('a checked graph has a head');
  const decodes = graph.nodes.some(({ kind }) => kind === 'decoder');
  const ownSteps = hasOwnSteps(signature.output);
  const targets = decodes ? `, batch["y"]${ownSteps ? ', batch["target_lengths"]' : ''}` : '';
  return `"""What the model's head means: its loss, and answers in the unit of the data."""

import torch
from torch.nn import functional


def run(model, batch):
    """${decodes ? 'The answers, the wanted ones given step by step (teacher forcing).' : 'The answers.'}"""
    return model(batch["x"], batch["lengths"]${inWindows ? ', batch.get("states")' : targets})


${lossText(head, signature, inWindows && !signature.output.perStep)}


def answers(out):
    """${signature.output.kind === 'classes' ? 'Probabilities of the classes' : 'Numbers in the unit of the data'}, of what the model gives."""
${answersText(head, signature)}


def free_answers(model, batch, steps):
    """The answers of the model left to itself, at most \`steps\` of them."""
${freeText(decodes, ownSteps)}
`;
}

/** `atEnds`: in a window only the rows that end in it have a target. */
function lossText(head: GraphNode, { output }: DataSignature, atEnds: boolean): string {
  const ends = atEnds ? ['    if "ends" in batch:', '        out, batch = out[batch["ends"]], {**batch, "y": batch["y"][batch["ends"]]}'] : [];
  const doc = '    """The sum of the losses of all that counts, and how much that is: their quotient is the loss."""';
  if (output.kind === 'numbers') {
    const each =
      choiceParam(head, 'loss') === 'huber'
        ? `functional.huber_loss(out, batch["y"], reduction="none", delta=${String(numberParam(head, 'delta'))})`
        : 'functional.mse_loss(out, batch["y"], reduction="none")';
    const lines = output.perStep
      ? ['    valid = torch.arange(out.shape[1], device=out.device)[None] < batch["lengths"].to(out.device)[:, None]', `    each = ${each}[valid]`]
      : [`    each = ${each}`];
    return ['def loss_sum(out, batch):', doc, ...ends, ...lines, '    return each.sum(), torch.tensor(each.numel(), device=out.device)'].join('\n');
  }
  const lines =
    head.kind === 'softmax-head'
      ? ['    each = functional.cross_entropy(out, y, reduction="none")']
      : output.classes.length === 2
        ? ['    each = functional.binary_cross_entropy_with_logits(out[:, 0], y.to(out), reduction="none")']
        : [
            `    wanted = functional.one_hot(y, ${String(output.classes.length)}).to(out)`,
            '    each = functional.binary_cross_entropy_with_logits(out, wanted, reduction="none").sum(1)',
          ];
  return [
    'def loss_sum(out, batch):',
    doc,
    ...ends,
    '    counts = batch["y"].flatten() >= 0',
    '    out, y = out.flatten(0, -2)[counts], batch["y"].flatten()[counts]',
    ...lines,
    '    return each.sum(), counts.sum()',
  ].join('\n');
}

function answersText(head: GraphNode, { output }: DataSignature): string {
  if (output.kind === 'numbers') {
    const { normalisation } = output;
    if (normalisation === null) return '    return out';
    return `    mean, deviation = ${JSON.stringify(normalisation.mean)}, ${JSON.stringify(normalisation.deviation)}\n    return out * out.new_tensor(deviation) + out.new_tensor(mean)`;
  }
  if (head.kind === 'softmax-head') return '    return torch.softmax(out, -1)';
  if (output.classes.length === 2) return '    share = torch.sigmoid(out)\n    return torch.cat([1 - share, share], -1)';
  return '    return torch.sigmoid(out)';
}

function freeText(decodes: boolean, ownSteps: boolean): string {
  if (!decodes) return '    return answers(model(batch["x"], batch["lengths"]))';
  if (!ownSteps) return '    given = model.answer(batch["x"], batch["lengths"])\n    return answers(model(batch["x"], batch["lengths"], given))';
  return `    given = model.answer(batch["x"], batch["lengths"], steps)
    return answers(model(batch["x"], batch["lengths"], given, torch.full((len(given),), steps)))`;
}
