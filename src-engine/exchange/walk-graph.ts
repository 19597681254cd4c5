import type { CheckedGraph, CheckedNode } from '../document/checked.ts';
import { isCellKind, isHeadKind, isInputKind, isLayer, kindSpec } from '../document/node-kinds.ts';
import { booleanParam, numberParam } from '../document/params.ts';
import type { Graph, GraphNode, NodeId } from '../document/project.ts';
import { isSwitchedOff } from '../document/switched-off.ts';

/** What arrives at a port, and whether it is the final state of what it comes from. */
export interface Arrival<V> {
  readonly value: V;
  readonly isState: boolean;
}

/**
 * What another language makes of each layer of a model; V is what it knows of a layer's result: its sequence or vector, and its final state.
 * `path` is the layer's own, as in parameter names: `lstm1[0].forward`.
 */
export interface Backend<V> {
  readonly input: (node: GraphNode) => V;
  readonly cell: (node: GraphNode, path: string, input: V, start: Arrival<V> | null) => V;
  /** True where one operation runs the cell in both directions. */
  readonly hasBothDirections: (cell: GraphNode) => boolean;
  /** `path` has no direction. */
  readonly bothDirections: (cell: GraphNode, path: string, input: V, block: GraphNode) => V;
  readonly decoder: (node: GraphNode, start: Arrival<V>) => V;
  /** Every other layer. Of a state that arrives the hidden state is meant. */
  readonly plain: (entry: CheckedNode, path: string, inputs: readonly Arrival<V>[]) => V;
  /** Each row backwards within its own length. */
  readonly flip: (path: string, input: V) => V;
  /** The two directions' outputs, in reading order, and their final states. */
  readonly join: (block: GraphNode, path: string, forward: V, backward: V) => V;
  /** The output with the input added to it; the state stays the output's. */
  readonly residual: (path: string, input: V, output: V) => V;
  readonly dropout: (path: string, rate: number, input: V) => V;
  readonly head: (entry: CheckedNode, input: Arrival<V>) => void;
}

interface Copy {
  /** `[0]` for each repeating stack around, outermost first. */
  readonly repeats: string;
  readonly direction: '' | '.forward' | '.backward';
}

const ONLY: Copy = { repeats: '', direction: '' };

/** Takes a backend through a graph that has passed the check, layer by layer in running order; blocks are gone, what is switched off too. */
export function walkGraph<V>(graph: Graph, checked: CheckedGraph, backend: Backend<V>): void {
  new Walk(graph, checked, backend).run();
}

class Walk<V> {
  private readonly values = new Map<NodeId, V>();
  /** Nodes that are switched off and hand a final state on. */
  private readonly handsState = new Set<NodeId>();
  private readonly graph: Graph;
  private readonly checked: CheckedGraph;
  private readonly backend: Backend<V>;

  constructor(graph: Graph, checked: CheckedGraph, backend: Backend<V>) {
    this.graph = graph;
    this.checked = checked;
    this.backend = backend;
  }

  run(): void {
    for (const id of this.checked.order) {
      const entry = this.entry(id);
      if (isHeadKind(entry.node.kind)) this.backend.head(entry, this.expected(entry.node, 'in'));
      else this.values.set(id, this.topLevel(entry));
    }
  }

  private topLevel(entry: CheckedNode): V {
    const { node } = entry;
    if (isInputKind(node.kind)) return this.backend.input(node);
    if (node.kind === 'decoder') return this.backend.decoder(node, this.expected(node, 'in'));
    const ports = kindSpec(node.kind)?.inputs.filter(({ name }) => name !== 'initial') ?? [];
    const inputs = ports.flatMap(({ name }) => this.fed(node, name) ?? []);
    if (isSwitchedOff(node) && inputs[0]?.isState === true) this.handsState.add(node.id);
    return this.node(entry, inputs, this.fed(node, 'initial'), ONLY);
  }

  private entry(id: NodeId): CheckedNode {
    const entry = this.checked.nodes.get(id);
    if (entry === undefined) throw new Error(`node ${id} was not checked`);
    return entry;
  }

  private fed(node: GraphNode, port: string): Arrival<V> | null {
    const wire = this.graph.wires.find(({ to }) => to.node === node.id && to.port === port);
    const value = wire === undefined ? undefined : this.values.get(wire.from.node);
    return wire === undefined || value === undefined ? null : { value, isState: wire.from.port === 'state' || this.handsState.has(wire.from.node) };
  }

  private expected(node: GraphNode, port: string): Arrival<V> {
    const arrival = this.fed(node, port);
    if (arrival === null) throw new Error(`nothing feeds ${node.id}`);
    return arrival;
  }

  private node(entry: CheckedNode, inputs: readonly Arrival<V>[], start: Arrival<V> | null, copy: Copy): V {
    const { node } = entry;
    const [first] = inputs;
    if (first === undefined) throw new Error(`nothing feeds ${node.id}`);
    if (isSwitchedOff(node)) return first.value;
    if (node.kind === 'stack') return this.stack(entry, first.value, copy);
    if (node.kind === 'bidirectional') return this.bidirectional(entry, first.value, copy);
    const path = `${node.id}${copy.repeats}${copy.direction}`;
    if (isCellKind(node.kind)) return this.backend.cell(node, path, first.value, start);
    return this.backend.plain(entry, path, inputs);
  }

  private running(children: readonly NodeId[]): readonly CheckedNode[] {
    return children.map((id) => this.entry(id)).filter(({ node }) => !isSwitchedOff(node));
  }

  private child(entry: CheckedNode, input: V, copy: Copy): V {
    return this.node(entry, [{ value: input, isState: false }], null, copy);
  }

  private bidirectional({ node, children }: CheckedNode, input: V, copy: Copy): V {
    const running = this.running(children);
    const path = `${node.id}${copy.repeats}`;
    const [only] = running;
    if (only !== undefined && running.length === 1 && isCellKind(only.node.kind) && this.backend.hasBothDirections(only.node)) {
      return this.backend.bothDirections(only.node, `${only.node.id}${copy.repeats}`, input, node);
    }
    const forward = running.reduce((value, child) => this.child(child, value, { ...copy, direction: '.forward' }), input);
    const flipped = this.backend.flip(`${path}.flipped`, input);
    const backward = running.reduce((value, child) => this.child(child, value, { ...copy, direction: '.backward' }), flipped);
    return this.backend.join(node, path, forward, backward);
  }

  private stack({ node, children }: CheckedNode, input: V, copy: Copy): V {
    const repeats = numberParam(node, 'repeats');
    const running = this.running(children);
    let value = input;
    for (let each = 0; each < repeats; each++) {
      const inner = { ...copy, repeats: repeats > 1 ? `${copy.repeats}[${String(each)}]` : copy.repeats };
      for (const [index, child] of running.entries()) {
        const isLast = each === repeats - 1 && index === running.length - 1;
        value = this.stacked(node, child, value, inner, isLast);
      }
    }
    return value;
  }

  /** A child of a stack with what the stack puts around it: its input added to its output, dropout before the next layer. */
  private stacked(stack: GraphNode, child: CheckedNode, input: V, copy: Copy, isLast: boolean): V {
    let value = this.child(child, input, copy);
    if (!isLayer(child.node.kind)) return value;
    const path = `${child.node.id}${copy.repeats}${copy.direction}`;
    if (booleanParam(stack, 'residual')) value = this.backend.residual(path, input, value);
    const rate = numberParam(stack, 'dropout');
    return rate > 0 && !isLast ? this.backend.dropout(path, rate, value) : value;
  }
}
