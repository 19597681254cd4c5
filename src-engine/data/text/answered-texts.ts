import type { DataSpec } from '../../document/project.ts';
import { END_CLASS } from '../../document/signature.ts';
import { commonAnswerBaseline } from '../answer-baselines.ts';
import type { Dataset } from '../dataset.ts';
import { joinSequences } from '../sequences.ts';
import { splitAtRandom } from '../split.ts';
import { encodeTokens, idsByToken, splitCharacters, UNKNOWN_TOKEN } from './tokenizer.ts';

export interface AnsweredTexts {
  readonly title: string;
  /** Characters of the questions, and of the answers. */
  readonly questionCharacters: string;
  readonly answerCharacters: string;
  /** Answers are written from their last character. */
  readonly fromRight?: boolean;
  readonly pairs: readonly { readonly question: string; readonly answer: string }[];
}

/** A generated data set of texts and the texts to be answered, both character by character; each answer ends with a class of its own. */
export function answeredTexts(spec: DataSpec, { title, questionCharacters, answerCharacters, fromRight = false, pairs }: AnsweredTexts): Dataset {
  const vocabulary = [UNKNOWN_TOKEN, ...questionCharacters];
  const ids = idsByToken(vocabulary);
  const questions = joinSequences(pairs.map(({ question }) => encodeTokens(splitCharacters(question), ids)));
  const { classes, targets, longest } = writtenTargets(
    pairs.map(({ answer }) => (fromRight ? [...answer].reverse().join('') : answer)),
    answerCharacters,
  );
  const split = splitAtRandom(pairs.length, spec.split);
  return {
    source: spec.source,
    title,
    generated: true,
    signature: {
      input: { kind: 'tokens', unit: 'character', vocabulary },
      output: { kind: 'classes', classes, perStep: true, ownSteps: longest, ...(fromRight ? { fromRight } : {}) },
      longest: Math.max(longest, questions.longest),
    },
    count: pairs.length,
    offsets: questions.offsets,
    inputs: { kind: 'tokens', ids: questions.ids },
    targets,
    split,
    baseline: commonAnswerBaseline(
      pairs.map(({ answer }) => answer),
      split,
    ),
    vectors: {},
    describe: (example) => pairs[example]?.question ?? '',
  };
}

/** Texts as targets with steps of their own: a class for each character, and one that ends each text. */
export function writtenTargets(texts: readonly string[], characters: string) {
  const classes = [...characters, END_CLASS];
  const ids = idsByToken(classes);
  const written = texts.map((text) => Int32Array.from([...text, END_CLASS], (each) => ids.get(each) ?? classNotThere(each)));
  const { ids: values, offsets, longest } = joinSequences(written);
  return { classes, targets: { kind: 'classes', perStep: true, values, offsets } as const, longest };
}

function classNotThere(character: string): never {
  throw new Error(`"${character}" is no character of the answers`);
}
