import { fc } from '../fixtures/laws.ts';
import type { Batch } from '../../src-engine/data/dataset.ts';
import { createRandom, randomUniform, type Random } from '../../src-engine/data/random.ts';
import type { Graph, GraphNode } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { graph, node } from './document-builders.ts';

const ACTIVATIONS = ['none', 'tanh', 'relu', 'sigmoid'] as const;

export type CellSpec =
  | { readonly kind: 'rnn'; readonly units: number; readonly activation: 'tanh' | 'relu' | 'sigmoid' }
  | { readonly kind: 'gru'; readonly units: number; readonly reset: 'before' | 'after' }
  | { readonly kind: 'lstm'; readonly units: number; readonly peephole: boolean; readonly coupled: boolean };
export type DenseSpec = { readonly kind: 'dense'; readonly units: number; readonly activation: (typeof ACTIVATIONS)[number] };
export type StackSpec = { readonly kind: 'stack'; readonly repeats: number; readonly dropout: number; readonly children: readonly BlockSpec[] };
export type BidirectionalSpec = { readonly kind: 'bidirectional'; readonly merge: 'concat' | 'sum' | 'mean'; readonly child: CellSpec | StackSpec };
/** What may stand in a stack. */
type BlockSpec = CellSpec | DenseSpec | StackSpec | BidirectionalSpec;

type PoolMode = 'mean' | 'max' | 'attention';
/** Layers that keep the width: an activation, a layer norm, the input joined with its own tanh, or a pooled vector at every step. */
export type PlainSpec =
  | { readonly kind: 'activation'; readonly activation: 'tanh' | 'relu' | 'sigmoid' }
  | { readonly kind: 'layer-norm' }
  | { readonly kind: 'dropout'; readonly rate: number }
  | { readonly kind: 'join'; readonly how: 'add' | 'concat' }
  | { readonly kind: 'summary'; readonly mode: PoolMode };
export type LayerSpec = CellSpec | DenseSpec | StackSpec | BidirectionalSpec | PlainSpec;

/** A model in outline: one input, layers one after the other, an end, a head. */
export interface ModelSpec {
  readonly input: 'features' | 'vector' | 'embedding' | 'frozen' | 'one-hot';
  readonly layers: readonly LayerSpec[];
  /** Whether cells start from the final state of the cell or bidirectional block before them, through a dense layer where the widths differ. */
  readonly linked: boolean;
  readonly end: 'last-step' | 'state' | 'per-step' | PoolMode;
  readonly head: 'softmax-head' | 'sigmoid-head' | 'regression-head' | 'huber';
  /** Features or vocabulary, and outputs. */
  readonly sizes: { readonly input: number; readonly output: number };
}

export interface Units {
  readonly min: number;
  readonly max: number;
}

const SMALL: Units = { min: 1, max: 3 };

export function anyCell(units = SMALL): fc.Arbitrary<CellSpec> {
  return fc.oneof(
    fc.record({
      kind: fc.constant('rnn' as const),
      units: fc.integer(units),
      activation: fc.constantFrom('tanh' as const, 'relu' as const, 'sigmoid' as const),
    }),
    fc.record({ kind: fc.constant('gru' as const), units: fc.integer(units), reset: fc.constantFrom('before' as const, 'after' as const) }),
    fc.record({ kind: fc.constant('lstm' as const), units: fc.integer(units), peephole: fc.boolean(), coupled: fc.boolean() }),
  );
}

export function anyDense(units = SMALL): fc.Arbitrary<DenseSpec> {
  return fc.record({ kind: fc.constant('dense' as const), units: fc.integer(units), activation: fc.constantFrom(...ACTIVATIONS) });
}

function stackOf<T extends BlockSpec>(children: fc.Arbitrary<T>): fc.Arbitrary<StackSpec> {
  return fc.record({
    kind: fc.constant('stack' as const),
    repeats: fc.integer({ min: 1, max: 2 }),
    dropout: fc.constantFrom(0, 0.25),
    children: fc.array(children, { minLength: 1, maxLength: 2 }),
  });
}

