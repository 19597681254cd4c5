import type { CheckedNode } from '../checked.ts';
import type { GraphIndex } from '../graph-index.ts';
import { childrenOf } from '../graph-index.ts';
import { isHeadKind, isInputKind, kindSpec } from '../node-kinds.ts';
import { choiceParam, numberParam } from '../params.ts';
import type { Problem } from '../problems.ts';
import { problem } from '../problems.ts';
import type { GraphNode, NodeId, Wire } from '../project.ts';
import type { DataSignature } from '../signature.ts';

/** U018 and U019: a model has one input and one head. Silent about what is missing while an unknown kind might be it. */
export function checkEnds(index: GraphIndex): readonly Problem[] {
  const top = childrenOf(index, null);
  const inputs = top.filter((node) => isInputKind(node.kind));
  const heads = top.filter((node) => isHeadKind(node.kind));
  const guesswork = top.some((node) => kindSpec(node.kind) === null);
  const problems: Problem[] = [];
  if (inputs.length === 0 && !guesswork)
    problems.push(problem('U018', 'The model has no input.', 'Add Tokens for text, Features for numbers per step, or a Vector for numbers without steps.'));
  if (heads.length === 0 && !guesswork) {
    problems.push(problem('U019', 'The model has no head.', 'Add a Softmax or Sigmoid head for classes or a Regression head for numbers.'));
  }
  for (const extra of inputs.slice(1)) {
    problems.push(problem('U021', `${extra.id} is a second input beside ${inputs[0]?.id ?? ''}; the data has one.`, 'Remove one of them.', { node: extra.id }));
  }
  for (const extra of heads.slice(1)) {
    problems.push(problem('U019', `${extra.id} is a second head beside ${heads[0]?.id ?? ''}.`, 'Remove one of them.', { node: extra.id }));
  }
  return problems;
}

const INPUT_WORDS: Readonly<Record<string, string>> = { tokens: 'text', features: 'numbers per step', vector: 'numbers without steps' };

/** U020, U021: inputs, heads and pre-trained vectors against what the data holds. */
export function checkAgainstData(node: GraphNode, signature: DataSignature): Problem | null {
  const { input, output } = signature;
  if (isInputKind(node.kind) && node.kind !== input.kind) {
    const read = INPUT_WORDS[node.kind] ?? node.kind;
    const held = input.kind === 'tokens' ? `${input.unit}s` : `${input.width} ${INPUT_WORDS[input.kind] ?? ''}`;
    return problem(
      'U021',
      `${node.id} reads ${read}, and the data holds ${held}.`,
      `Use a ${kindSpec(input.kind)?.title ?? input.kind} input, or choose other data.`,
      {
        node: node.id,
      },
    );
  }
  if ((node.kind === 'softmax-head' || node.kind === 'sigmoid-head') && output.kind !== 'classes') {
    return problem('U020', `${node.id} answers with a class, and the data's target is ${output.width} numbers.`, 'Use a Regression head.', { node: node.id });
  }
  if (node.kind === 'regression-head' && output.kind !== 'numbers') {
    return problem(
      'U020',
      `${node.id} answers with numbers, and the data's target is one of ${output.classes.length} classes.`,
      'Use a Softmax or a Sigmoid head.',
      {
        node: node.id,
      },
    );
  }
  if (node.kind === 'decoder' && !(output.kind === 'classes' && output.perStep)) {
    const message = `${node.id} writes a class at every step, and the data's target is ${output.kind === 'classes' ? 'one class' : 'numbers'}.`;
    return problem('U020', message, 'Use a Repeat and a cell, or choose data with a class per step.', { node: node.id });
  }
  if (node.kind === 'embedding' && choiceParam(node, 'vectors') !== 'random' && input.kind === 'tokens' && input.unit !== 'word') {
    return problem('U021', `${node.id} holds vectors of words, and the data's tokens are ${input.unit}s.`, 'Set its vectors to random.', { node: node.id });
  }
  return null;
}

const GLOVE_SIZE = 100;

function isPretrained(node: GraphNode): boolean {
  return choiceParam(node, 'vectors') === 'glove-100d';
}

/** U004: pre-trained vectors have a size of their own. */
export function checkVectors(node: GraphNode): Problem | null {
  if (node.kind !== 'embedding' || !isPretrained(node)) return null;
  const size = numberParam(node, 'size');
  if (size === GLOVE_SIZE) return null;
  return problem(
    'U004',
    `${node.id} has size ${size}, and GloVe vectors hold ${GLOVE_SIZE} numbers.`,
    `Set its size to ${GLOVE_SIZE}, or its vectors to random.`,
    {
      node: node.id,
    },
  );
}

/** U023: nodes of the top level from which no wire leads to the head. */
export function checkReach(index: GraphIndex, incoming: ReadonlyMap<NodeId, readonly Wire[]>, blamed: ReadonlySet<NodeId>): readonly Problem[] {
  const top = childrenOf(index, null);
  const heads = top.filter((node) => isHeadKind(node.kind));
  if (heads.length === 0) return [];
  const reached = new Set<NodeId>(heads.map((node) => node.id));
  for (const id of reached) for (const wire of incoming.get(id) ?? []) reached.add(wire.from.node);
  return top
    .filter((node) => !reached.has(node.id) && !blamed.has(node.id))
    .map((node) => problem('U023', `No wire leads from ${node.id} to the head.`, 'Wire it into the model, or remove it.', { node: node.id }));
}

/** U026: a last step behind a bidirectional block sees only one step of the backward direction. */
export function findHints(nodes: ReadonlyMap<NodeId, CheckedNode>, incoming: ReadonlyMap<NodeId, readonly Wire[]>): readonly Problem[] {
  return [...nodes.values()].flatMap(({ node }) => {
    const wire = node.kind === 'last-step' ? incoming.get(node.id)?.[0] : undefined;
    if (wire === undefined || nodes.get(wire.from.node)?.node.kind !== 'bidirectional') return [];
    return [
      problem(
        'U026',
        `${node.id} keeps the last step of ${wire.from.node}, where the backward direction has read only one token.`,
        `Wire the "state" port of ${wire.from.node} instead: it joins both directions' final states.`,
        { node: node.id, wire: wire.id },
      ),
    ];
  });
}
