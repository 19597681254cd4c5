import { joinTokens, TokenJoiner } from '../../data/text/join-tokens.ts';
import { readText, type ReadText } from '../../data/text/language.ts';
import { makeBatch } from '../../data/batches/batching.ts';
import { createRandom } from '../../data/random.ts';
import { UNKNOWN_ID } from '../../data/text/tokenizer.ts';
import { BLANK_TOKEN, languageOf, type Language, type RankedText } from '../../document/language.ts';
import { problem, ProblemError } from '../../document/problems.ts';
import type { TrainedModel } from '../../exchange/trained-model.ts';
import { chooseToken, rankTokens, type Choosing } from '../../generate/choose-token.ts';
import { wholeSequenceNodes } from '../../document/check/check-windows.ts';
import type { EngineFiles } from '../engine-files.ts';
import { ModelRunner } from '../model-runner.ts';

export type RunnableModel = Pick<TrainedModel, 'project' | 'signature' | 'parameters'>;

export interface SampleOptions extends Choosing {
  readonly prompt: string;
  /** Units to write. */
  readonly length: number;
  readonly seed: number;
}

/** A trained model of characters or words that writes and completes texts. */
export class LanguageModel {
  readonly language: Language;
  private readonly model: RunnableModel;
  private readonly runner: ModelRunner;
  /** Tokens that are never written. */
  private readonly never: ReadonlySet<number>;

  /** Throws ProblemError U044 where the model's classes are not the units it reads. */
  constructor(model: RunnableModel, engine: EngineFiles) {
    const language = languageOf(model.signature);
    if (language === null)
      throw cannot('This model does not say what comes next: its classes are not the characters or words it reads.', 'Use "predict" instead.');
    this.language = language;
    this.model = model;
    this.runner = new ModelRunner(model, engine);
    this.never = new Set([UNKNOWN_ID, language.vocabulary.indexOf(BLANK_TOKEN)]);
  }

  /** Reads the prompt and returns what it could not know, and the writer. Throws ProblemError U044. */
  sample({ prompt, length, seed, ...choosing }: SampleOptions): { readonly read: ReadText; readonly pieces: Iterable<string> } {
    const { language } = this;
    if (language.kind === 'cloze')
      throw cannot('This model fills blanks and does not go on with a text.', 'Give a text with a blank ___ to "predict" instead.');
    const [whole] = wholeSequenceNodes(this.model.project.graph);
    if (whole !== undefined) throw cannot(`This model cannot write step by step: "${whole.node}" ${whole.why}.`, 'Train a model without that block.');
    const read = this.read(prompt);
    return { read, pieces: this.write(read, length, choosing, seed) };
  }

  /** Throws ProblemError U044. */
  rank(text: string, count: number): RankedText {
    const { kind } = this.language;
    const read = this.read(text);
    const places = kind === 'cloze' ? read.tokens.flatMap((token, place) => (token === BLANK_TOKEN ? [place] : [])) : [read.tokens.length - 1];
    if (kind === 'cloze' && places.length === 0) throw cannot('The text has no blank.', 'Write ___ where the word is missing.');
    const ids = read.ids.length === 0 ? Int32Array.of(this.startId()) : read.ids;
    const rows = this.answerRows(ids);
    return {
      unknown: read.unknown,
      places: places.map((place) => {
        const probabilities = rows.length === 1 ? rows[0] : rows[Math.max(0, place)];
        return {
          before: this.textOf(read.tokens.slice(0, kind === 'cloze' ? place : place + 1)),
          after: kind === 'cloze' ? this.textOf(read.tokens.slice(place + 1)) : null,
          candidates: rankTokens(probabilities ?? [], count, this.never).map(({ id, probability }) => ({ token: this.tokenOf(id), probability })),
        };
      }),
    };
  }

  private *write(read: ReadText, length: number, choosing: Choosing, seed: number): Generator<string, void, void> {
    const stepper = this.runner.stepper();
    // The first draws of small seeds lie close together: seeds 1, 2, 3 must not all begin with the same letter.
    const random = createRandom(Math.imul(seed + 1, 0x9e3779b1));
    const joiner = new TokenJoiner(this.language.unit);
    for (const token of read.tokens) joiner.next(token);
    let probabilities = stepper.step(read.ids[0] ?? this.startId());
    for (const id of read.ids.subarray(1)) probabilities = stepper.step(id);
    for (let written = 0; written < length; written += 1) {
      const id = chooseToken(probabilities, choosing, this.never, random);
      yield joiner.next(this.tokenOf(id));
      if (written < length - 1) probabilities = stepper.step(id);
    }
  }

  /** [T,V] or [1,V] probabilities. */
  private answerRows(ids: Int32Array): readonly (readonly number[])[] {
    const offsets = Int32Array.of(0, ids.length);
    const batch = makeBatch({ offsets, inputs: { kind: 'tokens', ids }, targets: null }, Int32Array.of(0), 1);
    const [answer] = this.runner.answers(batch);
    return (answer ?? []).every((row) => typeof row === 'number') ? [answer as readonly number[]] : (answer as readonly (readonly number[])[]);
  }

  /** A character the model has never seen is refused by name: it was never trained to read on past it. An unknown word it was. */
  private read(text: string): ReadText {
    const read = readText(text, this.language);
    if (this.language.unit === 'character' && read.unknown.length > 0) {
      const named = read.unknown.map((each) => JSON.stringify(each)).join(', ');
      throw cannot(`The text has ${named}, which this model has never read.`, `Leave ${read.unknown.length === 1 ? 'it' : 'them'} out.`);
    }
    return read;
  }

  /** What an empty prompt goes on from: the end of a line, of a sentence, or whatever stands first. */
  private startId(): number {
    const { unit, vocabulary } = this.language;
    const found = (unit === 'character' ? ['\n', ' '] : ['.']).map((token) => vocabulary.indexOf(token)).find((id) => id > 0);
    return found ?? Math.min(1, vocabulary.length - 1);
  }

  private textOf(tokens: readonly string[]): string {
    return joinTokens(
      tokens.map((token) => (token === BLANK_TOKEN ? '___' : token)),
      this.language.unit,
    );
  }

  private tokenOf(id: number): string {
    return this.language.vocabulary[id] ?? '';
  }
}

function cannot(message: string, fix: string): ProblemError {
  return new ProblemError([problem('U044', message, fix)]);
}
