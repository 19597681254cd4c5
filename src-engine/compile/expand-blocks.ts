import type { CheckedGraph } from '../document/checked.ts';
import { choiceParam, numberParam } from '../document/params.ts';
import type { Graph, GraphNode, NodeId } from '../document/project.ts';

/** Result of a layer: its sequence (or vector), or its final state. */
export interface LayerPort {
  readonly layer: number;
  readonly port: 'out' | 'state';
}

export type LayerKind =
  'tokens' | 'features' | 'embedding' | 'one-hot' | 'rnn' | 'gru' | 'lstm' | 'dense' | 'last-step' | 'reverse' | 'merge' | 'softmax-head' | 'regression-head';

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

const LEAVES: ReadonlySet<string> = new Set<LayerKind>([
  'tokens',
  'features',
  'embedding',
  'one-hot',
  'rnn',
  'gru',
  'lstm',
  'dense',
  'last-step',
  'softmax-head',
  'regression-head',
]);

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
      const input = this.feed(id, 'in');
      const result = this.node(id, input, this.feed(id, 'initial'), { repeats: '', direction: null });
      this.results.set(`${id}.out`, result.out);
      this.results.set(`${id}.state`, result.state);
    }
    return this.layers;
  }

  private feed(id: NodeId, port: string): LayerPort | null {
    const source = this.sources.get(`${id}.${port}`);
    return source === undefined ? null : (this.results.get(source) ?? null);
  }

  private node(id: NodeId, input: LayerPort | null, initial: LayerPort | null, place: Place): { out: LayerPort; state: LayerPort } {
    const entry = this.checked.nodes.get(id);
    if (entry === undefined) throw new Error(`node ${id} was not checked`);
    const { node } = entry;
    if (node.kind === 'stack') return this.stack(node, entry.children, input, place);
    if (node.kind === 'bidirectional') return this.bidirectional(node, entry.children, input, place);
    const path = `${id}${place.repeats}${place.direction === null ? '' : `.${place.direction}`}`;
    return this.push({ kind: layerKind(node.kind), node, path, inputs: input === null ? [] : [input], initial, backward: place.direction === 'backward' });
  }

  private stack(node: GraphNode, children: readonly NodeId[], input: LayerPort | null, place: Place): { out: LayerPort; state: LayerPort } {
    const repeats = numberParam(node, 'repeats');
    let result: { out: LayerPort; state: LayerPort } | null = null;
    for (let copy = 0; copy < repeats; copy++) {
      const inner = { ...place, repeats: repeats > 1 ? `${place.repeats}[${copy}]` : place.repeats };
      for (const child of children) result = this.node(child, result?.out ?? input, null, inner);
    }
    if (result === null) throw new Error(`stack ${node.id} is empty`);
    return result;
  }

  private bidirectional(node: GraphNode, children: readonly NodeId[], input: LayerPort | null, place: Place): { out: LayerPort; state: LayerPort } {
    const [child] = children;
    if (child === undefined || input === null) throw new Error(`bidirectional block ${node.id} is empty or has no input`);
    const shared = { node, initial: null, backward: false } as const;
    const forward = this.node(child, input, null, { ...place, direction: 'forward' });
    const reversed = this.push({ ...shared, kind: 'reverse', path: `${node.id}.reversed`, inputs: [input], backward: true });
    const backward = this.node(child, reversed.out, null, { ...place, direction: 'backward' });
    const restored = this.push({ ...shared, kind: 'reverse', path: `${node.id}.restored`, inputs: [backward.out] });
    const merge = choiceParam(node, 'merge');
    const out = this.push({ ...shared, kind: 'merge', path: `${node.id}.${merge}`, inputs: [forward.out, restored.out] });
    const state = this.push({ ...shared, kind: 'merge', path: `${node.id}.state`, inputs: [forward.state, backward.state] });
    return { out: out.out, state: state.out };
  }

  private push(layer: Layer): { out: LayerPort; state: LayerPort } {
    this.layers.push(layer);
    const index = this.layers.length - 1;
    return { out: { layer: index, port: 'out' }, state: { layer: index, port: 'state' } };
  }
}

function layerKind(kind: string): LayerKind {
  if (!isLayerKind(kind)) throw new Error(`${kind} passed the check but cannot be compiled`);
  return kind;
}

function isLayerKind(kind: string): kind is LayerKind {
  return LEAVES.has(kind);
}
