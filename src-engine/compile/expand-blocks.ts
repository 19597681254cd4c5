import type { CheckedGraph } from '../document/checked.ts';
import { isLayer, kindSpec } from '../document/node-kinds.ts';
import { isSwitchedOff } from '../document/switched-off.ts';
import { booleanParam, choiceParam, numberParam } from '../document/params.ts';
import type { Graph, GraphNode, NodeId } from '../document/project.ts';

/** Result of a layer: its sequence (or vector), or its final state. */
export interface LayerPort {
  readonly layer: number;
  readonly port: 'out' | 'state';
}

const LEAVES = [
  'tokens',
  'features',
  'vector',
  'embedding',
  'one-hot',
  'rnn',
  'gru',
  'lstm',
  'decoder',
  'dense',
  'activation',
  'dropout',
  'layer-norm',
  'concat',
  'add',
  'last-step',
  'pool',
  'repeat',
  'softmax-head',
  'sigmoid-head',
  'regression-head',
] as const;

/** What a block is made of once it is gone, beside the nodes of the document. */
type InnerKind = 'reverse' | 'merge';

export type LayerKind = (typeof LEAVES)[number] | InnerKind;

/** One layer after blocks are gone: each copy of a repeated or bidirectional child is a layer of its own. */
export interface Layer {
  readonly kind: LayerKind;
  readonly node: GraphNode;
  /** Parameter path without the last part: `lstm1[0].forward`. */
  readonly path: string;
  readonly inputs: readonly LayerPort[];
  readonly initial: LayerPort | null;
  readonly backward: boolean;
}

interface Place {
  /** `[0]`, `[1]` ... of the repeating stacks around, outermost first. */
  readonly repeats: string;
  readonly direction: 'forward' | 'backward' | null;
}

/** Pass 1: stacks and bidirectional blocks become plain layers, in running order. The graph must have passed the check. */
export function expandBlocks(graph: Graph, checked: CheckedGraph): readonly Layer[] {
  return new Expansion(graph, checked).run();
}

class Expansion {
  private readonly layers: Layer[] = [];
  private readonly results = new Map<string, LayerPort>();
  private readonly checked: CheckedGraph;
  /** `node.port` that feeds `node.port`. */
  private readonly sources: ReadonlyMap<string, string>;

  constructor(graph: Graph, checked: CheckedGraph) {
    this.checked = checked;
    this.sources = new Map(graph.wires.map((wire) => [`${wire.to.node}.${wire.to.port}`, `${wire.from.node}.${wire.from.port}`]));
  }

  run(): readonly Layer[] {
    for (const id of this.checked.order) {
      const result = this.node(id, this.feeds(id), this.feed(id, 'initial'), { repeats: '', direction: null });
      this.results.set(`${id}.out`, result.out);
      this.results.set(`${id}.state`, result.state);
    }
    return this.layers;
  }

  /** What arrives at `in`, or at `in1`, `in2` ... in that order. */
  private feeds(id: NodeId): readonly LayerPort[] {
    const kind = this.checked.nodes.get(id)?.node.kind ?? '';
    const ports = kindSpec(kind)?.inputs.filter((port) => port.name !== 'initial') ?? [];
    return ports.flatMap((port) => this.feed(id, port.name) ?? []);
  }

  private feed(id: NodeId, port: string): LayerPort | null {
    const source = this.sources.get(`${id}.${port}`);
    return source === undefined ? null : (this.results.get(source) ?? null);
  }

  private node(id: NodeId, inputs: readonly LayerPort[], initial: LayerPort | null, place: Place): { out: LayerPort; state: LayerPort } {
    const entry = this.checked.nodes.get(id);
    if (entry === undefined) throw new Error(`node ${id} was not checked`);
    const { node } = entry;
    const [input = null] = inputs;
    if (isSwitchedOff(node)) return handedOn(node, input);
    if (node.kind === 'stack') return this.stack(node, entry.children, input, place);
    if (node.kind === 'bidirectional') return this.bidirectional(node, entry.children, input, place);
    const path = `${id}${place.repeats}${place.direction === null ? '' : `.${place.direction}`}`;
    return this.push({ kind: layerKind(node.kind), node, path, inputs, initial, backward: place.direction === 'backward' });
  }

