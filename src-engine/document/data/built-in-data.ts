import { integer, choice, switchField, EXAMPLES_OPTION, SEED_OPTION } from './data-options.ts';
import type { FieldSpec } from '../kind-spec.ts';

/** A data set that comes with the app, as one chooses it. */
export interface BuiltInData {
  /** As a project names it. */
  readonly source: string;
  readonly title: string;
  /** What is read and what is answered, in one line. */
  readonly about: string;
  /** The kind of input node it feeds, and what it has to be answered, as its options stand at first. */
  readonly input: 'tokens' | 'features' | 'vector';
  readonly output: 'classes' | 'numbers';
  /** Once for each example, or at every step of the example or of the answer. */
  readonly answers: 'once' | 'every step';
  /** Where it comes from and under which licence; null where it is generated. */
  readonly origin: string | null;
  readonly options: readonly FieldSpec[];
  /** Options that mean something else once another one changes, by the name of that other one. */
  readonly clearedBy?: Readonly<Record<string, readonly string[]>>;
  /** Options whose default is the value of another one. */
  readonly follows?: Readonly<Record<string, string>>;
}

const PUBLIC_DOMAIN = 'public domain (ODC PDDL 1.0, contents CC0 1.0)';

const MEASURED: readonly BuiltInData[] = [
  {
    source: 'builtin:names',
    title: 'First names by gender',
    about: 'A first name, letter by letter; more often given to girls or to boys',
    input: 'tokens',
    output: 'classes',
    answers: 'once',
    origin: `Grady Ward, Moby Word II, 2002; ${PUBLIC_DOMAIN}`,
    options: [],
  },
  {
    source: 'builtin:name-letters',
    title: 'First names from gender and first letter',
    about: 'A gender and a first letter; the rest of the name, letter by letter',
    input: 'vector',
    output: 'classes',
    answers: 'every step',
    origin: `Grady Ward, Moby Word II, 2002; ${PUBLIC_DOMAIN}`,
    options: [],
  },
  {
    source: 'builtin:moby-dick',
    title: 'Moby Dick',
    about: 'The novel in stretches; the next character, or the next word, at every step',
    input: 'tokens',
    output: 'classes',
    answers: 'every step',
    origin: `Herman Melville, 1851, after the text of Project Gutenberg; ${PUBLIC_DOMAIN}`,
    options: [
      choice('unit', 'Read by', 'character', ['character', 'Characters'], ['word', 'Words']),
      integer('length', 'Length', 'Steps of an example.', 128, 2, 2000, 'T'),
      integer('vocabulary', 'Vocabulary', 'Tokens kept, the most frequent; 1,000 characters at most, 100 words at least.', 1000, 10, 25_000, null),
    ],
    clearedBy: { unit: ['length', 'vocabulary'] },
  },
  {
    source: 'builtin:cloze',
    title: 'Moby Dick with blanks',
    about: 'A sentence with one word left out; that word, at its place',
    input: 'tokens',
    output: 'classes',
    answers: 'every step',
    origin: `Herman Melville, 1851, after the text of Project Gutenberg; ${PUBLIC_DOMAIN}`,
    options: [
      integer('vocabulary', 'Vocabulary', 'Words a model knows, the unknown one and the blank included.', 2000, 100, 25_000, 'words'),
      integer('blanks', 'Blanks', 'Words left out of each sentence, each in an example of its own.', 10, 1, 20, null),
      SEED_OPTION,
    ],
  },
  {
    source: 'builtin:co2',
    title: 'Mauna Loa CO2, monthly',
    about: 'Months of carbon dioxide in the air, 1958 to 2020; the change to the next one',
    input: 'features',
    output: 'numbers',
    answers: 'once',
    origin: 'Scripps CO2 Program, C. D. Keeling and others; CC BY 4.0',
    options: [
      integer('window', 'Window', 'Months a model reads.', 24, 2, 120, 'months'),
      integer('horizon', 'Horizon', 'Months from the last one read to the one forecast.', 1, 1, 12, 'months'),
      switchField('perStep', 'Every step', 'A forecast at every month of the window, or at its last only.', false),
    ],
  },
  {
    source: 'builtin:seattle',
    title: 'Seattle weather, daily',
    about: 'Days of weather, 2012 to 2015; the highest temperature of the next one',
    input: 'features',
    output: 'numbers',
    answers: 'once',
    origin: 'NOAA National Climatic Data Center; public domain, work of the United States government',
    options: [
      integer('window', 'Window', 'Days a model reads.', 14, 1, 365, 'days'),
      integer('horizon', 'Horizon', 'Days from the last one read to the one forecast.', 1, 1, 30, 'days'),
      switchField('perStep', 'Every step', 'A forecast at every day of the window, or at its last only.', false),
      switchField('weather', 'All columns', 'Also reads the minimum, the precipitation and the wind of each day.', false),
      choice('readAs', 'Read as', 'sequence', ['sequence', 'Day by day'], ['vector', 'One row']),
    ],
  },
  {
    source: 'builtin:penguins',
    title: 'Penguins of the Palmer Archipelago',
    about: 'Four measures of a penguin, without steps; its species',
    input: 'vector',
    output: 'classes',
    answers: 'once',
    origin: 'K. Gorman and the Palmer Station Antarctica LTER; CC0 1.0',
    options: [],
  },
];

