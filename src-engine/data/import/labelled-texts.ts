import type { ImportOptions } from '../../document/data/import-options.ts';
import type { DataSpec } from '../../document/project.ts';
import { at } from '../at.ts';
import { majorityBaseline } from '../baselines.ts';
import type { Dataset, WordVectors } from '../dataset.ts';
import { joinTokens } from '../text/join-tokens.ts';
import { splitAtRandom } from '../split.ts';
import { splitText, UNKNOWN_ID, UNKNOWN_TOKEN } from '../text/tokenizer.ts';
import { Growing } from './grow.ts';
import { oneClass, refuse, tooSmall, unreadable, type Place } from './import-problems.ts';
import type { MemoryBudget } from './memory-budget.ts';

/** Steps of a text that are kept where the options do not say how many. */
const MOST_STEPS = 400;
const MOST_CLASSES = 1000;
const DEFAULT_VOCABULARY = { word: 10_000, character: 1000 } as const;

export type Unit = 'word' | 'character';

/** Texts with a class each, as ids of their own vocabulary, text by text. */
export class LabelledTexts {
  readonly #unit: Unit;
  readonly #steps: number;
  readonly #budget: MemoryBudget;
  readonly #tokens = new Map<string, number>();
  readonly #labels = new Map<string, number>();
  readonly #counts: number[] = [];
  readonly #ids: Growing<Int32Array>;
  readonly #ends: Growing<Int32Array>;
  readonly #lengths: Growing<Int32Array>;
  readonly #classes: Growing<Int32Array>;

  constructor(options: ImportOptions, budget: MemoryBudget) {
    this.#unit = options.unit ?? 'word';
    this.#steps = options.length ?? MOST_STEPS;
    this.#budget = budget;
    this.#ids = new Growing(Int32Array, budget);
    this.#ends = new Growing(Int32Array, budget);
    this.#lengths = new Growing(Int32Array, budget);
    this.#classes = new Growing(Int32Array, budget);
  }

  get count(): number {
    return this.#ends.length;
  }

  get distinct(): number {
    return this.#tokens.size;
  }

  get unit(): Unit {
    return this.#unit;
  }

