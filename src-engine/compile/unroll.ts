import type { ParameterShape } from '../document/checked.ts';
import { decoderCell } from '../document/decoder-cell.ts';
import type { CellKind } from '../document/node-kinds.ts';
import { booleanParam, choiceParam, numberParam } from '../document/params.ts';
import {
  readsAnswers,
  type Axis,
  type Family,
  type FamilyId,
  type FamilyOp,
  type GraphParameter,
  type PreviousState,
  type UnrolledGraph,
} from '../ir/graph.ts';
import type { Layer, LayerPort } from './expand-blocks.ts';
import { activationOf, classBefore, lossOf, mergeOf, type HeadKind } from './node-ops.ts';

/** What the data decides: widths of the model's two ends. */
export interface EndSizes {
  /** V for tokens, F for features. */
  readonly input: number;
  /** Classes, or numbers predicted. */
  readonly output: number;
}

/**
 * Pass 3: one node per op and step, T copies of each sharing their parameters. Shapes come from pass 2, the document's check
 * (`parameters`), so that canvas, loader and compiler agree by construction.
 */
export function unroll(layers: readonly Layer[], parameters: readonly ParameterShape[], options: UnrollOptions): UnrolledGraph {
  return new Unroller(layers, parameters, options).run();
}

export interface UnrollOptions {
  readonly batch: number;
  readonly steps: number;
  /** Decoders read the model's answers instead of the targets. */
  readonly feedback: boolean;
  readonly ends: EndSizes;
  /** Targets have steps of their own: what a decoder or a repeat makes is as long as they are. */
  readonly ownSteps: boolean;
}

class Unroller {
  private readonly families: Family[] = [];
  private readonly results: Result[] = [];
  private readonly copies = new Map<string, number>();
  private readonly shapes: ReadonlyMap<string, ParameterShape>;
  private loss: FamilyId | null = null;
  private readonly layers: readonly Layer[];
  private readonly batch: number;
  private readonly steps: number;
  private readonly feedback: boolean;
  private readonly ends: EndSizes;
  private readonly ownSteps: boolean;

  constructor(layers: readonly Layer[], parameters: readonly ParameterShape[], { batch, steps, feedback, ends, ownSteps }: UnrollOptions) {
    this.layers = layers;
    this.batch = batch;
    this.steps = steps;
    this.feedback = feedback;
    this.ends = ends;
    this.ownSteps = ownSteps;
    this.shapes = new Map(parameters.map((each) => [each.name, each]));
  }

  run(): UnrolledGraph {
    for (const layer of this.layers) this.results.push({ out: this.layer(layer), state: null, cell: null });
    const { loss } = this;
    if (loss === null) throw new Error('a graph without a head passed the check');
    const parameters = [...this.shapes.values()].map(({ name, shape, trainable }): GraphParameter => ({
      name,
      shape,
      trainable,
      copies: this.copies.get(name) ?? 1,
    }));
    // A decoder reads the head's answers before the head is there.
    const families = this.families.map((family): Family =>
      readsAnswers(family.op) ? { ...family, op: { ...family.op, previous: { family: loss, initial: null } } } : family,
    );
    return { batch: this.batch, steps: this.steps, families, parameters, loss };
  }

  private layer(layer: Layer): FamilyId {
    switch (layer.kind) {
      case 'tokens':
        return this.add(layer, 'ids', { op: 'tokens' }, this.steps, 1);
      case 'features':
        return this.add(layer, 'x', { op: 'features' }, this.steps, this.ends.input);
      case 'vector':
        return this.add(layer, 'x', { op: 'features' }, 1, this.ends.input);
      case 'embedding':
        return this.embedding(layer);
      case 'one-hot':
        return this.add(layer, 'x', { op: 'one-hot', ids: this.input(layer) }, this.steps, this.ends.input);
      case 'rnn':
      case 'gru':
      case 'lstm':
        return this.cell(layer, layer.kind, this.input(layer), layer.initial);
      case 'decoder':
        return this.decoder(layer);
      case 'dense':
        return this.dense(layer);
      case 'last-step':
        return this.add(layer, 'last', { op: 'last-step', x: this.input(layer) }, 1, this.width(this.input(layer)));
      case 'reverse':
        return this.add(layer, 'x', { op: 'reverse', x: this.input(layer) }, this.steps, this.width(this.input(layer)));
      case 'merge':
        return this.merge(layer, mergeOf(choiceParam(layer.node, 'merge')));
      case 'concat':
        return this.merge(layer, 'concat');
      case 'add':
        return this.merge(layer, 'sum');
      case 'activation':
        return this.activation(layer);
      case 'dropout':
        return this.dropout(layer);
      case 'layer-norm':
        return this.layerNorm(layer);
      case 'pool':
        return this.pool(layer);
      case 'repeat':
        return this.add(layer, 'x', { op: 'repeat', x: this.input(layer) }, this.steps, this.width(this.input(layer)));
      case 'softmax-head':
      case 'sigmoid-head':
      case 'regression-head':
        return this.head(layer, layer.kind);
    }
  }

