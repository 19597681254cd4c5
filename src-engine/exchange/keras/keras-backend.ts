import type { CheckedGraph, CheckedNode } from '../../document/checked.ts';
import { decoderCell } from '../../document/decoder-cell.ts';
import { booleanParam, choiceParam, numberParam } from '../../document/params.ts';
import type { GraphNode, NodeId } from '../../document/project.ts';
import { hasOwnSteps, type DataSignature } from '../../document/signature.ts';
import { PythonNames } from '../pytorch/python-names.ts';
import type { Arrival, Backend } from '../walk-graph.ts';
import type { KerasHelper, WeightFunction } from './keras-helpers.ts';

/** Python expressions for what leaves a layer, and for its final state: a list [h], of an LSTM [h, c], each [B,H]. */
export interface Value {
  readonly out: string;
  readonly state: string | null;
  readonly isPair: boolean;
}

/** What a keras.Model and the generated file have already. */
const TAKEN =
  'keras layers ops np answer answers weights name dtype dtype_policy input output inputs outputs losses metrics metrics_names loss optimizer built build fit predict evaluate summary trainable variables path save supports_masking quantize count_params add_weight add_loss get_config get_weights set_weights stateless_call jit_compile run_eagerly stop_training history target_lengths one_step_back LAYERS'.split(
    ' ',
  );

/** Layers as lines of a keras.Model. A direction that reads backwards is a layer of its own, between two flips. */
export class KerasBackend implements Backend<Value> {
  readonly names = new PythonNames(TAKEN);
  readonly helpers = new Set<KerasHelper>();
  readonly setup: string[] = [];
  readonly body: string[] = [];
  /** Layer, what makes its weights, and the path of the parameters in Unroll. */
  readonly table: { readonly layer: string; readonly make: WeightFunction; readonly path: string }[] = [];
  private readonly signature: DataSignature;
  private readonly checked: CheckedGraph;
  /** Nodes whose steps are those of the targets. */
  private readonly written: ReadonlySet<NodeId>;

  constructor(signature: DataSignature, checked: CheckedGraph, written: ReadonlySet<NodeId>) {
    this.signature = signature;
    this.checked = checked;
    this.written = hasOwnSteps(signature.output) ? written : new Set();
  }

  private lengths({ id }: GraphNode): 'lengths' | 'target_lengths' {
    return this.written.has(id) ? 'target_lengths' : 'lengths';
  }

  input(node: GraphNode): Value {
    return plain(this.names.name(node.id));
  }

  cell(node: GraphNode, path: string, input: Value, start: Arrival<Value> | null): Value {
    const units = numberParam(node, 'units');
    const options = 'return_sequences=True, return_state=True';
    const isVariant = node.kind === 'lstm' && (booleanParam(node, 'peephole') || booleanParam(node, 'coupled'));
    if (isVariant) this.helpers.add('LSTMVariant');
    const make =
      node.kind === 'rnn'
        ? `layers.SimpleRNN(${String(units)}, activation="${choiceParam(node, 'activation')}", ${options})`
        : node.kind === 'gru'
          ? `layers.GRU(${String(units)}, reset_after=${choiceParam(node, 'reset') === 'after' ? 'True' : 'False'}, ${options})`
          : isVariant
            ? `layers.RNN(LSTMVariant(${String(units)}, peephole=${bool(booleanParam(node, 'peephole'))}, coupled=${bool(booleanParam(node, 'coupled'))}), ${options})`
            : `layers.LSTM(${String(units)}, ${options})`;
    const name = this.define(path, make, node.kind === 'rnn' ? 'simple_rnn' : node.kind === 'gru' ? 'gru' : 'lstm', path);
    const state = this.names.name(`${path}.state`);
    this.helpers.add('mask');
    const rest = start === null ? '' : `, initial_state=${startOf(node, start)}`;
    this.body.push(`${name}, *${state} = self.${name}(${input.out}, mask=mask(${input.out}, ${this.lengths(node)})${rest})`);
    return { out: name, state, isPair: node.kind === 'lstm' };
  }

  hasBothDirections(): boolean {
    return false;
  }

  bothDirections(): Value {
    throw new Error('every direction is a layer of its own');
  }

  decoder(node: GraphNode, start: Arrival<Value>): Value {
    const [rows = 0, size = 0] = this.checked.parameters.find(({ name }) => name === `${node.id}.embedding`)?.shape ?? [];
    this.helpers.add('one_step_back');
    const table = this.define(`${node.id}.embedding`, `layers.Embedding(${String(rows)}, ${String(size)})`, 'decoder_embedding', node.id);
    return this.cell(decoderCell(node), node.id, plain(`self.${table}(one_step_back(targets))`), start);
  }

  plain(entry: CheckedNode, path: string, inputs: readonly Arrival<Value>[]): Value {
    const name = this.names.name(path);
    this.body.push(`${name} = ${this.expression(entry.node, path, inputs.map(arriving))}`);
    return plain(name);
  }

