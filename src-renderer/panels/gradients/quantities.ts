import { placeBetween, placeOnScale } from '../../charts/colour-scale.ts';
import { formatPower } from '../../charts/format-number.ts';
import { LESSON_QUANTITIES } from '../../../src-engine/document/lesson.ts';
import type { TermId } from '../../../src-engine/document/glossary/glossary.ts';
import type { ProbesReply } from '../../../src-engine/session/protocol.ts';
import type { ProbesWanted } from '../../state/probes-store.ts';
import type { Remembered } from '../../state/workspace-store.ts';

export type Quantity = Remembered['heatmapQuantity'];
export type Scale = Remembered['heatmapScale'];

/** The fixed range of colours of a quantity. */
export interface ValueScale {
  readonly place: (value: number, low?: number, high?: number) => number;
  /** Evenly spread over the colours. */
  readonly ticks: readonly string[];
  readonly name: string;
  /** What one row may be spread between: a logarithm knows no zero. */
  readonly rowFloor: number;
}

function logarithmic(low: number, high: number, ticks: readonly number[]): ValueScale {
  return {
    place: (value, from = low, to = high) => placeOnScale(value, from, to),
    ticks: ticks.map(formatPower),
    name: 'norm, log scale',
    rowFloor: Number.MIN_VALUE,
  };
}

const GRADIENTS = logarithmic(1e-8, 1e4, [1e-8, 1e-5, 1e-2, 1e1, 1e4]);
/** Around 1, where a step keeps what it is given. */
const STEPS = logarithmic(1e-2, 1e2, [0.01, 0.1, 1, 10, 100]);
const SHARES: ValueScale = {
  place: (value, low = 0, high = 1) => placeBetween(value, low, high),
  ticks: ['0', '0.25', '0.5', '0.75', '1'],
  name: 'share of units',
  rowFloor: 0,
};

interface QuantitySpec {
  readonly label: string;
  /** What a cell of the picture is, as the line under it says. */
  readonly about: string;
  readonly scale: ValueScale;
  /** The word of the glossary that explains it. */
  readonly term: TermId;
  /** What has to be asked for; null where every frame of the training carries it. */
  readonly wanted: ProbesWanted | null;
  /** Whether an answer carries it. */
  readonly isIn: (reply: ProbesReply) => boolean;
}

const CHEAP: ProbesWanted = { jacobian: false, triangle: false, copies: false };
/** What the causes beside the verdict need. */
export const causesWanted = CHEAP;
const TRIANGLE: ProbesWanted = { ...CHEAP, triangle: true };
const hasTriangle = ({ triangle }: ProbesReply): boolean => triangle !== null;
const always = (): boolean => true;

export const quantities: Readonly<Record<Quantity, QuantitySpec>> = {
  gradient: { term: 'gradient', label: '‖∂L/∂h‖', about: 'mean over the examples that reach the time step', scale: GRADIENTS, wanted: null, isIn: always },
  flow: { term: 'flow', label: 'flow from the last step', about: 'with only the last step’s loss', scale: GRADIENTS, wanted: null, isIn: always },
  'flow-from': {
    term: 'flow',
    label: 'flow from a chosen step',
    about: 'with only the chosen step’s loss',
    scale: GRADIENTS,
    wanted: TRIANGLE,
    isIn: hasTriangle,
  },
  triangle: {
    term: 'flow',
    label: 'flow from every step',
    about: 'a row for each loss step; press one to see it in all layers',
    scale: GRADIENTS,
    wanted: TRIANGLE,
    isIn: hasTriangle,
  },
  copies: {
    term: 'copies-sum',
    label: 'weight gradient of each copy',
    about: 'each step’s part of a weight’s gradient, before they are summed',
    scale: GRADIENTS,
    wanted: { ...CHEAP, copies: true },
    isIn: ({ copies }) => copies !== null,
  },
  jacobian: {
    term: 'jacobian',
    label: 'Jacobian ‖∂hₜ/∂hₜ₋₁‖',
    about: 'largest stretch of one step: 1 keeps the gradient',
    scale: STEPS,
    wanted: { ...CHEAP, jacobian: true },
    isIn: ({ cells }) => cells.every(({ jacobian }) => jacobian !== null),
  },
  gates: {
    term: 'saturated',
    label: 'gates shut and open',
    about: 'share of units below 0.05 (shut) and above 0.95 (open)',
    scale: SHARES,
    wanted: CHEAP,
    isIn: always,
  },
  states: {
    term: 'hidden-state',
    label: 'norms of h and c',
    about: 'mean norm over the examples that reach the time step',
    scale: STEPS,
    wanted: CHEAP,
    isIn: always,
  },
};

/** In the order of the list. */
export const quantityNames: readonly Quantity[] = LESSON_QUANTITIES;
