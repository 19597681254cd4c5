import { expandBlocks, type Layer, type LayerPort } from '../../src-engine/compile/expand-blocks.ts';
import { checkGraph } from '../../src-engine/document/check.ts';
import { isCellKind, isHeadKind, isInputKind } from '../../src-engine/document/node-kinds.ts';
import type { Graph, NodeId } from '../../src-engine/document/project.ts';
import { hasOwnSteps, type DataSignature } from '../../src-engine/document/signature.ts';

/** Which steps of a lane something reads: the same step, the last in reading order, the one it ran last, all of them. */
type Take = 'each' | 'last' | 'final' | 'all';

/** What a lane reads of another one. */
export interface Feed {
  /** Index of the lane that is read. */
  readonly from: number;
  readonly take: Take;
  /** Where it arrives: at the same step, at the first step the lane runs (an initial state), or at every step (a repeated vector). */
  readonly to: 'each' | 'first' | 'every';
}

/** One row of the unrolled picture: an input, one function with its copies, or an output. */
export interface Lane {
  readonly kind: 'input' | 'cell' | 'output';
  /** The block of the document. */
  readonly node: NodeId;
  /** Of a cell as errors name it, `lstm1[0].backward`; the node's id of others. */
  readonly path: string;
  /** Path without the direction: `ProbeLayer.layer`. */
  readonly layer: string;
  /** Reads from the last step to the first. */
  readonly backward: boolean;
  /** Part of a bidirectional block. */
  readonly paired: boolean;
  /** Whose steps it runs over. */
  readonly axis: 'inputs' | 'targets';
  /** One node at each step, or one in all. */
  readonly steps: 'each' | 'one';
  readonly feeds: readonly Feed[];
}

type Reached = Pick<Feed, 'from' | 'take'> & { readonly spread: boolean };

/** The lanes of a sound document, in running order: what lies between inputs, cells and heads becomes part of the wires. */
export function networkLanes(graph: Graph, signature: DataSignature): readonly Lane[] {
  const checked = checkGraph(graph, signature);
  return checked.ok ? new Lanes(hasOwnSteps(signature.output)).of(expandBlocks(graph, checked)) : [];
}

class Lanes {
  private readonly lanes: Lane[] = [];
  /** What is reached through each layer's ports. */
  private readonly out: (readonly Reached[])[] = [];
  private readonly state: (readonly Reached[])[] = [];
  private readonly ownSteps: boolean;

  constructor(ownSteps: boolean) {
    this.ownSteps = ownSteps;
  }

  of(layers: readonly Layer[]): readonly Lane[] {
    for (const layer of layers) this.add(layer);
    return this.lanes;
  }

  private reached({ layer, port }: LayerPort): readonly Reached[] {
    return this[port][layer] ?? [];
  }

  private add(layer: Layer): void {
    const arriving = layer.inputs.flatMap((port) => this.reached(port));
    const { kind } = layer;
    if (isInputKind(kind) || isCellKind(kind) || kind === 'decoder' || isHeadKind(kind)) {
      const from = this.lanes.length;
      this.lanes.push(this.lane(layer, arriving));
      this.out.push([{ from, take: 'each', spread: false }]);
      this.state.push([{ from, take: 'final', spread: false }]);
      return;
    }
    this.out.push(unique(arriving.map((each) => through(kind, each))));
    this.state.push(this.out.at(-1) ?? []);
  }

  private lane(layer: Layer, arriving: readonly Reached[]): Lane {
    const { kind, node, backward } = layer;
    const isCell = !isInputKind(kind) && !isHeadKind(kind);
    const begins = kind === 'decoder' ? arriving : layer.initial === null ? [] : this.reached(layer.initial);
    const read = kind === 'decoder' ? [] : arriving;
    const feeds: readonly Feed[] = [
      ...unique(read).map(({ from, take, spread }): Feed => ({ from, take, to: spread ? 'every' : 'each' })),
      ...unique(begins).map(({ from, take }): Feed => ({ from, take: take === 'each' ? 'last' : take, to: 'first' })),
    ];
    const answersOnce = isHeadKind(kind) && feeds.every(({ take, to }) => to === 'each' && (take !== 'each' || this.isOne(feeds)));
    return {
      kind: isCell ? 'cell' : isHeadKind(kind) ? 'output' : 'input',
      node: node.id,
      path: layer.path,
      layer: layer.path.replace(/\.(forward|backward)$/, ''),
      backward,
      paired: /\.(forward|backward)$/.test(layer.path),
      axis: this.axis(kind, feeds),
      steps: kind === 'vector' || answersOnce ? 'one' : 'each',
      feeds,
    };
  }

  private isOne(feeds: readonly Feed[]): boolean {
    return feeds.every(({ from }) => this.lanes[from]?.steps === 'one');
  }

  private axis(kind: Layer['kind'], feeds: readonly Feed[]): Lane['axis'] {
    if (!this.ownSteps || isInputKind(kind)) return 'inputs';
    const follows = feeds.some(({ from, to }) => to === 'every' || (to === 'each' && this.lanes[from]?.axis === 'targets'));
    return kind === 'decoder' || follows ? 'targets' : 'inputs';
  }
}

/** What a layer that is no lane makes of the steps it is handed. */
function through(kind: Layer['kind'], reached: Reached): Reached {
  switch (kind) {
    case 'last-step':
      return { ...reached, take: reached.take === 'each' ? 'last' : reached.take };
    case 'pool':
      return { ...reached, take: 'all' };
    case 'repeat':
      return { ...reached, take: reached.take === 'each' ? 'last' : reached.take, spread: true };
    default:
      return reached;
  }
}

function unique(reached: readonly Reached[]): readonly Reached[] {
  const keys = reached.map(({ from, take, spread }) => `${from} ${take} ${spread}`);
  return reached.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}