const GENERATED: readonly BuiltInData[] = [
  {
    source: 'builtin:reviews',
    title: 'Short film reviews',
    about: 'A review, word by word; positive or negative',
    input: 'tokens',
    output: 'classes',
    answers: 'once',
    origin: null,
    options: [
      integer('count', 'Reviews', 'In all three parts together.', 2800, 100, 20_000, null),
      integer('vocabulary', 'Vocabulary', 'Words a model can read: those of the reviews and the most frequent others.', 4096, 1000, 25_000, 'words'),
      SEED_OPTION,
    ],
  },
  {
    source: 'builtin:sine',
    title: 'Sine waves',
    about: 'A frequency and a phase; the wave, step by step',
    input: 'vector',
    output: 'numbers',
    answers: 'every step',
    origin: null,
    options: [
      integer('length', 'Length', 'Steps of every wave.', 40, 2, 1000, 'T'),
      { type: 'number', name: 'waves', label: 'Waves', help: 'Most waves within the steps; the fewest is 1.', default: 3, min: 1, max: 20, unit: null },
      { ...EXAMPLES_OPTION, default: 2000 },
      SEED_OPTION,
    ],
  },
  {
    source: 'builtin:adding',
    title: 'Adding problem',
    about: 'Numbers, two of them marked; the sum of these two',
    input: 'features',
    output: 'numbers',
    answers: 'once',
    origin: null,
    options: [integer('length', 'Length', 'Steps of every sequence.', 100, 2, 1000, 'T'), EXAMPLES_OPTION, SEED_OPTION],
  },
  {
    source: 'builtin:recall',
    title: 'Delayed recall',
    about: 'A letter, then digits that mean nothing, then a question mark; the letter',
    input: 'tokens',
    output: 'classes',
    answers: 'once',
    origin: null,
    options: [
      integer('symbols', 'Letters', 'Different letters to be remembered.', 8, 2, 26, null),
      integer('lag', 'Lag', 'Digits between the letter and the question.', 100, 0, 1000, 'steps'),
      integer('noise', 'Digits', 'Different digits; with 1 all sequences of a letter are the same.', 8, 1, 10, null),
      EXAMPLES_OPTION,
      SEED_OPTION,
    ],
  },
  {
    source: 'builtin:parity',
    title: 'Parity of bits',
    about: 'Random bits; whether the number of ones is even or odd',
    input: 'tokens',
    output: 'classes',
    answers: 'once',
    origin: null,
    options: [
      integer('length', 'Longest', 'Bits of the longest sequence.', 20, 1, 1000, 'T'),
      integer('shortest', 'Shortest', 'Bits of the shortest: with short ones among them a model learns these first.', 20, 1, 1000, 'T'),
      switchField('perStep', 'Every step', 'Also says at every bit what the bits so far are.', false),
      EXAMPLES_OPTION,
      SEED_OPTION,
    ],
    follows: { shortest: 'length' },
  },
  {
    source: 'builtin:copy',
    title: 'Copy with a lag',
    about: 'Letters, then blanks, then question marks; the letters again, in their order',
    input: 'tokens',
    output: 'classes',
    answers: 'every step',
    origin: null,
    options: [
      integer('symbols', 'Letters', 'Different letters.', 8, 2, 26, null),
      integer('length', 'Length', 'Letters to be repeated.', 5, 1, 100, null),
      integer('lag', 'Lag', 'Blanks between the last letter and the first question mark.', 10, 0, 1000, 'steps'),
      EXAMPLES_OPTION,
      SEED_OPTION,
    ],
  },
  {
    source: 'builtin:addition',
    title: 'Addition',
    about: 'Two numbers, digit by digit; their sum, digit by digit',
    input: 'tokens',
    output: 'classes',
    answers: 'every step',
    origin: null,
    options: [
      integer('digits', 'Digits', 'Most digits of each number.', 3, 1, 6, null),
      choice('answer', 'Sum written', 'from-right', ['from-right', 'from the right, as on paper'], ['from-left', 'from the left, as it is read']),
      { ...EXAMPLES_OPTION, default: 40_000, max: 200_000 },
      SEED_OPTION,
    ],
  },
  {
    source: 'builtin:dates',
    title: 'Dates',
    about: 'A date as people write it; the same date as 1987-05-03',
    input: 'tokens',
    output: 'classes',
    answers: 'every step',
    origin: null,
    options: [{ ...EXAMPLES_OPTION, default: 20_000 }, SEED_OPTION],
  },
];

/** Every data set that comes with the app: first those that were measured or written by people, then those that are generated. */
export const BUILT_IN_DATA: readonly BuiltInData[] = [...MEASURED, ...GENERATED];

export function findBuiltInData(source: string): BuiltInData | null {
  return BUILT_IN_DATA.find((each) => each.source === source) ?? null;
}