  private add(layer: Layer, role: string, op: FamilyOp, steps: number, width: number): FamilyId {
    const id = this.families.length as FamilyId;
    this.families.push({ id, op, layer: layer.path, role, node: layer.node.id, backward: layer.backward, steps, width, axis: this.axis(layer) });
    return id;
  }

  /** Sequences follow what feeds them; a decoder and a repeat begin one as long as the targets. */
  private axis(layer: Layer): Axis {
    if (!this.ownSteps) return 'inputs';
    if (layer.kind === 'decoder' || layer.kind === 'repeat') return 'targets';
    return layer.inputs.some((port) => this.family(this.at(port)).axis === 'targets') ? 'targets' : 'inputs';
  }

  private family(id: FamilyId): Family {
    const family = this.families[id];
    if (family === undefined) throw new Error(`no family ${id}`);
    return family;
  }

  private width(id: FamilyId): number {
    return this.family(id).width;
  }

  /** The value at a port: a layer's result, or its sequence's state at each row's last valid step. */
  private at(port: LayerPort): FamilyId {
    const result = this.results[port.layer];
    const layer = this.layers[port.layer];
    if (result === undefined || layer === undefined) throw new Error('a layer reads one that comes later');
    if (port.port === 'out' || this.family(result.out).steps === 1) return result.out;
    result.state ??= this.add(layer, 'state', { op: 'last-step', x: result.out }, 1, this.width(result.out));
    return result.state;
  }

  /**
   * The cell state that belongs to a final state: an LSTM's c at each row's last valid step; of a bidirectional block both directions' c, joined as it joins
   * their h. Null where the port holds no LSTM's final state.
   */
  private cellAt(port: LayerPort): FamilyId | null {
    const result = this.results[port.layer];
    const layer = this.layers[port.layer];
    if (result === undefined || layer === undefined) throw new Error('a layer reads one that comes later');
    if (result.cell !== null) return result.cell;
    if (layer.kind === 'lstm' && port.port === 'state') {
      result.cell = this.add(layer, 'last c', { op: 'last-cell', x: result.out }, 1, this.width(result.out));
    } else if (layer.kind === 'merge') {
      const parts = layer.inputs.map((each) => this.cellAt(each)).filter((each) => each !== null);
      if (parts.length === layer.inputs.length) result.cell = this.mergeParts(layer, 'c', parts, mergeOf(choiceParam(layer.node, 'merge')));
    }
    return result.cell;
  }

  private input(layer: Layer): FamilyId {
    return this.at(inputPort(layer));
  }

  /** Notes that `steps` nodes share the parameter, and returns its shape. */
  private use(name: string, steps: number): readonly number[] {
    const shape = this.shapes.get(name);
    if (shape === undefined) throw new Error(`${name} is not among the checked parameters`);
    this.copies.set(name, steps);
    return shape.shape;
  }

  private embedding(layer: Layer): FamilyId {
    const weight = `${layer.path}.weight`;
    const [, size] = this.use(weight, this.steps);
    return this.add(layer, 'x', { op: 'embedding', ids: this.input(layer), weight }, this.steps, size ?? 0);
  }

  private product(layer: Layer, role: string, x: FamilyId, weight: string, bias: string | null): FamilyId {
    const { steps } = this.family(x);
    const [rows = 0, columns = 0] = this.use(weight, steps);
    if (bias !== null) this.use(bias, steps);
    const op: FamilyOp = { op: 'product', x, previous: null, weight: { parameter: weight, firstRow: 0, rows, columns }, bias, onto: null };
    return this.add(layer, role, op, steps, rows);
  }

  private dense(layer: Layer): FamilyId {
    const y = this.product(layer, 'pre', this.input(layer), `${layer.path}.weight`, `${layer.path}.bias`);
    const activation = activationOf(choiceParam(layer.node, 'activation'));
    if (activation === 'none') return y;
    return this.add(layer, 'y', { op: 'activation', x: y, activation, inPlace: true }, this.family(y).steps, this.width(y));
  }

