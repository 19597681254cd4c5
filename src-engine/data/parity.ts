import { z } from 'zod';
import type { DataSpec } from '../document/project.ts';
import type { Dataset } from './dataset.ts';
import { characterDataset, EXAMPLES, SEED } from './generated.ts';
import { parseOptions } from './options.ts';
import { createRandom, randomIndex } from './random.ts';
import { UNKNOWN_TOKEN } from './tokenizer.ts';

const ParityOptions = z.strictObject({
  /** Bits of every sequence, T. */
  length: z.int().min(1).max(1000).default(20),
  count: EXAMPLES,
  seed: SEED,
});

const VOCABULARY = [UNKNOWN_TOKEN, '0', '1'];
const [ZERO, ONE] = [1, 2];

/** Random bits; the class says whether the number of ones is even or odd. */
export function loadParity(spec: DataSpec): Promise<Dataset> {
  const { length, count, seed } = parseOptions(spec, ParityOptions);
  const random = createRandom(seed);
  const sequences = Array.from({ length: count }, () => Int32Array.from({ length }, () => ZERO + randomIndex(random, 2)));
  const targets = Int32Array.from(sequences, (bits) => bits.filter((bit) => bit === ONE).length % 2);
  return Promise.resolve(characterDataset(spec, { title: 'Parity of bits', vocabulary: VOCABULARY, classes: ['even', 'odd'], sequences, targets }));
}
