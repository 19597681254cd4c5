import type { Scenario } from './scenario.ts';
import { translator } from './translator.ts';

export const dates: Scenario = {
  id: 'dates',
  title: 'Dates',
  text: 'Reads a date as people write it, such as "the 3rd of May, 1987" or "3/05/1987", and writes it as 1987-05-03.',
  teaches: 'Translation: everything that is read has to pass through one state, from which the decoder writes a text of another length and order.',
  shape: 'encoder-decoder',
  dataset: 'Dates in 14 styles, generated',
  score: '99.9 %',
  baseline: 'guessing 0 %',
  seconds: 30,
  project: () => translator({ name: 'Dates', input: ['date', 'Date'], source: 'builtin:dates', learningRate: 0.006, epochs: 6 }),
};