  private activation(layer: Layer): FamilyId {
    const x = this.input(layer);
    const activation = activationOf(choiceParam(layer.node, 'activation'));
    return this.add(layer, 'y', { op: 'activation', x, activation, inPlace: false }, this.family(x).steps, this.width(x));
  }

  /** A dropout node, or what a stack puts between two layers. */
  private dropout(layer: Layer): FamilyId {
    const x = this.input(layer);
    const rate = numberParam(layer.node, layer.node.kind === 'stack' ? 'dropout' : 'rate');
    const stream = this.families.filter((family) => family.op.op === 'dropout').length;
    return this.add(layer, 'y', { op: 'dropout', x, rate, stream }, this.family(x).steps, this.width(x));
  }

  private layerNorm(layer: Layer): FamilyId {
    const x = this.input(layer);
    const { steps, width } = this.family(x);
    const [weight, bias] = [`${layer.path}.weight`, `${layer.path}.bias`];
    for (const name of [weight, bias]) this.use(name, steps);
    return this.add(layer, 'y', { op: 'layer-norm', x, weight, bias }, steps, width);
  }

  /** Attention pooling: score_t = v . tanh(W x_t), as additive attention without a query (Bahdanau et al. 2015). */
  private pool(layer: Layer): FamilyId {
    const x = this.input(layer);
    const width = this.width(x);
    const mode = choiceParam(layer.node, 'mode');
    if (mode === 'mean' || mode === 'max') return this.add(layer, 'y', { op: 'pool', x, mode }, 1, width);
    const pre = this.product(layer, 'pre', x, `${layer.path}.weight`, null);
    const key = this.add(layer, 'key', { op: 'activation', x: pre, activation: 'tanh', inPlace: true }, this.steps, width);
    const vector = `${layer.path}.vector`;
    this.use(vector, this.steps);
    const weight = { parameter: vector, firstRow: 0, rows: 1, columns: width };
    const scores = this.add(layer, 'scores', { op: 'product', x: key, previous: null, weight, bias: null, onto: null }, this.steps, 1);
    return this.add(layer, 'y', { op: 'attention', x, scores }, 1, width);
  }

  private head(layer: Layer, kind: HeadKind): FamilyId {
    const y = this.product(layer, 'logits', this.input(layer), `${layer.path}.weight`, `${layer.path}.bias`);
    this.loss = this.add(layer, 'y', lossOf(layer.node, kind, y), this.family(y).steps, this.width(y));
    return this.loss;
  }

  private merge(layer: Layer, mode: 'concat' | 'sum' | 'mean'): FamilyId {
    return this.mergeParts(
      layer,
      'y',
      layer.inputs.map((port) => this.at(port)),
      mode,
    );
  }

  private mergeParts(layer: Layer, role: string, parts: readonly FamilyId[], mode: 'concat' | 'sum' | 'mean'): FamilyId {
    const widths = parts.map((part) => this.width(part));
    const width = mode === 'concat' ? widths.reduce((a, b) => a + b, 0) : (widths[0] ?? 0);
    const [first] = parts;
    if (first === undefined) throw new Error(`${layer.path} merges nothing`);
    return this.add(layer, role, { op: 'merge', parts, mode }, this.family(first).steps, width);
  }

  /** A cell that starts from the state it is given and reads the class before: the wanted one in training, its own answer otherwise. */
  private decoder(layer: Layer): FamilyId {
    const ids = this.add(layer, 'previous', classBefore(layer.node, this.feedback, this.families), this.steps, 1);
    const weight = `${layer.path}.embedding`;
    const [, size = 0] = this.use(weight, this.steps);
    const x = this.add(layer, 'x', { op: 'embedding', ids, weight }, this.steps, size);
    const cell = decoderCell(layer.node);
    return this.cell({ ...layer, node: cell }, cell.kind, x, inputPort(layer));
  }

  /** `start`: what the first step finds; an LSTM that starts from an LSTM's final state takes over its cell state too. */
  private cell(layer: Layer, kind: CellKind, x: FamilyId, start: LayerPort | null): FamilyId {
    const initial = start === null ? null : this.at(start);
    const initialCell = start === null || kind !== 'lstm' ? null : this.cellAt(start);
    const gates = this.product(layer, 'input', x, `${layer.path}.weight_ih`, `${layer.path}.bias`);
    const [rows = 0, units = 0] = this.use(`${layer.path}.weight_hh`, this.steps);
    const cell: Cell = { layer, gates, units, rows, initial, initialCell };
    if (kind === 'rnn') return this.rnn(cell);
    if (kind === 'lstm') return this.lstm(cell);
    return choiceParam(layer.node, 'reset') === 'after' ? this.gruAfter(cell) : this.gruBefore(cell);
  }