export function anyBidirectional(units = SMALL): fc.Arbitrary<BidirectionalSpec> {
  const child = fc.oneof({ weight: 3, arbitrary: anyCell(units) }, { weight: 1, arbitrary: stackOf(anyCell(units)) });
  return fc.record({ kind: fc.constant('bidirectional' as const), merge: fc.constantFrom('concat' as const, 'sum' as const, 'mean' as const), child });
}

export function anyStack(units = SMALL): fc.Arbitrary<StackSpec> {
  return stackOf<BlockSpec>(fc.oneof(anyCell(units), anyDense(units), anyBidirectional(units)));
}

function anyLayer(units = SMALL): fc.Arbitrary<LayerSpec> {
  return fc.oneof(
    { weight: 3, arbitrary: anyCell(units) },
    { weight: 1, arbitrary: anyDense(units) },
    { weight: 1, arbitrary: anyBidirectional(units) },
    { weight: 1, arbitrary: anyStack(units) },
    { weight: 1, arbitrary: anyPlain() },
  );
}

const ACTIVATED = fc.constantFrom('tanh' as const, 'relu' as const, 'sigmoid' as const);
const POOLED = fc.constantFrom('mean' as const, 'max' as const, 'attention' as const);

function anyPlain(): fc.Arbitrary<PlainSpec> {
  return fc.oneof(
    fc.record({ kind: fc.constant('activation' as const), activation: ACTIVATED }),
    fc.record({ kind: fc.constant('join' as const), how: fc.constantFrom('add' as const, 'concat' as const) }),
    fc.record({ kind: fc.constant('summary' as const), mode: POOLED }),
  );
}

export function anyModel(units = SMALL, fixed: Partial<ModelSpec> = {}): fc.Arbitrary<ModelSpec> {
  const size = { min: 1, max: Math.max(3, Math.floor(units.max / 2)) };
  return fc
    .record({
      input: fc.constantFrom('features' as const, 'embedding' as const, 'frozen' as const, 'one-hot' as const),
      layers: fc.array(anyLayer(units), { minLength: 1, maxLength: 3 }),
      linked: fc.boolean(),
      end: fc.oneof(fc.constantFrom('last-step' as const, 'state' as const, 'per-step' as const), POOLED),
      head: fc.constantFrom('softmax-head' as const, 'sigmoid-head' as const, 'regression-head' as const, 'huber' as const),
      sizes: fc.record({ input: fc.integer(size), output: fc.integer(size) }),
    })
    .map((spec) => ({ ...spec, ...fixed }));
}

/** The document of an outline. A `state` end falls back to a last step behind layers that have no such port. */
export function drawnModel(spec: ModelSpec): { readonly graph: Graph; readonly signature: DataSignature } {
  const builder = new GraphBuilder();
  const tokens = spec.input !== 'features' && spec.input !== 'vector';
  builder.add('input', tokens ? 'tokens' : spec.input);
  if (spec.input === 'vector') builder.follow('again', 'repeat');
  if (spec.input === 'one-hot') builder.follow('shape', 'one-hot');
  else if (tokens) builder.follow('shape', 'embedding', { size: 2, trainable: spec.input === 'embedding' });
  for (const layer of spec.layers) builder.layer(layer, spec.linked);
  builder.end(spec.end);
  if (spec.head === 'huber') builder.follow('head', 'regression-head', { loss: 'huber', delta: 0.5 });
  else builder.follow('head', spec.head);
  return { graph: graph(builder.nodes, builder.wires), signature: signatureOf(spec) };
}

function signatureOf({ input, end, head, sizes }: ModelSpec): DataSignature {
  const names = (count: number, prefix: string): string[] => Array.from({ length: count }, (_, place) => `${prefix}${place}`);
  const perStep = end === 'per-step';
  return {
    input:
      input === 'features' || input === 'vector'
        ? { kind: input, width: sizes.input, columns: names(sizes.input, 'x'), normalisation: null }
        : { kind: 'tokens', unit: 'character', vocabulary: ['<unk>', ...names(sizes.input, 't')] },
    output:
      head === 'softmax-head' || head === 'sigmoid-head'
        ? { kind: 'classes', classes: names(sizes.output + 1, 'class '), perStep }
        : { kind: 'numbers', width: sizes.output, columns: names(sizes.output, 'y'), normalisation: null, perStep },
    longest: 8,
  };
}

