import { checkGraph } from '../../document/check.ts';
import type { CheckedGraph, CheckedNode, ParameterShape } from '../../document/checked.ts';
import { isCellKind, isHeadKind, isInputKind, isLayer, kindSpec } from '../../document/node-kinds.ts';
import { booleanParam, choiceParam, numberParam } from '../../document/params.ts';
import { decoderCell } from '../../document/decoder-cell.ts';
import type { GraphNode, NodeId, Project } from '../../document/project.ts';
import { isSwitchedOff } from '../../document/switched-off.ts';
import { hasOwnSteps, type DataSignature } from '../../document/signature.ts';
import { helperTexts, type PythonHelper } from './python-helpers.ts';
import { cellLayer, isLibraryCell, plainLayer, type PythonLayer } from './python-layers.ts';
import { commentText, PythonNames } from './python-names.ts';
import { parameterTable } from './parameter-table.ts';

/** A Python expression for what leaves a node, and for its final state: [B,H], of an LSTM a tuple (h, c). */
interface Value {
  readonly out: string;
  readonly state: string | null;
  /** True where `state` is a tuple (h, c). */
  readonly isPair: boolean;
}

interface Copy {
  /** `[0]` for each repeating stack around, then `.forward` or `.backward`, as in parameter names. */
  readonly repeats: string;
  readonly direction: '' | '.forward' | '.backward';
}

const ONLY: Copy = { repeats: '', direction: '' };

/**
 * `model.py`: the project's graph as a torch.nn.Module over padded rows, with a table that says where each of Unroll's parameters stands in it.
 * The graph must pass the check with this signature; throws otherwise.
 */
export function writeModelCode(project: Project, signature: DataSignature): string {
  const checked = checkGraph(project.graph, signature);
  if (!checked.ok) throw new Error('the graph did not pass the check');
  return new ModelCode(project, signature, checked).text();
}

class ModelCode {
  private readonly names = new PythonNames();
  private readonly helpers = new Set<PythonHelper>();
  private readonly setup: string[] = [];
  private readonly body: string[] = [];
  private readonly table: string[] = [];
  private readonly values = new Map<string, Value>();
  private readonly project: Project;
  private readonly signature: DataSignature;
  private readonly checked: CheckedGraph;
  private readonly shapes: ReadonlyMap<string, ParameterShape>;
  /** Decoders and what they lead to: their steps are those of the targets. */
  private readonly written: ReadonlySet<NodeId>;
  private readonly decodes: boolean;
  /** The variable that holds the lengths where the code stands. */
  private lengths: 'lengths' | 'target_lengths' = 'lengths';

  constructor(project: Project, signature: DataSignature, checked: CheckedGraph) {
    this.project = project;
    this.signature = signature;
    this.checked = checked;
    this.shapes = new Map(checked.parameters.map((parameter) => [parameter.name, parameter]));
    this.written = writtenNodes(project);
    this.decodes = this.written.size > 0;
  }

  text(): string {
    for (const id of this.checked.order) this.topLevel(this.entry(id));
    const input = this.checked.order.map((id) => this.entry(id)).find(({ node }) => isInputKind(node.kind));
    const argument = input === undefined ? 'x' : this.names.name(input.node.id);
    const taken = ['self', argument, 'lengths', ...this.decoderArguments()].join(', ');
    const lines = [
      `"""${commentText(this.project.name)}, written by Unroll. Needs PyTorch 1.13 or newer."""`,
      '',
      'import torch',
      'from torch import nn',
      '',
      '',
      'class Model(nn.Module):',
      `    """${this.describeEnds()}"""`,
      '',
      '    def __init__(self):',
      '        super().__init__()',
      ...this.setup.map((line) => `        ${line}`),
      '',
      `    def forward(${taken}):`,
      ...this.body.map((line) => `        ${line}`),
      ...(this.decodes ? ['', ...this.answerLines(argument)] : []),
      '',
      ...helperTexts(this.helpers).flatMap((text) => ['', text, '']),
      '',
      ...parameterTable(this.table),
    ];
    return lines.join('\n').replace(/\n{4,}/gu, '\n\n\n');
  }

  private describeEnds(): string {
    const { input, output } = this.signature;
    const taken =
      input.kind === 'tokens'
        ? 'Token ids [B,T], padded with 0'
        : input.kind === 'features'
          ? `Numbers [B,T,${String(input.width)}], padded`
          : `Numbers [B,${String(input.width)}]`;
    const width = output.kind === 'classes' ? output.classes.length : output.width;
    const what = output.kind === 'classes' ? 'logits' : 'numbers';
    return `${taken}, and lengths [B]. Gives ${what} [B,${output.perStep ? 'T,' : ''}${String(width)}].`;
  }

