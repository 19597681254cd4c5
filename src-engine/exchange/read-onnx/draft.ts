import type { ParamValue } from '../../document/project.ts';
import { NoBlock, type Axis, type Data, type Value } from './values.ts';

/** Weights of a drafted node by the rest of their names; `forward.` and `backward.` stand before those of a bidirectional block's child. */
export type DraftWeights = Map<string, Float32Array>;

interface DraftNode {
  readonly kind: string;
  readonly params: Record<string, ParamValue>;
  readonly parent: string | null;
  readonly weights: DraftWeights;
}

/** A document in the making: nodes with their weights, and wires. */
export class Draft {
  readonly nodes = new Map<string, DraftNode>();
  readonly wires: { readonly from: string; readonly fromPort: string; readonly to: string; readonly port: string }[] = [];
  /** Nodes so far by the beginning of their ids. */
  private readonly counts = new Map<string, number>();
  private readonly merges = new Set<string>();
  /** What `a0` and `a1` turned out to be. */
  private readonly roles = new Map<Axis, 'T' | 'B'>();

  add(kind: string, params: Record<string, ParamValue>, weights: DraftWeights = new Map(), parent: string | null = null): string {
    if (kind.endsWith('-head')) {
      this.nodes.set('head', { kind, params, parent, weights });
      return 'head';
    }
    const prefix = kind.replace(/-.*$/u, '').replace('bidirectional', 'both').replace('embedding', 'embed');
    const count = (this.counts.get(prefix) ?? 0) + 1;
    this.counts.set(prefix, count);
    const id = `${prefix}${count}`;
    this.nodes.set(id, { kind, params, parent, weights });
    return id;
  }

  /** Makes the head of a product that nothing reads. */
  turnIntoHead(id: string, kind: string): void {
    const { weights } = this.node(id);
    const into = this.wires.findIndex(({ to }) => to === id);
    const [wire] = this.wires.splice(into, 1);
    if (wire === undefined) throw new Error(`nothing feeds ${id}`);
    this.nodes.delete(id);
    this.wires.push({ ...wire, to: this.add(kind, {}, weights) });
  }

  node(id: string): DraftNode {
    const found = this.nodes.get(id);
    if (found === undefined) throw new Error(`no drafted ${id}`);
    return found;
  }

  wire(from: Data, to: string, port = 'in'): void {
    this.wires.push({ from: from.node, fromPort: from.port, to, port });
  }

  isRead(id: string): boolean {
    return this.wires.some(({ from }) => from === id);
  }

  /** A node fed by one value, that gives a value of the same axes unless others are given. */
  follow(kind: string, value: Data, width: number, params: Record<string, ParamValue> = {}, weights: DraftWeights = new Map()): Data {
    const from = this.settled(value);
    const node = this.add(kind, params, weights);
    this.wire(from, node);
    return { ...from, node, port: 'out', width, directions: 1 };
  }

  /** A value that may be read by a block: whole, with features last, and what was applied last as a block of its own. */
  settled(value: Data): Data {
    if (value.isCell) throw new NoBlock('reads the cell state of an LSTM');
    if (value.half !== null) throw new NoBlock('reads one direction of a bidirectional layer without the other');
    if (value.axes.includes('D') && value.directions === 2) throw new NoBlock('reads two directions that were not brought together');
    if (value.ending === null) return value;
    if (value.ending !== 'sigmoid') throw new NoBlock('reads a Softmax that stands inside the model, where there is no block for one');
    return this.follow('activation', { ...value, ending: null }, value.width, { activation: 'sigmoid' });
  }

  /** How a bidirectional block brings its directions together: one way for all that reads it. */
  merge(id: string, how: 'concat' | 'sum' | 'mean'): void {
    const { kind, params } = this.node(id);
    if (kind !== 'bidirectional' || (this.merges.has(id) && params['merge'] !== how)) throw new NoBlock('brings two directions together in two ways');
    this.merges.add(id);
    params['merge'] = how;
  }

  axis(axis: Axis): Axis {
    return this.roles.get(axis) ?? axis;
  }

  /** Axes by what they are; those of the input that nobody named are batch and steps, in this order. */
  named({ axes }: Data): readonly Axis[] {
    return axes.map((axis) => {
      const role = this.axis(axis);
      if (role === 'a0' || role === 'a1') this.decide(axes.length > 2 || this.tokens ? role : 'a0', role === 'a0' ? 'B' : 'T');
      return this.axis(axis);
    });
  }

  /** True where the input is token ids, [B,T] or [T,B]. */
  tokens = false;

  decide(axis: Axis, role: 'T' | 'B'): void {
    const known = this.axis(axis);
    if (known === role) return;
    if (known !== 'a0' && known !== 'a1') throw new NoBlock(`reads its ${known === 'T' ? 'steps' : 'batch'} as its ${role === 'T' ? 'steps' : 'batch'}`);
    this.roles.set(known, role);
    this.roles.set(known === 'a0' ? 'a1' : 'a0', role === 'T' ? 'B' : 'T');
  }
}

/** The one value that is data, where all others are constants. */
export function dataOf(value: Value | null | undefined): Data {
  if (value?.kind !== 'data') throw new NoBlock('does not read what the model computes');
  return value;
}
