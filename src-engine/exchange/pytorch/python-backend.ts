import type { CheckedGraph, CheckedNode, ParameterShape } from '../../document/checked.ts';
import { decoderCell } from '../../document/decoder-cell.ts';
import { choiceParam } from '../../document/params.ts';
import type { GraphNode, NodeId } from '../../document/project.ts';
import { hasOwnSteps, type DataSignature } from '../../document/signature.ts';
import type { Arrival, Backend } from '../walk-graph.ts';
import type { PythonHelper } from './python-helpers.ts';
import { cellLayer, isLibraryCell, plainLayer, type PythonLayer } from './python-layers.ts';
import { PythonNames } from './python-names.ts';

/** Python expressions for what leaves a layer, and for its final state: [B,H], of an LSTM a tuple (h, c). */
export interface Value {
  readonly out: string;
  readonly state: string | null;
  /** True where `state` is a tuple (h, c). */
  readonly isPair: boolean;
}

/** Layers as lines of Python: what a torch.nn.Module makes, and how it calls it. */
export class PythonBackend implements Backend<Value> {
  readonly names = new PythonNames();
  readonly helpers = new Set<PythonHelper>();
  /** Lines of `__init__`. */
  readonly setup: string[] = [];
  /** Lines of `forward`. */
  readonly body: string[] = [];
  /** Entries of the table of parameters. */
  readonly table: string[] = [];
  private readonly signature: DataSignature;
  private readonly checked: CheckedGraph;
  private readonly shapes: ReadonlyMap<string, ParameterShape>;
  /** Nodes whose steps are those of the targets. */
  private readonly written: ReadonlySet<NodeId>;
  /** Cells go on from what the window before left in `states`. */
  private readonly inWindows: boolean;

  constructor(signature: DataSignature, checked: CheckedGraph, written: ReadonlySet<NodeId>, inWindows: boolean) {
    this.inWindows = inWindows;
    this.signature = signature;
    this.checked = checked;
    this.shapes = new Map(checked.parameters.map((parameter) => [parameter.name, parameter]));
    this.written = hasOwnSteps(signature.output) ? written : new Set();
  }

  /** The variable that holds the lengths where a node stands. Children stand where their block does. */
  private lengths({ id, parent }: GraphNode): 'lengths' | 'target_lengths' {
    if (this.written.has(id)) return 'target_lengths';
    const block = parent === undefined ? undefined : this.checked.nodes.get(parent);
    return block === undefined ? 'lengths' : this.lengths(block.node);
  }

  input(node: GraphNode): Value {
    return { out: this.names.name(node.id), state: null, isPair: false };
  }

  cell(node: GraphNode, path: string, input: Value, start: Arrival<Value> | null): Value {
    const layer = cellLayer(node, this.shapes.get(`${path}.weight_ih`)?.shape[1] ?? 0, false);
    this.add(path, layer);
    return this.call(node, path, layer, input.out, start === null ? null : startOf(node, start));
  }

  private call(node: GraphNode, path: string, layer: PythonLayer, input: string, start: string | null): Value {
    const name = this.names.name(path);
    const state = this.names.name(`${path}.state`);
    if (this.inWindows) {
      this.helpers.add('run_on').add(layer.library ? 'run' : 'call_cell');
      this.body.push(`${name}, ${state} = run_on(self.${name}, ${layer.library ? 'run' : 'call_cell'}, ${input}, lengths, states, "${name}")`);
      return { out: name, state, isPair: node.kind === 'lstm' };
    }
    const rest = `${input}, ${this.lengths(node)}${start === null ? '' : `, ${start}`}`;
    this.body.push(`${name}, ${state} = ${layer.library ? `run(self.${name}, ${rest})` : `self.${name}(${rest})`}`);
    return { out: name, state, isPair: node.kind === 'lstm' };
  }

  hasBothDirections(cell: GraphNode): boolean {
    return isLibraryCell(cell);
  }

  bothDirections(cell: GraphNode, path: string, input: Value, block: GraphNode): Value {
    const layer = cellLayer(cell, this.shapes.get(`${path}.forward.weight_ih`)?.shape[1] ?? 0, true);
    const name = this.names.name(path);
    this.define(path, layer);
    for (const [part, place, row] of layer.parameters) {
      this.place(`${path}.forward.${part}`, `${name}.${place}`, row);
      this.place(`${path}.backward.${part}`, `${name}.${place}_reverse`, row);
    }
    const [out, state] = [this.names.name(`${path}.both`), this.names.name(`${path}.both.state`)];
    this.body.push(`${out}, ${state} = run_both(self.${name}, ${input.out}, ${this.lengths(cell)}, ${this.joining(block)})`);
    return { out, state, isPair: cell.kind === 'lstm' };
  }

  private joining(block: GraphNode): PythonHelper {
    const merge = choiceParam(block, 'merge');
    const join = merge === 'sum' ? 'add' : merge === 'mean' ? 'mean' : 'concat';
    this.helpers.add(join);
    return join;
  }

  /** A cell that starts from what it is given and reads the class wanted one step back. */
  decoder(node: GraphNode, start: Arrival<Value>): Value {
    const cell = decoderCell(node);
    const embedding = `${node.id}.embedding`;
    const [rows = 0, size = 0] = this.shapes.get(embedding)?.shape ?? [];
    this.helpers.add('one_step_back');
    this.define(embedding, { make: `nn.Embedding(${String(rows)}, ${String(size)})`, library: false, helpers: [], parameters: [] });
    this.place(embedding, `${this.names.name(embedding)}.weight`, 0);
    const layer = cellLayer(cell, size, false);
    this.add(node.id, layer);
    return this.call(cell, node.id, layer, `self.${this.names.name(embedding)}(one_step_back(targets))`, startOf(cell, start));
  }

