import { z } from 'zod';
import type { DataSpec } from '../../document/project.ts';
import { answeredTexts } from '../text/answered-texts.ts';
import type { Dataset } from '../dataset.ts';
import { SEED } from './generated.ts';
import { parseOptions } from '../options.ts';
import { createRandom, randomIndex } from '../random.ts';

const DIGITS = '0123456789';

const AdditionOptions = z
  .strictObject({
    /** Most digits of each number. */
    digits: z.int().min(1).max(6).default(3),
    /** Order of the answer's digits: from the ones upwards, as on paper, or as they are read. */
    answer: z.enum(['from-right', 'from-left']).default('from-right'),
    count: z.int().min(10).max(200_000).default(40_000),
    seed: SEED,
  })
  .refine(({ digits, count }) => count <= 100 ** digits / 2, {
    error: 'there are not twice as many questions of so few digits',
    path: ['count'],
  });

/** Two numbers of up to three digits to be added: `123+456` to `579`, written from the right. All questions differ. After W. Zaremba and I. Sutskever, Learning to Execute, 2014. */
export function loadAddition(spec: DataSpec): Promise<Dataset> {
  const { digits, answer: order, count, seed } = parseOptions(spec, AdditionOptions);
  const random = createRandom(seed);
  const bound = 10 ** digits;
  const asked = new Map<string, string>();
  while (asked.size < count) {
    const [a, b] = [randomIndex(random, bound), randomIndex(random, bound)];
    asked.set(`${a}+${b}`, String(a + b));
  }
  const pairs = Array.from(asked, ([question, answer]) => ({ question, answer }));
  return Promise.resolve(
    answeredTexts(spec, { title: 'Addition', questionCharacters: `+${DIGITS}`, answerCharacters: DIGITS, fromRight: order === 'from-right', pairs }),
  );
}
