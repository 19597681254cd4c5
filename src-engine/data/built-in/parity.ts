import { z } from 'zod';
import type { DataSpec } from '../../document/project.ts';
import { at } from '../at.ts';
import type { Dataset } from '../dataset.ts';
import { characterDataset, EXAMPLES, SEED } from './generated.ts';
import { parseOptions } from '../options.ts';
import { createRandom, randomIndex } from '../random.ts';
import { UNKNOWN_TOKEN } from '../text/tokenizer.ts';

const ParityOptions = z
  .strictObject({
    /** Bits of the longest sequence, T. */
    length: z.int().min(1).max(1000).default(20),
    /** Bits of the shortest; the same as the longest where it is left out. */
    shortest: z.int().min(1).max(1000).optional(),
    /** Also says at every bit what the bits so far are. */
    perStep: z.boolean().default(false),
    count: EXAMPLES,
    seed: SEED,
  })
  .refine(({ length, shortest = length }) => shortest <= length, { error: 'the shortest is longer than the longest', path: ['shortest'] });

const VOCABULARY = [UNKNOWN_TOKEN, '0', '1'];
const [ZERO, ONE] = [1, 2];

/**
 * Random bits; the class says whether the number of ones is even or odd. Sequences of one length are nearly unlearnable by gradient: all bits but one give
 * no hint. With short ones among them a model learns these first, and then one bit more.
 */
export function loadParity(spec: DataSpec): Promise<Dataset> {
  const { length, shortest = length, perStep, count, seed } = parseOptions(spec, ParityOptions);
  const random = createRandom(seed);
  const bits = (steps: number): Int32Array => Int32Array.from({ length: steps }, () => ZERO + randomIndex(random, 2));
  const sequences = Array.from({ length: count }, () => bits(shortest === length ? length : shortest + randomIndex(random, length - shortest + 1)));
  const targets = Int32Array.from(perStep ? sequences.flatMap(paritiesOf) : sequences.map((sequence) => at(paritiesOf(sequence), sequence.length - 1)));
  return Promise.resolve(characterDataset(spec, { title: 'Parity of bits', vocabulary: VOCABULARY, classes: ['even', 'odd'], sequences, targets, perStep }));
}

/** Ones up to each step, modulo 2. */
function paritiesOf(bits: Int32Array): readonly number[] {
  let odd = 0;
  return Array.from(bits, (bit) => (odd ^= bit === ONE ? 1 : 0));
}
