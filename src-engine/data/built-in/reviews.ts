import { z } from 'zod';
import type { DataSpec, SplitSpec } from '../../document/project.ts';
import { majorityBaseline } from '../baselines.ts';
import type { AssetReader, Dataset, SplitIndices } from '../dataset.ts';
import { readGlove, vectorsFor } from './glove.ts';
import { parseOptions } from '../options.ts';
import { createRandom, shuffled, type Random } from '../random.ts';
import { grammarWords, makeReview, type Polarity } from './reviews-grammar.ts';
import { HELD_OUT_LEXICON, lexiconWords, TRAINING_LEXICON, type PolarityLexicon } from './reviews-lexicon.ts';
import { joinSequences } from '../sequences.ts';
import { splitSizes, type SplitSizes } from '../split.ts';
import { encodeTokens, idsByToken, UNKNOWN_TOKEN } from '../text/tokenizer.ts';

const ReviewsOptions = z.strictObject({
  /** Reviews in all three parts together. */
  count: z.int().min(100).max(20_000).default(2800),
  /** Words a model can read: those of the reviews and the most frequent others. */
  vocabulary: z.int().min(1000).max(25_000).default(4096),
  /** Decides which reviews the grammar writes; `split.seed` decides which of them validate. */
  seed: z.int().min(0).max(0x7fffffff).default(1),
});

const CLASSES: readonly Polarity[] = ['negative', 'positive'];
const SHORTEST = 5;
const LONGEST = 40;

interface Review {
  readonly words: readonly string[];
  readonly target: number;
}

/**
 * Short film reviews written by a grammar, word by word, half positive and half negative. The test reviews use polarity words that
 * do not occur in the training and validation reviews.
 */
export async function loadReviews(spec: DataSpec, assets: AssetReader): Promise<Dataset> {
  const options = parseOptions(spec, ReviewsOptions);
  const sizes = splitSizes(options.count, spec.split);
  const reviews = writeReviews(sizes, createRandom(options.seed));
  const glove = await readGlove(assets);
  const vocabulary = chooseVocabulary(glove.words, options.vocabulary);
  const ids = idsByToken(vocabulary);
  const sequences = joinSequences(reviews.map((review) => encodeTokens(review.words, ids)));
  const classes = Int32Array.from(reviews, (review) => review.target);
  const split = splitReviews(sizes, spec.split);
  return {
    source: spec.source,
    title: 'Short film reviews',
    generated: true,
    signature: {
      input: { kind: 'tokens', unit: 'word', vocabulary },
      output: { kind: 'classes', classes: CLASSES, perStep: false },
      longest: sequences.longest,
    },
    count: reviews.length,
    offsets: sequences.offsets,
    inputs: { kind: 'tokens', ids: sequences.ids },
    targets: { kind: 'classes', perStep: false, values: classes },
    split,
    baseline: majorityBaseline(classes, split),
    vectors: { 'glove-100d': vectorsFor(vocabulary, glove) },
    describe: (example) => (reviews[example]?.words ?? []).join(' ').replace(/ (?=[.,:!])/g, ''),
  };
}

/** Training and validation reviews first, then the test reviews; no review twice. */
function writeReviews(sizes: SplitSizes, random: Random): readonly Review[] {
  const seen = new Set<string>();
  return [...writePart(sizes.train + sizes.validation, TRAINING_LEXICON, random, seen), ...writePart(sizes.test, HELD_OUT_LEXICON, random, seen)];
}

function writePart(count: number, lexicon: PolarityLexicon, random: Random, seen: Set<string>): readonly Review[] {
  return Array.from({ length: count }, (_, index) => {
    const target = index % CLASSES.length;
    return { words: writeReview(CLASSES[target] ?? 'negative', lexicon, random, seen), target };
  });
}

const ATTEMPTS = 1000;

function writeReview(polarity: Polarity, lexicon: PolarityLexicon, random: Random, seen: Set<string>): readonly string[] {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const words = makeReview(polarity, lexicon, random);
    const text = words.join(' ');
    if (words.length < SHORTEST || words.length > LONGEST || seen.has(text)) continue;
    seen.add(text);
    return words;
  }
  throw new Error(`the grammar wrote no new review in ${ATTEMPTS} attempts`);
}

function splitReviews(sizes: SplitSizes, split: SplitSpec): SplitIndices {
  const learning = sizes.train + sizes.validation;
  const order = shuffled(
    createRandom(split.seed),
    Array.from({ length: learning }, (_, example) => example),
  );
  return {
    train: Int32Array.from(order.slice(0, sizes.train)),
    validation: Int32Array.from(order.slice(sizes.train)),
    test: Int32Array.from({ length: sizes.test }, (_, index) => learning + index),
  };
}

/** Every word the grammar can write and the most frequent other words, in the order of frequency; last `a` and `i`, which have no vector. */
function chooseVocabulary(frequent: readonly string[], size: number): readonly string[] {
  const chosen = new Set([...grammarWords(), ...lexiconWords(TRAINING_LEXICON), ...lexiconWords(HELD_OUT_LEXICON)]);
  for (const word of frequent) {
    if (chosen.size >= size - 1) break;
    chosen.add(word);
  }
  const withVector = new Set(frequent);
  return [UNKNOWN_TOKEN, ...frequent.filter((word) => chosen.has(word)), ...[...chosen].filter((word) => !withVector.has(word))];
}