class GraphBuilder {
  readonly nodes: GraphNode[] = [];
  readonly wires: string[] = [];
  private last = '';
  /** The layer whose `state` port the next cell or a `state` end may read, and the state's width. */
  private state: { readonly id: string; readonly width: number } | null = null;
  private lastHasState = false;

  add(id: string, kind: string, params: GraphNode['params'] = {}, parent?: string): void {
    this.nodes.push(node(id, kind, params, parent));
    if (parent === undefined) this.last = id;
  }

  /** A node fed by the last one. */
  follow(id: string, kind: string, params: GraphNode['params'] = {}): void {
    this.wires.push(`${this.last}.${this.endPort} -> ${id}`);
    this.endPort = 'out';
    this.add(id, kind, params);
  }

  private endPort = 'out';

  layer(spec: LayerSpec, linked: boolean): void {
    if (spec.kind === 'join') return this.join(spec.how);
    if (spec.kind === 'summary') return this.summary(spec.mode);
    const id = this.fresh(spec.kind);
    this.follow(id, spec.kind, paramsOf(spec));
    this.children(spec, id);
    const before = this.state;
    const isCell = spec.kind === 'rnn' || spec.kind === 'gru' || spec.kind === 'lstm';
    if (linked && isCell && before !== null) this.link(before, id, spec.units);
    this.lastHasState = isCell || spec.kind === 'bidirectional';
    if (isCell || spec.kind === 'bidirectional') this.state = { id, width: widthOf(spec) };
  }

  private join(how: 'add' | 'concat'): void {
    const from = `${this.last}.${this.endPort}`;
    const [inner, id] = [this.fresh('inner'), this.fresh(how)];
    this.follow(inner, 'activation');
    this.add(id, how);
    this.wires.push(`${from} -> ${id}.in1`, `${inner} -> ${id}.in2`);
    this.lastHasState = false;
  }

  private summary(mode: PoolMode): void {
    this.follow(this.fresh('pool'), 'pool', { mode });
    this.follow(this.fresh('repeat'), 'repeat');
    this.lastHasState = false;
  }

  private link(from: { readonly id: string; readonly width: number }, to: string, units: number): void {
    if (from.width === units) {
      this.wires.push(`${from.id}.state -> ${to}.initial`);
      return;
    }
    const bridge = this.fresh('bridge');
    const last = this.last;
    this.add(bridge, 'dense', { units, activation: 'tanh' });
    this.last = last;
    this.wires.push(`${from.id}.state -> ${bridge}`, `${bridge} -> ${to}.initial`);
  }

  private children(spec: LayerSpec, parent: string): void {
    const children = spec.kind === 'stack' ? spec.children : spec.kind === 'bidirectional' ? [spec.child] : [];
    for (const child of children) {
      const id = this.fresh(child.kind);
      this.add(id, child.kind, paramsOf(child), parent);
      this.children(child, id);
    }
  }

  end(end: ModelSpec['end']): void {
    if (end === 'per-step') return;
    if (end === 'state' && this.lastHasState) this.endPort = 'state';
    else if (end === 'last-step' || end === 'state') this.follow('last', 'last-step');
    else this.follow('pool', 'pool', { mode: end });
  }

  private fresh(kind: string): string {
    return `${kind}${this.nodes.length}`;
  }
}

function paramsOf(spec: Exclude<LayerSpec, { kind: 'join' | 'summary' }>): GraphNode['params'] {
  switch (spec.kind) {
    case 'rnn':
    case 'dense':
      return { units: spec.units, activation: spec.activation };
    case 'gru':
      return { units: spec.units, reset: spec.reset };
    case 'lstm':
      return { units: spec.units, peephole: spec.peephole, coupled: spec.coupled };
    case 'activation':
      return { activation: spec.activation };
    case 'layer-norm':
      return {};
    case 'dropout':
      return { rate: spec.rate };
    case 'stack':
      return { repeats: spec.repeats, dropout: spec.dropout };
    case 'bidirectional':
      return { merge: spec.merge };
  }
}

