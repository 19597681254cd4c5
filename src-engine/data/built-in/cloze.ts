import { z } from 'zod';
import { BLANK_TOKEN } from '../../document/language.ts';
import type { DataSpec, SplitSpec } from '../../document/project.ts';
import { at } from '../at.ts';
import { unigramBaseline } from '../baselines.ts';
import type { AssetReader, Dataset } from '../dataset.ts';
import { readGlove, vectorsFor } from './glove.ts';
import { joinTokens } from '../text/join-tokens.ts';
import { parseOptions } from '../options.ts';
import { createRandom, shuffled, type Random } from '../random.ts';
import { joinSequences } from '../sequences.ts';
import { splitSizes } from '../split.ts';
import { encodeTokens, idsByToken, PADDING_ID, splitWords, UNKNOWN_ID, UNKNOWN_TOKEN } from '../text/tokenizer.ts';

const ClozeOptions = z.strictObject({
  /** Words a model knows, the unknown one and the blank included. */
  vocabulary: z.int().min(100).max(25_000).default(2000),
  /** Words that are left out of each sentence, each in an example of its own. */
  blanks: z.int().min(1).max(20).default(10),
  /** Decides which words are left out. */
  seed: z.int().min(0).max(0x7fffffff).default(1),
});

/** Words and marks of the sentences that are taken. A semicolon or a colon ends one as well: Melville's are long. */
const SHORTEST = 6;
const LONGEST = 20;
const SENTENCE_END = /^[.!?;:]$/u;
const WORD = /^\p{L}+$/u;

/** A sentence in which one word is a blank. */
interface Cloze {
  readonly ids: Int32Array;
  readonly place: number;
  readonly target: number;
}

/**
 * Sentences of Moby Dick with one word left out; the target is that word, at the step of the blank alone (-1, which does not count, at all others).
 * The parts follow each other in the book: no sentence is in two of them. Vocabulary and baseline are those of the training part.
 */
export async function loadCloze(spec: DataSpec, assets: AssetReader): Promise<Dataset> {
  const options = parseOptions(spec, ClozeOptions);
  const sentences = sentencesOf(new TextDecoder().decode(await assets('moby-dick.txt')));
  const starts = partStarts(sentences.length, spec.split);
  const vocabulary = chooseVocabulary(sentences.slice(0, starts.validation), options.vocabulary);
  const ids = idsByToken(vocabulary);
  const random = createRandom(options.seed);
  const examples = sentences.map((sentence) => leaveOut(sentence, encodeTokens(sentence, ids), options.blanks, random));
  const [train, validation] = [starts.validation, starts.test].map((end) => examples.slice(0, end).flat().length);
  return clozeDataset(spec, vocabulary, examples.flat(), { train: train ?? 0, validation: validation ?? 0 }, vectorsFor(vocabulary, await readGlove(assets)));
}

/** Sentences of the lengths that are taken, in the order of the book. */
function sentencesOf(text: string): readonly (readonly string[])[] {
  return text.split('\n').flatMap((paragraph) => {
    const sentences: string[][] = [[]];
    for (const token of splitWords(paragraph)) {
      sentences.at(-1)?.push(token);
      if (SENTENCE_END.test(token)) sentences.push([]);
    }
    return sentences.filter(({ length }) => length >= SHORTEST && length <= LONGEST);
  });
}

function partStarts(count: number, split: SplitSpec): { readonly validation: number; readonly test: number } {
  const { train, validation } = splitSizes(count, split);
  return { validation: train, test: train + validation };
}

function chooseVocabulary(sentences: readonly (readonly string[])[], size: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const token of sentences.flat()) counts.set(token, (counts.get(token) ?? 0) + 1);
  const frequent = [...counts].sort(([left, one], [right, other]) => other - one || (left < right ? -1 : 1));
  return [UNKNOWN_TOKEN, BLANK_TOKEN, ...frequent.slice(0, size - 2).map(([token]) => token)];
}

/** Examples of one sentence, each with another of its known words left out. */
function leaveOut(tokens: readonly string[], ids: Int32Array, blanks: number, random: Random): readonly Cloze[] {
  const words = tokens.flatMap((token, place) => (WORD.test(token) && ids[place] !== UNKNOWN_ID ? [place] : []));
  return shuffled(random, words)
    .slice(0, blanks)
    .map((place) => ({ ids: ids.with(place, 1), place, target: at(ids, place) }));
}

function clozeDataset(
  spec: DataSpec,
  vocabulary: readonly string[],
  examples: readonly Cloze[],
  ends: { readonly train: number; readonly validation: number },
  vectors: Dataset['vectors'][string],
): Dataset {
  const { ids, offsets, longest } = joinSequences(examples.map((example) => example.ids));
  const targets = new Int32Array(ids.length).fill(PADDING_ID);
  for (const [example, { place, target }] of examples.entries()) targets[at(offsets, example) + place] = target;
  const counts = new Int32Array(vocabulary.length);
  for (const { target } of examples.slice(0, ends.train)) counts[target] = at(counts, target) + 1;
  const range = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, index) => from + index);
  return {
    source: spec.source,
    title: 'Moby Dick with blanks',
    generated: false,
    signature: { input: { kind: 'tokens', unit: 'word', vocabulary }, output: { kind: 'classes', classes: vocabulary, perStep: true }, longest },
    count: examples.length,
    offsets,
    inputs: { kind: 'tokens', ids },
    targets: { kind: 'classes', perStep: true, values: targets },
    split: { train: range(0, ends.train), validation: range(ends.train, ends.validation), test: range(ends.validation, examples.length) },
    baseline: unigramBaseline(counts, targets.subarray(at(offsets, ends.validation)), 'word'),
    vectors: { 'glove-100d': vectors },
    describe: (example) => {
      const tokens = Array.from(examples[example]?.ids ?? [], (id) => (id === 1 ? '___' : (vocabulary[id] ?? '')));
      return joinTokens(tokens, 'word');
    },
  };
}
