import type { WireType } from '../checked.ts';
import { decoderCell } from '../decoder-cell.ts';
import type { KindName } from '../node-kinds.ts';
import { booleanParam, choiceParam, numberParam } from '../params.ts';
import type { GraphNode } from '../project.ts';
import type { DataSignature } from '../signature.ts';

/** A parameter before its path is known; a size is null where it cannot be known yet. */
export interface ParameterPart {
  readonly name: string;
  readonly shape: readonly (number | null)[];
  readonly trainable: boolean;
  readonly gates: readonly string[];
}

export interface NodeShapes {
  readonly outputs: Readonly<Record<string, WireType | null>>;
  readonly parameters: readonly ParameterPart[];
}

/** `input` arrives at `in`; `inputs` by port. */
type ShapeRule = (node: GraphNode, input: WireType | null, signature: DataSignature | null, inputs: Inputs) => NodeShapes;

export type Inputs = Readonly<Record<string, WireType | null>>;

/** Kinds whose shapes follow from their children instead. */
type BlockName = 'stack' | 'bidirectional';

/** What leaves each kind of node and which parameters it owns, given what arrives at `in`. Sources: engine.md, cells and heads. */
export const SHAPE_RULES: Readonly<Record<Exclude<KindName, BlockName>, ShapeRule>> = {
  tokens: () => ({ outputs: { out: { kind: 'tokens' } }, parameters: [] }),
  features: (_node, _input, signature) => ({
    outputs: { out: { kind: 'sequence', features: signature?.input.kind === 'features' ? signature.input.width : null } },
    parameters: [],
  }),
  vector: (_node, _input, signature) => ({
    outputs: { out: { kind: 'vector', features: signature?.input.kind === 'vector' ? signature.input.width : null } },
    parameters: [],
  }),
  embedding: (node, _input, signature) => {
    const size = numberParam(node, 'size');
    const weight = part('weight', [vocabularySize(signature), size], booleanParam(node, 'trainable'));
    return { outputs: { out: { kind: 'sequence', features: size } }, parameters: [weight] };
  },
  'one-hot': (_node, _input, signature) => ({ outputs: { out: { kind: 'sequence', features: vocabularySize(signature) } }, parameters: [] }),
  rnn: cellRule,
  gru: cellRule,
  lstm: cellRule,
  decoder: (node, _input, signature) => {
    const size = numberParam(node, 'size');
    const classes = signature?.output.kind === 'classes' ? signature.output.classes.length : null;
    const cell = decoderCell(node);
    const shapes = cellRule(cell, { kind: 'sequence', features: size });
    const { out = null } = shapes.outputs;
    return { outputs: { out }, parameters: [part('embedding', [classes === null ? null : classes + 1, size]), ...shapes.parameters] };
  },
  dense: (node, input) => {
    const units = numberParam(node, 'units');
    return { outputs: { out: widened(input, units) }, parameters: linear(units, input) };
  },
  activation: (_node, input) => ({ outputs: { out: widened(input, featuresOf(input)) }, parameters: [] }),
  dropout: (_node, input) => ({ outputs: { out: widened(input, featuresOf(input)) }, parameters: [] }),
  'layer-norm': (_node, input) => {
    const features = featuresOf(input);
    return { outputs: { out: widened(input, features) }, parameters: [part('weight', [features]), part('bias', [features])] };
  },
  concat: (_node, _input, _signature, inputs) => joined(inputs, (widths) => widths.reduce((a, b) => a + b, 0)),
  add: (_node, _input, _signature, inputs) => joined(inputs, ([first = 0]) => first),
  pool: (node, input) => {
    const features = featuresOf(input);
    const weights = choiceParam(node, 'mode') === 'attention' ? [part('weight', [features, features]), part('vector', [features])] : [];
    return { outputs: { out: { kind: 'vector', features } }, parameters: weights };
  },
  repeat: (_node, input) => ({ outputs: { out: { kind: 'sequence', features: featuresOf(input) } }, parameters: [] }),
  'last-step': (_node, input) => ({ outputs: { out: { kind: 'vector', features: featuresOf(input) } }, parameters: [] }),
  'softmax-head': (_node, input, signature) => headShapes(input, signature?.output.kind === 'classes' ? signature.output.classes.length : null),
  'sigmoid-head': (_node, input, signature) => {
    const classes = signature?.output.kind === 'classes' ? signature.output.classes.length : null;
    return headShapes(input, classes === 2 ? 1 : classes);
  },
  'regression-head': (_node, input, signature) => headShapes(input, signature?.output.kind === 'numbers' ? signature.output.width : null),
};

function cellRule(node: GraphNode, input: WireType | null): NodeShapes {
  if (node.kind === 'rnn') return cellShapes(node, input, []);
  const shapes = cellShapes(node, input, node.kind === 'gru' ? ['r', 'z', 'n'] : ['i', 'f', 'g', 'o']);
  return { ...shapes, parameters: [...shapes.parameters, ...ownParts(node).map((name) => part(name, [numberParam(node, 'units')]))] };
}

/** Vectors [H] that an option of the cell brings. */
function ownParts(node: GraphNode): readonly string[] {
  if (node.kind === 'gru') return choiceParam(node, 'reset') === 'after' ? ['bias_hn'] : [];
  return booleanParam(node, 'peephole') ? ['weight_ci', 'weight_cf', 'weight_co'] : [];
}

/** F or H of what arrives; null where nothing or nothing known arrives, and for token ids. */
export function featuresOf(type: WireType | null): number | null {
  return type === null || type.kind === 'tokens' ? null : type.features;
}

function part(name: string, shape: readonly (number | null)[], trainable = true, gates: readonly string[] = []): ParameterPart {
  return { name, shape, trainable, gates };
}

function vocabularySize(signature: DataSignature | null): number | null {
  return signature?.input.kind === 'tokens' ? signature.input.vocabulary.length : null;
}

/** `weight_ih [G*H,I]`, `weight_hh [G*H,H]`, `bias [G*H]`; G is 1 where there are no gates. */
function cellShapes(node: GraphNode, input: WireType | null, gates: readonly string[]): NodeShapes {
  const units = numberParam(node, 'units');
  const rows = units * Math.max(1, gates.length);
  return {
    outputs: { out: { kind: 'sequence', features: units }, state: { kind: 'state', features: units } },
    parameters: [part('weight_ih', [rows, featuresOf(input)], true, gates), part('weight_hh', [rows, units], true, gates), part('bias', [rows], true, gates)],
  };
}

function linear(rows: number | null, input: WireType | null): readonly ParameterPart[] {
  return [part('weight', [rows, featuresOf(input)]), part('bias', [rows])];
}

/** What leaves a node that joins its inputs: the kind of the first, and as many features as `width` makes of theirs. */
function joined(inputs: Inputs, width: (widths: readonly number[]) => number): NodeShapes {
  const fed = Object.values(inputs).filter((type) => type !== null);
  const widths = fed.map(featuresOf).filter((features) => features !== null);
  return { outputs: { out: widened(fed[0] ?? null, widths.length < Math.max(1, fed.length) ? null : width(widths)) }, parameters: [] };
}

/** A sequence stays a sequence; a vector or a state becomes a vector. */
function widened(input: WireType | null, features: number | null): WireType | null {
  if (input === null || input.kind === 'tokens') return null;
  return { kind: input.kind === 'sequence' ? 'sequence' : 'vector', features };
}

/** A head has no output port; its `out` says what the model answers. */
function headShapes(input: WireType | null, width: number | null): NodeShapes {
  return { outputs: { out: widened(input, width) }, parameters: linear(width, input) };
}