/** Floats that leave a layer per step. */
function widthOf(spec: Exclude<LayerSpec, PlainSpec>): number {
  if (spec.kind === 'stack') return widthOf(spec.children.at(-1)!);
  if (spec.kind === 'bidirectional') return widthOf(spec.child) * (spec.merge === 'concat' ? 2 : 1);
  return spec.units;
}

/** Lengths of the rows of a batch: some short, one row at least as long as a step. Without `absent` none is 0. */
export function anyLengths(longest: number, absent: boolean): fc.Arbitrary<readonly number[]> {
  return fc
    .array(fc.integer({ min: absent ? 0 : 1, max: longest }), { minLength: 1, maxLength: 4 })
    .map((lengths) => [...lengths.slice(1), Math.max(1, lengths[0]!)]);
}

/** Rows of the given lengths with random inputs and targets; about one class target in six is absent where there is one per step. T is `steps` or the longest row. */
export function randomBatch({ input, output }: DataSignature, lengths: readonly number[], seed: number, steps = Math.max(...lengths)): Batch {
  const size = lengths.length;
  const random = createRandom(seed);
  const width = input.kind === 'tokens' ? 1 : input.width;
  const inputLengths = input.kind === 'vector' ? lengths.map((length) => Math.min(1, length)) : lengths;
  const inputs = fillSteps(inputLengths, input.kind === 'vector' ? 1 : steps, width, input.kind === 'tokens' ? -1 : 0, () =>
    input.kind === 'tokens' ? below(random, input.vocabulary.length) : uniform(random, 2),
  );
  const columns = output.kind === 'numbers' ? output.width : 1;
  const draw = (): number => (output.kind === 'numbers' ? uniform(random, 2) : classOrNone(random, output.classes.length, output.perStep));
  const rows = output.perStep ? lengths : lengths.map((length) => Math.min(1, length));
  const targets = fillSteps(rows, output.perStep ? steps : 1, columns, output.kind === 'classes' ? -1 : 0, draw);
  // The first row's first target is there, so that there is a loss.
  const present = lengths.findIndex((length) => length > 0);
  if (output.kind === 'classes') targets[present] = 0;
  return {
    rows: lengths.filter((length) => length > 0).length,
    size,
    steps,
    lengths: Int32Array.from(lengths),
    inputs:
      input.kind === 'tokens'
        ? { kind: 'tokens', ids: Int32Array.from(inputs) }
        : { kind: input.kind === 'vector' ? 'vectors' : 'features', width, values: Float32Array.from(inputs) },
    targets:
      output.kind === 'classes'
        ? { kind: 'classes', perStep: output.perStep, values: Int32Array.from(targets) }
        : { kind: 'numbers', perStep: output.perStep, width: columns, values: Float32Array.from(targets) },
  };
}

function classOrNone(random: Random, classes: number, perStep: boolean): number {
  const drawn = below(random, classes);
  return perStep && below(random, 6) === 0 ? -1 : drawn;
}

/** [T,B,width], drawn row by row so that neither B, T nor padding changes a row's numbers. */
function fillSteps(lengths: readonly number[], steps: number, width: number, padding: number, draw: () => number): number[] {
  const values = new Array<number>(steps * lengths.length * width).fill(padding);
  for (const [b, length] of lengths.entries()) {
    for (let t = 0; t < length; t++) for (let column = 0; column < width; column++) values[(t * lengths.length + b) * width + column] = draw();
  }
  return values;
}

function below(random: Random, bound: number): number {
  return Math.floor(randomUniform(random) * bound);
}

/** Multiples of 1/512 within the limit: exact in float32. */
function uniform(random: Random, limit: number): number {
  return Math.round((2 * randomUniform(random) - 1) * limit * 512) / 512;
}

/** Values for parameters of the given sizes, exact in float32. */
export function randomValues(
  parameters: readonly { readonly name: string; readonly size: number }[],
  seed: number,
  limit = 1,
): ReadonlyMap<string, Float64Array> {
  const random = createRandom(seed);
  return new Map(parameters.map(({ name, size }) => [name, Float64Array.from({ length: size }, () => uniform(random, limit))]));
}
