import type { ModelFile } from '../model-file.ts';
import { makePlan, type Plan } from './plan.ts';
import { causalProblem } from './causal.ts';
import { tokenizer } from './tokens.ts';
import { argmax } from './vectors.ts';
import { Walk, type Value } from './walk.ts';

/** A text or tokens (or their ids), rows of numbers [T,F], or one row [F]: what the model reads, in the unit of the data. */
export type ModelInput = string | readonly ModelStep[];

/** A token or its id, or a row of numbers. */
export type ModelStep = string | number | readonly number[];

/** Class probabilities or numbers in the unit of the data: one list, or one for each step where the model answers per step. */
export type ModelAnswer = readonly number[] | readonly (readonly number[])[];

type Scale = readonly [mean: (column: number) => number, deviation: (column: number) => number];

type Input = ModelFile['signature']['inputs'][number];
type Output = ModelFile['signature']['outputs'][number];

/** A trained model of Unroll, from the text or the value of its `.model.json`. Throws Error where that is none. */
export function loadModel(file: unknown): RuntimeModel {
  const value = (typeof file === 'string' ? JSON.parse(file) : file) as ModelFile | null;
  if (value?.format !== 'unroll/model') throw new Error('This is not a trained model of Unroll (a .model.json file).');
  const version: number = value.version;
  if (version !== 1) throw new Error(`This model has version ${version}; unroll-runtime reads version 1.`);
  return new RuntimeModel(value);
}

export class RuntimeModel {
  /** What the model reads: `tokens`, `features` (numbers at each step) or a `vector`. */
  readonly reads: Input['kind'];
  /** Names of the tokens by id; empty for a model of numbers. */
  readonly vocabulary: readonly string[];
  /** Names of the classes it tells apart; empty for a model that answers with numbers. */
  readonly classes: readonly string[];
  /** Cuts a text into tokens, as the model reads them. */
  readonly tokens: (text: string) => readonly string[];
  readonly #plan: Plan;
  readonly #ownSteps: number | null;
  readonly #output: Output;
  readonly #scales: { readonly input: Scale; readonly output: Scale };
  readonly #longest: number;

  constructor(file: ModelFile) {
    const [input] = file.signature.inputs;
    const [output] = file.signature.outputs;
    if (input === undefined || output === undefined) throw new Error('The model does not say what it reads and answers.');
    this.reads = input.kind;
    this.vocabulary = input.kind === 'tokens' ? input.vocabulary : [];
    this.classes = 'classes' in output ? output.classes : [];
    this.#plan = makePlan(file, { tokens: this.vocabulary.length, classes: this.classes.length });
    this.#ownSteps = 'ownSteps' in output ? (output.ownSteps ?? null) : null;
    this.tokens = tokenizer(this.vocabulary, 'unit' in input ? input.unit : undefined, this.classes, this.#ownSteps !== null);
    this.#output = output;
    this.#scales = { input: scaleOf(input), output: scaleOf(output) };
    this.#longest = file.signature.longest ?? 0;
  }

  /**
   * One answer for each input, each on its own: they may differ in length. `steps`: how many steps the answer has where the input
   * does not say it, those of the data's longest where left out.
   */
  predict(inputs: readonly ModelInput[], steps?: number): ModelAnswer[] {
    return inputs.map((input) => {
      const value = this.#encode(input);
      const ownSteps = steps ?? this.#ownSteps ?? (this.reads === 'vector' ? Math.max(1, this.#longest) : value.steps.length);
      return this.#decode(new Walk(this.#plan).run(value, ownSteps));
    });
  }

  /** Reads step by step, and answers to what it has read so far. Throws Error where the model needs whole sequences. */
  stream(): ModelStream {
    const why = causalProblem(this.#plan);
    if (why !== null) throw new Error(`This model cannot be streamed: ${why}.`);
    let walk = new Walk(this.#plan);
    return {
      push: (step) => {
        const answer = this.#decode(walk.run(this.#encode(this.reads === 'vector' ? (step as readonly number[]) : [step]), 1));
        return answer.flat();
      },
      reset: () => {
        walk = new Walk(this.#plan);
      },
    };
  }

  /** What a model wrote, of its answers step by step: the likeliest class of each up to the one that ends the text. */
  text(answers: readonly (readonly number[])[]): string {
    const names = answers.map((answer) => this.classes[argmax(Float64Array.from(answer))] ?? '');
    const end = names.indexOf('<end>');
    const kept = end === -1 ? names : names.slice(0, end);
    if ('fromRight' in this.#output && this.#output.fromRight) kept.reverse();
    return kept.join(this.classes.every((name) => name === '<end>' || [...name].length === 1) ? '' : ' ');
  }

  #encode(input: ModelInput): Value {
    if (this.reads === 'tokens') {
      const tokens = typeof input === 'string' ? this.tokens(input) : (input as readonly (string | number)[]);
      const steps = tokens.map((token) => Float64Array.of(typeof token === 'number' ? token : Math.max(0, this.vocabulary.indexOf(token))));
      if (steps.length === 0) throw new Error('There is nothing to read in this text.');
      return { steps, isSequence: true, state: null };
    }
    const rows = (this.reads === 'vector' ? [input] : input) as readonly (readonly number[])[];
    const [mean, deviation] = this.#scales.input;
    const steps = rows.map((row) => Float64Array.from(row, (value, column) => (value - mean(column)) / deviation(column)));
    return { steps, isSequence: this.reads === 'features', state: null };
  }

  #decode({ steps, isSequence }: Value): ModelAnswer {
    const [mean, deviation] = this.#scales.output;
    const answers = steps.map((step) => Array.from(step, (value, column) => value * deviation(column) + mean(column)));
    return isSequence ? answers : (answers[0] ?? []);
  }
}

export interface ModelStream {
  /** The next token (or its id), or the next row of numbers; gives the answer to all that was read since the reset. */
  readonly push: (step: ModelStep) => readonly number[];
  readonly reset: () => void;
}

/** Mean and deviation of a column, 0 and 1 where nothing is normalised; one number may stand for all columns. */
function scaleOf(end: Input | Output): Scale {
  const { mean = 0, deviation = 1 } = ('normalisation' in end ? end.normalisation : null) ?? {};
  const reader = (value: number | readonly number[]) => (column: number) => (typeof value === 'number' ? value : (value[column] ?? NaN));
  return [reader(mean), reader(deviation)];
}
