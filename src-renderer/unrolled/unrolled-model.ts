import type { MapRow } from '../panels/gradients/gradient-rows.ts';
import type { Quantity } from '../panels/gradients/quantities.ts';
import { copyName } from '../../src-engine/document/copy-name.ts';
import type { ProbeLayer } from '../../src-engine/session/protocol.ts';
import { formatNumber } from '../charts/format-number.ts';
import { rowsOfLane, shadeLook, valueIn } from './lane-rows.ts';
import type { Layout, NodePlace } from './layout.ts';
import { BLANK, MASKED, type NodeLook } from './paint/node-look.ts';
import type { CopyBars } from './paint/picture.ts';

/** What is drawn of a model and said of its nodes, whichever mode it comes from. */
export interface UnrolledModel {
  readonly layout: Layout;
  readonly look: (lane: number, t: number) => NodeLook;
  /** The number that a node stands for, in words: `dL/dh 0.0031`. */
  readonly said: (place: NodePlace) => string;
  readonly isCurrent: (lane: number, t: number) => boolean;
  readonly boundaries: readonly number[];
  readonly bars: CopyBars | null;
  /** Steps that a lane's cell runs over in the one example shown; null where many are. */
  readonly ownSteps: (lane: number) => number | null;
  /** Comes into sight as the walk goes on. */
  readonly followed: NodePlace | null;
}

/** Quantities as they are read out. */
const SPOKEN: Readonly<Record<Quantity, string>> = {
  gradient: 'dL/dh',
  flow: 'dL/dh of the followed loss',
  'flow-from': 'dL/dh of the chosen loss',
  triangle: 'dL/dh of the chosen loss',
  copies: 'weight gradient',
  jacobian: 'Jacobian norm',
  gates: 'first gate shut',
  states: 'norm of h',
};

interface Shades {
  readonly layout: Layout;
  readonly layers: readonly ProbeLayer[];
  readonly rows: readonly MapRow[];
  readonly quantity: Quantity;
  readonly masked: (lane: number, t: number) => boolean;
}

interface Shaded {
  /** Null where the node has nothing on the colour scale. */
  readonly look: (lane: number, t: number) => NodeLook | null;
  readonly said: (place: NodePlace) => string;
}

/** Nodes on the colour scale of the gradient panel. */
export function shaded({ layout, layers, rows, quantity, masked }: Shades): Shaded {
  const ofLane = layout.lanes.map((lane) => rowsOfLane(lane, rows, layers));
  return {
    look: (lane, t) => shadeLook(quantity, ofLane[lane] ?? [], t, masked(lane, t)),
    said: ({ lane, t }) => {
      const value = masked(lane, t) ? null : valueIn(quantity, ofLane[lane] ?? [], t);
      return value === null ? '' : `${SPOKEN[quantity]} ${formatNumber(value)}`;
    },
  };
}

/** Inputs and outputs of the training have no value of their own: each batch has others. */
export function plainLook(kind: 'input' | 'cell' | 'output', name: string, masked: boolean): NodeLook {
  if (masked) return MASKED;
  return kind === 'cell' ? BLANK : { kind: 'value', text: () => name };
}

/** `lstm1:t17`; an input or output by its letter. */
export function placeName({ lanes }: Layout, { lane, t }: NodePlace): string {
  const found = lanes[lane];
  if (found === undefined) return '';
  if (found.kind === 'cell') return copyName(found.path, t);
  return `${found.kind === 'input' ? 'input' : 'output'} ${found.node}${found.steps === 'one' ? '' : `:t${t}`}`;
}
