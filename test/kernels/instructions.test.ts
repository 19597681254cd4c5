import { fc } from '../fixtures/laws.ts';
import { describe, expect, it } from 'vitest';
import { INSTRUCTIONS } from '../../src-engine/ir/instruction-set.ts';
import { RESERVED_FLOATS } from '../../src-engine/kernels/assembly/reserved.ts';
import { BUILDS } from './build-kernels.ts';
import { CELL_CASES } from './cases-cells.ts';
import { LAYER_CASES } from './cases-layers.ts';
import type { MemoryImage } from './memory-image.ts';
import { PRODUCT_CASES } from './cases-products.ts';
import { ROW_CASES } from './cases-rows.ts';
import { firstDisagreement, KernelsUnderTest, referenceAfter, sameBits, type Circumstances } from './run-instructions.ts';

const CASES = [...PRODUCT_CASES, ...ROW_CASES, ...CELL_CASES, ...LAYER_CASES];
const PLAIN: Circumstances = { threads: 1, wide: false };
const circumstances = fc.record({ threads: fc.integer({ min: 1, max: 5 }), wide: fc.boolean() });
const POISONS = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
const PROPERTY = { seed: 20240917, numRuns: 120 };

/** Where the reference is not finite once one number of the memory is `poison`, and the kernels hide it. */
function hidden(kernels: KernelsUnderTest, image: MemoryImage, place: number, poison: number): string | null {
  const at = RESERVED_FLOATS + Math.floor(place * (image.values.length - RESERVED_FLOATS));
  if (image.integers.has(at)) return null;
  image.values[at] = poison;
  const [actual, expected] = [kernels.after(image, PLAIN), referenceAfter(image)];
  const lost = expected.findIndex((value, offset) => !Number.isFinite(value) && !image.undefinedAfter.has(offset) && Number.isFinite(actual[offset]));
  return lost < 0 ? null : `${poison} at ${at} gives ${actual[lost]} at ${lost}`;
}

describe.each(BUILDS)('%s kernels', async (build) => {
  const kernels = await KernelsUnderTest.build(build);

  it.each(CASES)('$name: agree with the reference over random shapes', ({ images, tolerance }) => {
    fc.assert(
      fc.property(images, (image) => {
        expect(firstDisagreement(image, kernels.after(image, PLAIN), referenceAfter(image), tolerance)).toBeNull();
      }),
      PROPERTY,
    );
  });

  it.each(CASES)('$name: NaN and infinity go where the reference has them', ({ images }) => {
    fc.assert(
      fc.property(images, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.constantFrom(...POISONS), (image, place, poison) => {
        expect(hidden(kernels, image, place, poison)).toBeNull();
      }),
      PROPERTY,
    );
  });

  it.each(CASES)('$name: the same bits for any size of the team, with the tiles for joined vectors or without', ({ images }) => {
    fc.assert(
      fc.property(images, circumstances, (image, others) => {
        expect(sameBits(kernels.after(image, others), kernels.after(image, PLAIN))).toBe(true);
      }),
      PROPERTY,
    );
  });
});

it('every instruction is in some case', () => {
  const tested = new Set(CASES.flatMap(({ images }) => fc.sample(images, { numRuns: 1, seed: 1 }).flatMap((image) => opcodesOf(image.tape))));
  const missing = Object.entries(INSTRUCTIONS).filter(([name, { code }]) => name !== 'barrier' && !tested.has(code));
  expect(missing).toEqual([]);
});

function opcodesOf(tape: readonly number[]): number[] {
  const codes: number[] = [];
  for (let word = 0; word < tape.length; word += tape[word + 1]!) codes.push(tape[word]!);
  return codes;
}
