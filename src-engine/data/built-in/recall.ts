import { z } from 'zod';
import type { DataSpec } from '../../document/project.ts';
import type { Dataset } from '../dataset.ts';
import { characterDataset, EXAMPLES, SEED } from './generated.ts';
import { parseOptions } from '../options.ts';
import { createRandom, randomIndex } from '../random.ts';
import { UNKNOWN_TOKEN } from '../text/tokenizer.ts';

const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz');
const DIGITS = Array.from('0123456789');
const QUERY = '?';

const RecallOptions = z.strictObject({
  /** Different symbols to be remembered. */
  symbols: z.int().min(2).max(LETTERS.length).default(8),
  /** Distractors between the symbol and the query. */
  lag: z.int().min(0).max(1000).default(100),
  /** Different distractors; with 1 all sequences of a symbol are the same. */
  noise: z.int().min(1).max(DIGITS.length).default(8),
  count: EXAMPLES,
  seed: SEED,
});

/** Delayed recall: a letter, then `lag` random digits that mean nothing, then a question mark; the class is the letter. T = lag + 2. */
export function loadRecall(spec: DataSpec): Promise<Dataset> {
  const { symbols, lag, noise, count, seed } = parseOptions(spec, RecallOptions);
  const letters = LETTERS.slice(0, symbols);
  const vocabulary = [UNKNOWN_TOKEN, ...letters, ...DIGITS.slice(0, noise), QUERY];
  const [firstLetter, firstDigit, query] = [1, 1 + symbols, 1 + symbols + noise];
  const random = createRandom(seed);
  const targets = Int32Array.from({ length: count }, () => randomIndex(random, symbols));
  const sequences = Array.from(targets, (target) => {
    const distractors = Array.from({ length: lag }, () => firstDigit + randomIndex(random, noise));
    return Int32Array.from([firstLetter + target, ...distractors, query]);
  });
  return Promise.resolve(characterDataset(spec, { title: 'Delayed recall', vocabulary, classes: letters, sequences, targets }));
}