  private expression(node: GraphNode, path: string, inputs: readonly string[]): string {
    const [x = ''] = inputs;
    const lengths = this.lengths(node);
    const { input } = this.signature;
    const tokens = input.kind === 'tokens' ? String(input.vocabulary.length) : '0';
    switch (node.kind) {
      case 'embedding': {
        const frozen = booleanParam(node, 'trainable') ? '' : ', trainable=False';
        return `self.${this.define(path, `layers.Embedding(${tokens}, ${String(numberParam(node, 'size'))}${frozen})`, 'embedding', path)}(${x})`;
      }
      case 'one-hot':
        return `ops.one_hot(${x}, ${tokens})`;
      case 'dense':
        return `self.${this.define(path, `layers.Dense(${String(numberParam(node, 'units'))}${activation(node)})`, 'dense', path)}(${x})`;
      case 'activation':
        return `ops.${choiceParam(node, 'activation')}(${x})`;
      case 'layer-norm':
        return `self.${this.define(path, 'layers.LayerNormalization(epsilon=1e-5)', 'norm', path)}(${x})`;
      case 'dropout':
        return `self.${this.define(path, `layers.Dropout(${String(numberParam(node, 'rate'))})`, null, path)}(${x}, training=training)`;
      case 'last-step':
        return this.helped('last_step', x, lengths);
      case 'pool': {
        const mode = choiceParam(node, 'mode');
        if (mode !== 'attention') return this.helped(mode === 'mean' ? 'mean_pool' : 'max_pool', x, lengths);
        this.helpers.add('AttentionPool');
        return `self.${this.define(path, 'AttentionPool()', 'attention', path)}(${x}, ${lengths})`;
      }
      case 'repeat':
        return `ops.repeat(${x}[:, None], int(ops.max(${lengths})), axis=1)`;
      case 'concat':
        return `ops.concatenate([${inputs.join(', ')}], axis=-1)`;
      case 'add':
        return inputs.join(' + ');
      default:
        throw new Error(`${node.kind} passed the check but has no Keras layer`);
    }
  }

  private helped(helper: KerasHelper, x: string, lengths: string): string {
    this.helpers.add(helper);
    return `${helper}(${x}, ${lengths})`;
  }

  flip(path: string, input: Value): Value {
    const name = this.names.name(path);
    this.body.push(`${name} = ${this.helped('flip', input.out, 'lengths')}`);
    return plain(name);
  }

  join(block: GraphNode, path: string, forward: Value, backward: Value): Value {
    const merge = choiceParam(block, 'merge');
    const joined = (a: string, b: string): string =>
      merge === 'concat' ? `ops.concatenate([${a}, ${b}], axis=-1)` : merge === 'sum' ? `${a} + ${b}` : `(${a} + ${b}) / 2`;
    const [out, state] = [this.names.name(path), this.names.name(`${path}.state`)];
    this.body.push(`${out} = ${joined(forward.out, this.helped('flip', backward.out, 'lengths'))}`);
    const isPair = forward.isPair && backward.isPair;
    // A layer without a state of its own ends in its last valid step.
    const [a = '', b = ''] = [forward, backward].map((value) => value.state ?? `[${this.helped('last_step', value.out, 'lengths')}]`);
    this.body.push(`${state} = [${joined('a', 'b')} for a, b in zip(${a}, ${b})]`);
    return { out, state, isPair };
  }

  residual(path: string, input: Value, output: Value): Value {
    const name = this.names.name(`${path}.sum`);
    this.body.push(`${name} = ${input.out} + ${output.out}`);
    return { ...output, out: name };
  }

  dropout(path: string, rate: number, input: Value): Value {
    const name = this.define(`${path}.dropped`, `layers.Dropout(${String(rate)})`, null, path);
    this.body.push(`${name} = self.${name}(${input.out}, training=training)`);
    return { ...input, out: name };
  }

  head({ node, parameters }: CheckedNode, input: Arrival<Value>): void {
    const [rows = 0] = parameters[0]?.shape ?? [];
    this.body.push(`return self.${this.define(node.id, `layers.Dense(${String(rows)})`, 'dense', node.id)}(${arriving(input)})`);
  }

  private define(path: string, make: string, weights: WeightFunction | null, parameters: string): string {
    const name = this.names.name(path);
    this.setup.push(`self.${name} = ${make}`);
    if (weights !== null) this.table.push({ layer: name, make: weights, path: parameters });
    return name;
  }
}

function plain(out: string): Value {
  return { out, state: null, isPair: false };
}

function bool(value: boolean): string {
  return value ? 'True' : 'False';
}

function activation(node: GraphNode): string {
  const chosen = choiceParam(node, 'activation');
  return chosen === 'none' ? '' : `, activation="${chosen}"`;
}

function arriving({ value, isState }: Arrival<Value>): string {
  return isState && value.state !== null ? `${value.state}[0]` : value.out;
}

/** What a cell starts from: an LSTM takes [h, c], c of zeros where what feeds it has none. */
function startOf(cell: GraphNode, arrival: Arrival<Value>): string {
  const hidden = arriving(arrival);
  if (cell.kind !== 'lstm') return `[${hidden}]`;
  const { value, isState } = arrival;
  return isState && value.isPair && value.state !== null ? value.state : `[${hidden}, ops.zeros_like(${hidden})]`;
}