  private stack(node: GraphNode, children: readonly NodeId[], input: LayerPort | null, place: Place): { out: LayerPort; state: LayerPort } {
    const repeats = numberParam(node, 'repeats');
    let result: { out: LayerPort; state: LayerPort } | null = null;
    const running = this.running(children);
    for (let copy = 0; copy < repeats; copy++) {
      const inner = { ...place, repeats: repeats > 1 ? `${place.repeats}[${copy}]` : place.repeats };
      for (const [index, child] of running.entries()) {
        const isLast = copy === repeats - 1 && index === running.length - 1;
        result = this.stacked(node, child, result?.out ?? input, inner, isLast);
      }
    }
    if (result === null) throw new Error(`stack ${node.id} is empty`);
    return result;
  }

  /** A child of a stack with what the stack puts around it: its input added to its output, dropout before the next layer. */
  private stacked(stack: GraphNode, child: NodeId, input: LayerPort | null, place: Place, isLast: boolean): { out: LayerPort; state: LayerPort } {
    const { out, state } = this.node(child, listed(input), null, place);
    if (!isLayer(this.checked.nodes.get(child)?.node.kind ?? '')) return { out, state };
    const shared = { node: stack, initial: null, backward: place.direction === 'backward' } as const;
    const path = `${child}${place.repeats}${place.direction === null ? '' : `.${place.direction}`}`;
    let end = out;
    if (booleanParam(stack, 'residual')) end = this.push({ ...shared, kind: 'add', path: `${path}.residual`, inputs: [...listed(input), end] }).out;
    if (numberParam(stack, 'dropout') > 0 && !isLast) end = this.push({ ...shared, kind: 'dropout', path: `${path}.dropout`, inputs: [end] }).out;
    return { out: end, state };
  }

  private bidirectional(node: GraphNode, children: readonly NodeId[], input: LayerPort | null, place: Place): { out: LayerPort; state: LayerPort } {
    if (input === null) throw new Error(`bidirectional block ${node.id} has no input`);
    const shared = { node, initial: null, backward: false } as const;
    const forward = this.chain(node, children, input, { ...place, direction: 'forward' });
    const reversed = this.push({ ...shared, kind: 'reverse', path: `${node.id}.reversed`, inputs: [input], backward: true });
    const backward = this.chain(node, children, reversed.out, { ...place, direction: 'backward' });
    const restored = this.push({ ...shared, kind: 'reverse', path: `${node.id}.restored`, inputs: [backward.out] });
    const merge = choiceParam(node, 'merge');
    const out = this.push({ ...shared, kind: 'merge', path: `${node.id}.${merge}`, inputs: [forward.out, restored.out] });
    const state = this.push({ ...shared, kind: 'merge', path: `${node.id}.state`, inputs: [forward.state, backward.state] });
    return { out: out.out, state: state.out };
  }

  /** The children of a block one after the other; a block has at least one that runs. */
  private chain(block: GraphNode, children: readonly NodeId[], input: LayerPort, place: Place): { out: LayerPort; state: LayerPort } {
    let result: { out: LayerPort; state: LayerPort } | null = null;
    for (const child of this.running(children)) result = this.node(child, [result?.out ?? input], null, place);
    if (result === null) throw new Error(`block ${block.id} is empty`);
    return result;
  }

  /** The children that are not switched off. */
  private running(children: readonly NodeId[]): readonly NodeId[] {
    return children.filter((id) => this.checked.nodes.get(id)?.node.enabled !== false);
  }

  private push(layer: Layer): { out: LayerPort; state: LayerPort } {
    this.layers.push(layer);
    const index = this.layers.length - 1;
    return { out: { layer: index, port: 'out' }, state: { layer: index, port: 'state' } };
  }
}

/** A node that is switched off is no layer. The check lets no wire leave its `state`. */
function handedOn(node: GraphNode, input: LayerPort | null): { out: LayerPort; state: LayerPort } {
  if (input === null) throw new Error(`${node.id} is switched off and has no input`);
  return { out: input, state: input };
}

function listed(port: LayerPort | null): readonly LayerPort[] {
  return port === null ? [] : [port];
}

function layerKind(kind: string): LayerKind {
  if (!isLayerKind(kind)) throw new Error(`${kind} passed the check but cannot be compiled`);
  return kind;
}

function isLayerKind(kind: string): kind is (typeof LEAVES)[number] {
  return LEAVES.some((each) => each === kind);
}