  /** The family that will hold h: cells read it one step back before it exists. `later` counts the families in between. */
  private previous(cell: Cell, later: number): PreviousState {
    return { family: (this.families.length + later) as FamilyId, initial: cell.initial };
  }

  /** Product of a weight_hh's rows with the state one step back (`previous`) or with this step's `x`. */
  private recurrent(cell: Cell, role: string, firstRow: number, rows: number, rest: RecurrentRest): FamilyId {
    const weight = { parameter: `${cell.layer.path}.weight_hh`, firstRow, rows, columns: cell.units };
    const x = rest.previous?.family ?? rest.x;
    if (x === undefined) throw new Error('a recurrent product without operand');
    const op: FamilyOp = { op: 'product', x, previous: rest.previous ?? null, weight, bias: rest.bias ?? null, onto: rest.onto };
    return this.add(cell.layer, role, op, this.steps, cell.rows);
  }

  private rnn(cell: Cell): FamilyId {
    const previous = this.previous(cell, 1);
    const pre = this.recurrent(cell, 'pre', 0, cell.rows, { previous, onto: { family: cell.gates, column: 0, add: true } });
    const activation = activationOf(choiceParam(cell.layer.node, 'activation'));
    return this.add(cell.layer, 'h', { op: 'rnn', pre, previous, activation }, this.steps, cell.units);
  }

  private lstm(cell: Cell): FamilyId {
    const previous = this.previous(cell, 1);
    const gates = this.recurrent(cell, 'gates', 0, cell.rows, { previous, onto: { family: cell.gates, column: 0, add: true } });
    const { node, path } = cell.layer;
    const peephole = booleanParam(node, 'peephole') ? ([`${path}.weight_ci`, `${path}.weight_cf`, `${path}.weight_co`] as const) : null;
    for (const name of peephole ?? []) this.use(name, this.steps);
    const op: FamilyOp = { op: 'lstm', gates, previous, peephole, coupled: booleanParam(node, 'coupled'), initialCell: cell.initialCell };
    return this.add(cell.layer, 'h', op, this.steps, cell.units);
  }

  private gruBefore(cell: Cell): FamilyId {
    const previous = this.previous(cell, 3);
    const { units } = cell;
    const gates = this.recurrent(cell, 'gates', 0, 2 * units, { previous, onto: { family: cell.gates, column: 0, add: true } });
    const reset = this.add(cell.layer, 'r*h', { op: 'gru-gates', gates, previous }, this.steps, units);
    const candidate = this.recurrent(cell, 'candidate', 2 * units, units, { x: reset, onto: { family: gates, column: 2 * units, add: true } });
    return this.add(cell.layer, 'h', { op: 'gru-blend', gates: candidate, previous }, this.steps, units);
  }

  private gruAfter(cell: Cell): FamilyId {
    const previous = this.previous(cell, 2);
    const { units } = cell;
    const bias = `${cell.layer.path}.bias_hn`;
    this.use(bias, this.steps);
    const gates = this.recurrent(cell, 'recurrent', 0, 2 * units, { previous, onto: null });
    const all = this.recurrent(cell, 'recurrent', 2 * units, units, { previous, bias, onto: { family: gates, column: 2 * units, add: false } });
    return this.add(cell.layer, 'h', { op: 'gru-after', gates: cell.gates, recurrent: all, previous }, this.steps, units);
  }
}

interface Cell {
  readonly layer: Layer;
  /** x W_ih^T + b for all steps, [T,B,rows]. */
  readonly gates: FamilyId;
  readonly units: number;
  readonly rows: number;
  readonly initial: FamilyId | null;
  /** lstm: c before the first step. */
  readonly initialCell: FamilyId | null;
}

/** What a layer has made so far; `state` and `cell` (an LSTM's c) are made when somebody reads them. */
interface Result {
  readonly out: FamilyId;
  state: FamilyId | null;
  cell: FamilyId | null;
}

interface RecurrentRest {
  readonly previous?: PreviousState;
  readonly x?: FamilyId;
  readonly bias?: string;
  readonly onto: { readonly family: FamilyId; readonly column: number; readonly add: boolean } | null;
}

function inputPort(layer: Layer): LayerPort {
  const [port] = layer.inputs;
  if (port === undefined) throw new Error(`${layer.path} has no input`);
  return port;
}
