import { fc } from '../fixtures/laws.ts';
import type { Case } from './cases-products.ts';
import { activations } from './cases-rows.ts';
import { MemoryImage } from './memory-image.ts';

const bit = fc.integer({ min: 0, max: 1 });
const step = {
  seed: fc.integer(),
  b: fc.integer({ min: 1, max: 9 }),
  h_: fc.integer({ min: 1, max: 37 }),
  t: fc.integer({ min: 0, max: 3 }),
  /** Whether the step has a step before it: states and their gradients. */
  previous: fc.boolean(),
  ragged: fc.boolean(),
};

/** Lengths [B]: some rows are masked at step t where the batch is ragged. */
function lengthsOf(image: MemoryImage, b: number, t: number, ragged: boolean): { readonly lengths: number; readonly masked: readonly boolean[] } {
  const values = Array.from({ length: b }, () => (ragged ? image.int(0, t + 2) : t + 1));
  return { lengths: image.ints(values), masked: values.map((length) => t >= length) };
}

/** Gates of masked rows are nobody's: the reference activates them, the kernels pass over them. */
function leaveMaskedGates(image: MemoryImage, gates: number, width: number, masked: readonly boolean[]): void {
  masked.forEach((each, row) => {
    if (each) image.leaveUndefined(gates + row * width, width);
  });
}

const rnn: Case = {
  name: 'rnnForward, rnnBackward',
  tolerance: 1e-6,
  images: fc.record({ ...step, activation: activations }).map(({ seed, b, h_, t, previous, ragged, activation }) => {
    const image = new MemoryImage(seed);
    const { lengths } = lengthsOf(image, b, t, ragged);
    const [hPrev, dhPrev] = previous ? [image.floats(b * h_), image.floats(b * h_)] : [0, 0];
    const h = image.floats(b * h_);
    image.instruction('rnnForward', { pre: image.floats(b * h_, -3, 3), hPrev, h, lengths, t, b, h_, activation });
    image.instruction('rnnBackward', { dh: image.floats(b * h_), h, dpre: image.floats(b * h_), dhPrev, lengths, t, b, h_, activation });
    return image;
  }),
};

function gruForward(direction: 'forward' | 'backward'): Case {
  return {
    name: direction === 'forward' ? 'gruGatesForward, gruBlendForward' : 'gruBlendBackward, gruGatesBackward',
    tolerance: 2e-6,
    images: fc.record(step).map(({ seed, b, h_, t, previous, ragged }) => {
      const image = new MemoryImage(seed);
      const { lengths, masked } = lengthsOf(image, b, t, ragged);
      const [hPrev, dhPrev] = previous ? [image.floats(b * h_), image.floats(b * h_)] : [0, 0];
      if (direction === 'forward') {
        const gates = image.floats(b * 3 * h_, -4, 4);
        image.instruction('gruGatesForward', { gates, hPrev, rh: image.floats(b * h_), b, h_ });
        image.instruction('gruBlendForward', { gates, hPrev, h: image.floats(b * h_), lengths, t, b, h_ });
        leaveMaskedGates(image, gates, 3 * h_, masked);
      } else {
        const gates = image.floats(b * 3 * h_, 0, 1);
        image.instruction('gruBlendBackward', { gates, dh: image.floats(b * h_), hPrev, dhPrev, lengths, t, b, h_ });
        image.instruction('gruGatesBackward', { gates, drh: image.floats(b * h_), hPrev, dhPrev, lengths, t, b, h_ });
      }
      return image;
    }),
  };
}

function gruAfter(direction: 'forward' | 'backward'): Case {
  return {
    name: direction === 'forward' ? 'gruAfterForward' : 'gruAfterBackward',
    tolerance: 2e-6,
    images: fc.record(step).map(({ seed, b, h_, t, previous, ragged }) => {
      const image = new MemoryImage(seed);
      const { lengths, masked } = lengthsOf(image, b, t, ragged);
      const [hPrev, dhPrev] = previous ? [image.floats(b * h_), image.floats(b * h_)] : [0, 0];
      const hp = image.floats(b * 3 * h_);
      if (direction === 'forward') {
        const gates = image.floats(b * 3 * h_, -4, 4);
        image.instruction('gruAfterForward', { gates, hp, hPrev, h: image.floats(b * h_), lengths, t, b, h_ });
        leaveMaskedGates(image, gates, 3 * h_, masked);
      } else {
        const gates = image.floats(b * 3 * h_, 0, 1);
        image.instruction('gruAfterBackward', { gates, hp, dh: image.floats(b * h_), hPrev, dhPrev, lengths, t, b, h_ });
      }
      return image;
    }),
  };
}

function lstm(direction: 'forward' | 'backward'): Case {
  return {
    name: direction === 'forward' ? 'lstmForward' : 'lstmBackward',
    tolerance: 2e-6,
    images: fc.record({ ...step, peephole: fc.boolean(), coupled: bit }).map((shape) => {
      const { b, h_, t, previous, coupled } = shape;
      const image = new MemoryImage(shape.seed);
      const { lengths, masked } = lengthsOf(image, b, t, shape.ragged);
      const [cPrev, hPrev] = previous ? [image.floats(b * h_), image.floats(b * h_)] : [0, 0];
      const peephole = shape.peephole ? image.floats(3 * h_) : 0;
      const c = image.floats(b * h_, -2, 2);
      const common = { lengths, t, b, h_, peephole, coupled };
      if (direction === 'forward') {
        const gates = image.floats(b * 4 * h_, -4, 4);
        image.instruction('lstmForward', { gates, cPrev, c, hPrev, h: image.floats(b * h_), ...common });
        leaveMaskedGates(image, gates, 4 * h_, masked);
      } else {
        const dhPrev = previous ? image.floats(b * h_) : 0;
        const gates = image.floats(b * 4 * h_, 0, 1);
        image.instruction('lstmBackward', { gates, dh: image.floats(b * h_), dc: image.floats(b * h_), c, cPrev, dhPrev, ...common });
      }
      return image;
    }),
  };
}

export const CELL_CASES: readonly Case[] = [
  rnn,
  gruForward('forward'),
  gruForward('backward'),
  gruAfter('forward'),
  gruAfter('backward'),
  lstm('forward'),
  lstm('backward'),
];