  private entry(id: NodeId): CheckedNode {
    const entry = this.checked.nodes.get(id);
    if (entry === undefined) throw new Error(`node ${id} was not checked`);
    return entry;
  }

  private topLevel(entry: CheckedNode): void {
    const { node } = entry;
    this.lengths = hasOwnSteps(this.signature.output) && this.written.has(node.id) ? 'target_lengths' : 'lengths';
    if (isInputKind(node.kind)) {
      this.values.set(node.id, { out: this.names.name(node.id), state: null, isPair: false });
      return;
    }
    if (isHeadKind(node.kind)) {
      const { input } = this.fed(node, 'in');
      this.add(entry, node.id, this.module(entry));
      this.body.push(`return self.${this.names.name(node.id)}(${input})`);
      return;
    }
    if (node.kind === 'decoder') {
      this.values.set(node.id, this.decoder(entry));
      return;
    }
    const ports = kindSpec(node.kind)?.inputs.filter(({ name }) => name !== 'initial') ?? [];
    const inputs = ports.map(({ name }) => this.fed(node, name).input).filter((text) => text !== '');
    const { value, port } = this.fed(node, 'initial');
    const result = this.node(entry, inputs, value === null ? null : startOf(node, value, port), ONLY);
    this.values.set(node.id, result);
  }

  /** What arrives at a port: the Python expression, empty where nothing does. */
  private fed(node: GraphNode, port: string): { input: string; value: Value | null; port: string } {
    const wire = this.project.graph.wires.find(({ to }) => to.node === node.id && to.port === port);
    const value = wire === undefined ? undefined : this.values.get(wire.from.node);
    if (wire === undefined || value === undefined) return { input: '', value: null, port: '' };
    return { input: wire.from.port === 'state' ? hiddenOf(value) : value.out, value, port: wire.from.port };
  }

  private node(entry: CheckedNode, inputs: readonly string[], start: string | null, copy: Copy): Value {
    const { node } = entry;
    const [input = ''] = inputs;
    if (isSwitchedOff(node)) return { out: input, state: null, isPair: false };
    if (node.kind === 'stack') return this.stack(entry, input, copy);
    if (node.kind === 'bidirectional') return this.bidirectional(entry, input, copy);
    const path = `${node.id}${copy.repeats}${copy.direction}`;
    if (isCellKind(node.kind)) return this.cell(entry, path, input, start);
    const module = this.module(entry, path);
    const name = this.names.name(path);
    if (module !== null) this.add(entry, path, module);
    this.body.push(`${name} = ${this.plainExpression(node, name, inputs)}`);
    return { out: name, state: null, isPair: false };
  }

  /** The call of a layer that is no cell. */
  private plainExpression(node: GraphNode, name: string, inputs: readonly string[]): string {
    const [input = ''] = inputs;
    switch (node.kind) {
      case 'one-hot':
        return `nn.functional.one_hot(${input}, ${String(this.vocabulary())}).to(torch.get_default_dtype())`;
      case 'dense':
        return activated(choiceParam(node, 'activation'), `self.${name}(${input})`);
      case 'activation':
        return activated(choiceParam(node, 'activation'), input);
      case 'last-step':
        return this.call('last_step', input);
      case 'pool': {
        const mode = choiceParam(node, 'mode');
        if (mode === 'attention') return `self.${name}(${input}, ${this.lengths})`;
        return this.call(mode === 'mean' ? 'mean_pool' : 'max_pool', input);
      }
      case 'repeat':
        return `${input}[:, None].expand(-1, int(${this.lengths}.max()), -1)`;
      case 'concat':
        return `torch.cat([${inputs.join(', ')}], dim=-1)`;
      case 'add':
        return inputs.join(' + ');
      default:
        return `self.${name}(${input})`;
    }
  }

  private call(helper: 'last_step' | 'mean_pool' | 'max_pool' | 'flip', input: string): string {
    this.helpers.add(helper);
    return `${helper}(${input}, ${this.lengths})`;
  }

  private vocabulary(): number {
    return this.signature.input.kind === 'tokens' ? this.signature.input.vocabulary.length : 0;
  }

