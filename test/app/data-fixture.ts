import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Numbers from 0 to 1 that are the same at every run. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

function pick(random: Generator<number, never>, words: readonly string[]): string {
  return words[Math.floor(random.next().value * words.length)] ?? '';
}

const subjects = ['the caf\u00e9', 'the film', 'our dinner', 'the na\u00efve plot', 'the service', 'the r\u00e9sum\u00e9'];
const opinions = {
  positive: ['wonderful', 'a delight', 'superb', 'warm and clever', 'worth every minute'],
  negative: ['dreadful', 'a bore', 'awful', 'cold and clumsy', 'a waste of time'],
} as const;

/** Two files in Latin-1, one of positive and one of negative lines, as many of each; the names say which. */
export async function writeCorpus(folder: string, lines: number): Promise<readonly string[]> {
  const random = numbers(7);
  const classes = ['positive', 'negative'] as const;
  return Promise.all(
    classes.map(async (name) => {
      const text = Array.from(
        { length: lines },
        () => `${pick(random, subjects)} was ${pick(random, opinions[name])}, ${pick(random, ['truly', 'in the end', 'we all agreed'])}.`,
      );
      const file = path.join(folder, `${name}.txt`);
      await writeFile(file, Buffer.from(`${text.join('\n')}\n`, 'latin1'));
      return file;
    }),
  );
}

/** Days with a temperature that follows the year and a rainfall, as CSV with dates. */
export async function writeSeries(folder: string, days = 600): Promise<string> {
  const random = numbers(3);
  const rows = Array.from({ length: days }, (_, day) => {
    const date = new Date(Date.UTC(2022, 0, 1 + day)).toISOString().slice(0, 10);
    const temperature = 12 - 10 * Math.cos((2 * Math.PI * day) / 365) + 2 * random.next().value;
    return `${date},${temperature.toFixed(2)},${(8 * random.next().value ** 3).toFixed(1)}`;
  });
  const file = path.join(folder, 'weather.csv');
  await writeFile(file, `date,temperature,rain\n${rows.join('\n')}\n`);
  return file;
}