  plain(entry: CheckedNode, path: string, inputs: readonly Arrival<Value>[]): Value {
    const name = this.names.name(path);
    const own = this.checked.parameters.filter((parameter) => parameter.name.slice(0, parameter.name.lastIndexOf('.')) === path);
    const module = plainLayer(entry, own);
    if (module !== null) this.add(path, module);
    this.body.push(`${name} = ${this.expression(entry.node, name, inputs.map(arriving))}`);
    return { out: name, state: null, isPair: false };
  }

  /** The call of a layer that is no cell. */
  private expression(node: GraphNode, name: string, inputs: readonly string[]): string {
    const [input = ''] = inputs;
    const lengths = this.lengths(node);
    switch (node.kind) {
      case 'one-hot':
        return `nn.functional.one_hot(${input}, ${String(this.vocabulary())}).to(torch.get_default_dtype())`;
      case 'dense':
        return activated(choiceParam(node, 'activation'), `self.${name}(${input})`);
      case 'activation':
        return activated(choiceParam(node, 'activation'), input);
      case 'last-step':
        return this.helped('last_step', input, lengths);
      case 'pool': {
        const mode = choiceParam(node, 'mode');
        if (mode === 'attention') return `self.${name}(${input}, ${lengths})`;
        return this.helped(mode === 'mean' ? 'mean_pool' : 'max_pool', input, lengths);
      }
      case 'repeat':
        return `${input}[:, None].expand(-1, int(${lengths}.max()), -1)`;
      case 'concat':
        return `torch.cat([${inputs.join(', ')}], dim=-1)`;
      case 'add':
        return inputs.join(' + ');
      default:
        return `self.${name}(${input})`;
    }
  }

  private helped(helper: PythonHelper, input: string, lengths: string): string {
    this.helpers.add(helper);
    return `${helper}(${input}, ${lengths})`;
  }

  private vocabulary(): number {
    return this.signature.input.kind === 'tokens' ? this.signature.input.vocabulary.length : 0;
  }

  flip(path: string, input: Value): Value {
    const name = this.names.name(path);
    this.body.push(`${name} = ${this.helped('flip', input.out, 'lengths')}`);
    return { out: name, state: null, isPair: false };
  }

  join(block: GraphNode, path: string, forward: Value, backward: Value): Value {
    const join = this.joining(block);
    const [out, state] = [this.names.name(path), this.names.name(`${path}.state`)];
    this.body.push(`${out} = ${join}(${forward.out}, ${this.helped('flip', backward.out, 'lengths')})`);
    // A layer without a state of its own ends in its last valid step.
    const [a, b] = [forward, backward].map((value) => value.state ?? this.helped('last_step', value.out, 'lengths'));
    const isPair = forward.isPair && backward.isPair;
    this.body.push(`${state} = ${isPair ? `tuple(${join}(*each) for each in zip(${String(a)}, ${String(b)}))` : `${join}(${String(a)}, ${String(b)})`}`);
    return { out, state, isPair };
  }

  residual(path: string, input: Value, output: Value): Value {
    const sum = this.names.name(`${path}.sum`);
    this.body.push(`${sum} = ${input.out} + ${output.out}`);
    return { ...output, out: sum };
  }

  dropout(path: string, rate: number, input: Value): Value {
    const name = this.names.name(`${path}.dropped`);
    this.setup.push(`self.${name} = nn.Dropout(${String(rate)})`);
    this.body.push(`${name} = self.${name}(${input.out})`);
    return { ...input, out: name };
  }

  head(entry: CheckedNode, input: Arrival<Value>): void {
    const { id } = entry.node;
    const layer = plainLayer(entry, entry.parameters);
    if (layer !== null) this.add(id, layer);
    this.body.push(`return self.${this.names.name(id)}(${arriving(input)})`);
  }

  /** Makes a module and enters its parameters into the table. */
  private add(path: string, layer: PythonLayer): void {
    this.define(path, layer);
    const places = layer.parameters.map(([part, place, row]) => [`${path}.${part}`, `${this.names.name(path)}.${place}`, row] as const);
    for (const place of places) this.place(...place);
    const frozen = places.length > 0 && places.every(([name]) => this.shapes.get(name)?.trainable === false);
    if (frozen) this.setup.push(`self.${this.names.name(path)}.requires_grad_(False)`);
  }

  private define(path: string, layer: PythonLayer): void {
    for (const helper of layer.helpers) this.helpers.add(helper);
    this.setup.push(`self.${this.names.name(path)} = ${layer.make}`);
  }

  private place(name: string, place: string, row: number): void {
    const rows = this.shapes.get(name)?.shape[0];
    if (rows === undefined) throw new Error(`${name} is not among the checked parameters`);
    this.table.push(`${JSON.stringify(name)}: ("${place}", slice(${String(row)}, ${String(row + rows)})),`);
  }
}

function activated(activation: string, input: string): string {
  return activation === 'none' ? input : `torch.${activation}(${input})`;
}

/** What arrives: a result, or a hidden state alone, [B,H]. */
function arriving({ value, isState }: Arrival<Value>): string {
  if (!isState || value.state === null) return value.out;
  return value.isPair ? `${value.state}[0]` : value.state;
}

/** What a cell starts from: an LSTM takes (h, c), the cell state 0 where what feeds it has none. */
function startOf(cell: GraphNode, arrival: Arrival<Value>): string {
  const hidden = arriving(arrival);
  if (cell.kind !== 'lstm') return hidden;
  const { value, isState } = arrival;
  return isState && value.isPair && value.state !== null ? value.state : `(${hidden}, torch.zeros_like(${hidden}))`;
}