  private cell(entry: CheckedNode, path: string, input: string, start: string | null): Value {
    const { node } = entry;
    const layer = cellLayer(node, this.inputWidth(path), false);
    this.add(entry, path, layer);
    const name = this.names.name(path);
    const state = this.names.name(`${path}.state`);
    const rest = `${input}, ${this.lengths}${start === null ? '' : `, ${start}`}`;
    this.body.push(`${name}, ${state} = ${layer.library ? `run(self.${name}, ${rest})` : `self.${name}(${rest})`}`);
    return { out: name, state, isPair: node.kind === 'lstm' };
  }

  /** A layer without a state of its own ends in its last valid step. */
  private finalState({ out, state }: Value): string {
    return state ?? this.call('last_step', out);
  }

  private inputWidth(path: string): number {
    return this.shapes.get(`${path}.weight_ih`)?.shape[1] ?? 0;
  }

  private bidirectional(entry: CheckedNode, input: string, copy: Copy): Value {
    const { node } = entry;
    const join = choiceParam(node, 'merge') === 'sum' ? 'add' : choiceParam(node, 'merge') === 'mean' ? 'mean' : 'concat';
    this.helpers.add(join);
    const children = this.running(entry.children);
    const out = this.names.name(`${node.id}${copy.repeats}`);
    const state = this.names.name(`${node.id}${copy.repeats}.state`);
    const [child] = children;
    if (child !== undefined && children.length === 1 && isCellKind(child.node.kind) && isLibraryCell(child.node)) {
      return this.bothDirections(child, `${child.node.id}${copy.repeats}`, { input, join, out, state });
    }
    const forward = this.chain(children, input, { ...copy, direction: '.forward' });
    const flipped = this.names.name(`${node.id}${copy.repeats}.flipped`);
    this.body.push(`${flipped} = ${this.call('flip', input)}`);
    const backward = this.chain(children, flipped, { ...copy, direction: '.backward' });
    this.body.push(`${out} = ${join}(${forward.out}, ${this.call('flip', backward.out)})`);
    const [a, b] = [this.finalState(forward), this.finalState(backward)];
    const isPair = forward.isPair && backward.isPair;
    const joined = isPair ? `tuple(${join}(*each) for each in zip(${a}, ${b}))` : `${join}(${a}, ${b})`;
    this.body.push(`${state} = ${joined}`);
    return { out, state, isPair };
  }

  private running(children: readonly NodeId[]): readonly CheckedNode[] {
    return children.map((id) => this.entry(id)).filter(({ node }) => !isSwitchedOff(node));
  }

  /** The children of a bidirectional block one after the other, in one direction. */
  private chain(children: readonly CheckedNode[], input: string, copy: Copy): Value {
    return children.reduce<Value>((result, child) => this.node(child, [result.out], null, copy), { out: input, state: null, isPair: false });
  }

  /** A cell of PyTorch's in both directions at once. */
  private bothDirections(child: CheckedNode, path: string, { input, join, out, state }: { input: string; join: string; out: string; state: string }): Value {
    const layer = cellLayer(child.node, this.inputWidth(`${path}.forward`), true);
    this.define(path, layer);
    for (const [part, place, row] of layer.parameters) {
      this.place(`${path}.forward.${part}`, `${this.names.name(path)}.${place}`, row);
      this.place(`${path}.backward.${part}`, `${this.names.name(path)}.${place}_reverse`, row);
    }
    this.body.push(`${out}, ${state} = run_both(self.${this.names.name(path)}, ${input}, ${this.lengths}, ${join})`);
    return { out, state, isPair: child.node.kind === 'lstm' };
  }

  private stack({ node, children }: CheckedNode, input: string, copy: Copy): Value {
    const repeats = numberParam(node, 'repeats');
    const running = this.running(children);
    let result: Value = { out: input, state: null, isPair: false };
    for (let each = 0; each < repeats; each++) {
      const inner = { ...copy, repeats: repeats > 1 ? `${copy.repeats}[${String(each)}]` : copy.repeats };
      for (const [index, child] of running.entries()) {
        const isLast = each === repeats - 1 && index === running.length - 1;
        result = this.stacked(node, child, result.out, inner, isLast);
      }
    }
    return result;
  }

