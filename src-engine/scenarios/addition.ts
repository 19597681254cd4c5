import type { Scenario } from './scenario.ts';
import { translator } from './translator.ts';

export const addition: Scenario = {
  id: 'addition',
  title: 'Addition',
  text: 'Reads a sum such as 123+456 and writes the result digit by digit, from the right as on paper, until it decides that it is done.',
  teaches: 'An encoder hands its final state, h and c, to a decoder that reads its own answers; questions and answers differ in length.',
  shape: 'encoder-decoder',
  dataset: 'Sums of numbers to 999, generated',
  score: '99.5 %',
  baseline: 'guessing 0 %',
  seconds: 30,
  project: () => translator({ name: 'Addition', input: ['question', 'Question'], source: 'builtin:addition', learningRate: 0.008, epochs: 7 }),
};