  /** Examples of each class, in the order in which the classes came. */
  get classCounts(): ReadonlyMap<string, number> {
    return new Map([...this.#labels].map(([label, id]) => [label, this.#counts[id] ?? 0]));
  }

  /** False where the text has no tokens. Throws ProblemError U031 for too many classes. */
  add(text: string, label: string, place: Place): boolean {
    const tokens = splitText(text, this.#unit);
    if (tokens.length === 0) return false;
    const kept = Math.min(tokens.length, this.#steps);
    for (let step = 0; step < kept; step += 1) this.#ids.push(this.#idOf(tokens[step] ?? ''));
    this.#ends.push(this.#ids.length);
    this.#lengths.push(tokens.length);
    this.#classes.push(this.#classOf(label, place));
    return true;
  }

  #idOf(token: string): number {
    const known = this.#tokens.get(token);
    if (known !== undefined) return known;
    this.#budget.takeText(token);
    this.#tokens.set(token, this.#tokens.size);
    return this.#tokens.size - 1;
  }

  #classOf(label: string, place: Place): number {
    let id = this.#labels.get(label);
    if (id === undefined) {
      id = this.#labels.size;
      if (id === MOST_CLASSES) {
        const what = `up to here there are more than ${MOST_CLASSES} different classes.`;
        refuse(unreadable(place, what, 'Choose a column with fewer different values as the label.'));
      }
      this.#labels.set(label, id);
    }
    this.#counts[id] = (this.#counts[id] ?? 0) + 1;
    return id;
  }

  /** The data set. Throws ProblemError U031 for one class only, U032 where a part would be empty. The collector is used up. */
  finish(
    spec: DataSpec,
    options: ImportOptions,
    title: string,
    vectors: (vocabulary: readonly string[]) => Promise<Readonly<Record<string, WordVectors>>>,
  ): Promise<TextDataset> {
    const [only, ...others] = this.#labels.keys();
    if (only === undefined) refuse(tooSmall(`${title} holds no text.`, 'Choose a file with texts in it.', ''));
    if (others.length === 0) refuse(oneClass(only, this.count));
    return this.#build(spec, options, title, vectors);
  }

  async #build(
    spec: DataSpec,
    options: ImportOptions,
    title: string,
    vectors: (vocabulary: readonly string[]) => Promise<Readonly<Record<string, WordVectors>>>,
  ): Promise<TextDataset> {
    const split = splitAtRandom(this.count, spec.split);
    const [ids, ends, lengths, classIds] = [this.#ids.take(), this.#ends.take(), this.#lengths.take(), this.#classes.take()];
    const steps = options.length ?? usualLength(lengths);
    const unit = this.#unit;
    const chosen = this.#choose(ids, ends, split.train, options.vocabulary ?? DEFAULT_VOCABULARY[unit], steps);
    const sequences = shortened(ids, ends, steps, chosen.places, this.#budget);
    const { classes, values } = this.#ordered(classIds);
    const { vocabulary } = chosen;
    const dataset: Dataset = {
      source: spec.source,
      title,
      generated: false,
      signature: { input: { kind: 'tokens', unit, vocabulary }, output: { kind: 'classes', classes, perStep: false }, longest: sequences.longest },
      count: values.length,
      offsets: sequences.offsets,
      inputs: { kind: 'tokens', ids: sequences.ids },
      targets: { kind: 'classes', perStep: false, values },
      split,
      baseline: majorityBaseline(values, split),
      vectors: await vectors(vocabulary),
      describe: (example) => {
        const stretch = sequences.ids.subarray(at(sequences.offsets, example), at(sequences.offsets, example + 1));
        return joinTokens(
          Array.from(stretch, (id) => vocabulary[id] ?? ''),
          unit,
        );
      },
    };
    return { dataset, lengths: lengthsOf(lengths), length: steps, coverage: chosen.coverage };
  }

  /** The most frequent tokens of the training part, and the id that each token so far has among them. */
  #choose(ids: Int32Array, ends: Int32Array, train: Int32Array, size: number, steps: number) {
    const counts = new Int32Array(this.#tokens.size);
    let total = 0;
    for (const example of train) {
      const start = example === 0 ? 0 : at(ends, example - 1);
      const end = Math.min(at(ends, example), start + steps);
      for (let place = start; place < end; place += 1) counts[at(ids, place)] = at(counts, at(ids, place)) + 1;
      total += end - start;
    }
    const seen = [...this.#tokens].filter(([, id]) => at(counts, id) > 0);
    seen.sort((left, right) => at(counts, right[1]) - at(counts, left[1]) || (left[0] < right[0] ? -1 : 1));
    const chosen = seen.slice(0, size - 1);
    const places = new Int32Array(this.#tokens.size).fill(UNKNOWN_ID);
    for (const [place, [, id]] of chosen.entries()) places[id] = place + 1;
    const covered = chosen.reduce((sum, [, id]) => sum + at(counts, id), 0);
    return { vocabulary: [UNKNOWN_TOKEN, ...chosen.map(([token]) => token)], places, coverage: covered / Math.max(1, total) };
  }

  /** Classes by name, numbers by size; the ids of the examples to fit. */
  #ordered(classIds: Int32Array): { readonly classes: readonly string[]; readonly values: Int32Array } {
    const classes = orderedClasses([...this.#labels.keys()]);
    const places = new Int32Array(this.#labels.size);
    for (const [place, label] of classes.entries()) places[this.#labels.get(label) ?? 0] = place;
    return { classes, values: classIds.map((id) => at(places, id)) };
  }
}

/** By name; numbers by size. */
export function orderedClasses(labels: readonly string[]): readonly string[] {
  const numbers = labels.every((label) => Number.isFinite(Number(label)));
  return labels.toSorted((left, right) => (numbers ? Number(left) - Number(right) : 0) || (left < right ? -1 : left > right ? 1 : 0));
}

export interface TextDataset {
  readonly dataset: Dataset;
  readonly lengths: { readonly shortest: number; readonly median: number; readonly longest: number };
  /** Steps after which texts are cut. */
  readonly length: number;
  readonly coverage: number;
}

/** Nineteen of twenty texts are not longer. */
function usualLength(lengths: Int32Array): number {
  return Math.min(MOST_STEPS, at(lengths.toSorted(), Math.floor(0.95 * (lengths.length - 1))));
}

function lengthsOf(lengths: Int32Array): TextDataset['lengths'] {
  const sorted = lengths.toSorted();
  return { shortest: at(sorted, 0), median: at(sorted, Math.floor((sorted.length - 1) / 2)), longest: at(sorted, sorted.length - 1) };
}

/** The first `steps` steps of every text, in the new ids. */
function shortened(ids: Int32Array, ends: Int32Array, steps: number, places: Int32Array, budget: MemoryBudget) {
  const offsets = new Int32Array(ends.length + 1);
  for (let example = 0; example < ends.length; example += 1) {
    const length = at(ends, example) - (example === 0 ? 0 : at(ends, example - 1));
    offsets[example + 1] = at(offsets, example) + Math.min(steps, length);
  }
  budget.take(4 * at(offsets, ends.length));
  const kept = new Int32Array(at(offsets, ends.length));
  let longest = 0;
  for (let example = 0; example < ends.length; example += 1) {
    const start = example === 0 ? 0 : at(ends, example - 1);
    const [from, to] = [at(offsets, example), at(offsets, example + 1)];
    for (let place = from; place < to; place += 1) kept[place] = at(places, at(ids, start + place - from));
    longest = Math.max(longest, to - from);
  }
  return { ids: kept, offsets, longest };
}