  /** A child of a stack with what the stack puts around it: its input added to its output, dropout before the next layer. */
  private stacked(stack: GraphNode, child: CheckedNode, input: string, copy: Copy, isLast: boolean): Value {
    const result = this.node(child, [input], null, copy);
    if (!isLayer(child.node.kind)) return result;
    let { out } = result;
    if (booleanParam(stack, 'residual')) {
      const sum = this.names.name(`${out}.sum`);
      this.body.push(`${sum} = ${input} + ${out}`);
      out = sum;
    }
    const rate = numberParam(stack, 'dropout');
    if (rate > 0 && !isLast) {
      const dropped = this.names.name(`${out}.dropped`);
      this.setup.push(`self.${dropped} = nn.Dropout(${String(rate)})`);
      this.body.push(`${dropped} = self.${dropped}(${out})`);
      out = dropped;
    }
    return { ...result, out };
  }

  /** A cell that starts from what it is given and reads the class wanted one step back. */
  private decoder(entry: CheckedNode): Value {
    const { node } = entry;
    const { value, port } = this.fed(node, 'in');
    if (value === null) throw new Error(`${node.id} has no input`);
    const cell = decoderCell(node);
    const embedding = `${node.id}.embedding`;
    const [rows = 0, size = 0] = this.shapes.get(embedding)?.shape ?? [];
    this.helpers.add('one_step_back');
    this.define(embedding, { make: `nn.Embedding(${String(rows)}, ${String(size)})`, library: false, helpers: [], parameters: [] });
    this.place(embedding, `${this.names.name(embedding)}.weight`, 0);
    const layer = cellLayer(cell, size, false);
    this.add(entry, node.id, layer);
    const [name, state] = [this.names.name(node.id), this.names.name(`${node.id}.state`)];
    const rest = `self.${this.names.name(embedding)}(one_step_back(targets)), ${this.lengths}, ${startOf(cell, value, port)}`;
    this.body.push(`${name}, ${state} = ${layer.library ? `run(self.${name}, ${rest})` : `self.${name}(${rest})`}`);
    return { out: name, state, isPair: cell.kind === 'lstm' };
  }

  private decoderArguments(): readonly string[] {
    if (!this.decodes) return [];
    return hasOwnSteps(this.signature.output) ? ['targets', 'target_lengths'] : ['targets'];
  }

  /** How a model with a decoder answers on its own. Every step is computed anew with those before it: plain rather than fast. */
  private answerLines(argument: string): readonly string[] {
    const own = hasOwnSteps(this.signature.output);
    return [
      `    def answer(self, ${argument}, lengths${own ? ', steps' : ''}):`,
      '        """The classes the model answers by itself, [B,T], each read before the next."""',
      ...(own ? [] : ['        steps = int(lengths.max())']),
      `        targets = torch.zeros(len(${argument}), steps, dtype=torch.long, device=${argument}.device)`,
      '        for t in range(steps):',
      `            targets[:, t] = self(${argument}, lengths, targets${own ? ', torch.full((len(targets),), steps)' : ''})[:, t].argmax(-1)`,
      '        return targets',
    ];
  }

  private module(entry: CheckedNode, path: string = entry.node.id): PythonLayer | null {
    const own = this.checked.parameters.filter(({ name }) => name.slice(0, name.lastIndexOf('.')) === path);
    return plainLayer(entry, own);
  }

  /** Makes a module and enters its parameters into the table. */
  private add(entry: CheckedNode, path: string, layer: PythonLayer | null): void {
    if (layer === null) return;
    this.define(path, layer);
    for (const [part, place, row] of layer.parameters) this.place(`${path}.${part}`, `${this.names.name(path)}.${place}`, row);
    const frozen = entry.parameters.length > 0 && entry.parameters.every(({ trainable }) => !trainable);
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

function writtenNodes({ graph }: Project): ReadonlySet<NodeId> {
  const written = new Set<NodeId>(graph.nodes.filter(({ kind }) => kind === 'decoder').map(({ id }) => id));
  for (const id of written) for (const { from, to } of graph.wires) if (from.node === id) written.add(to.node);
  return written;
}

function activated(activation: string, input: string): string {
  if (activation === 'none') return input;
  return `torch.${activation}(${input})`;
}

/** The hidden state alone, [B,H]. */
function hiddenOf({ out, state, isPair }: Value): string {
  if (state === null) return out;
  return isPair ? `${state}[0]` : state;
}

/** What a cell starts from: an LSTM takes (h, c), the cell state 0 where what feeds it has none. */
function startOf(node: GraphNode, value: Value, port: string): string {
  const hidden = port === 'state' ? hiddenOf(value) : value.out;
  if (node.kind !== 'lstm') return hidden;
  if (port === 'state' && value.isPair && value.state !== null) return value.state;
  return `(${hidden}, torch.zeros_like(${hidden}))`;
}
