import { writtenText } from '../../data/text/written-text.ts';
import { hasDecoder } from '../../document/decoder-cell.ts';
import { problem, ProblemError } from '../../document/problems.ts';
import { END_CLASS, type DataSignature } from '../../document/signature.ts';
import { answeredOf } from './answered.ts';
import type { EngineFiles } from '../engine-files.ts';
import type {
  Answered,
  ClassifyReply,
  ConnectivityReply,
  ExplainReply,
  ExplainRequest,
  GivenInput,
  LookRequest,
  StatesReply,
  TranslateReply,
} from './explanations.ts';
import { ExplainedModel, largestOf, type Explained } from './explained-model.ts';
import { readGiven, type ReadInput } from './given-input.ts';
import { toJson, type JsonNumber } from '../json-number.ts';
import type { RunnableModel } from './language-model.ts';
import type { OpenedProject } from '../open-project.ts';
import type { Moment } from '../weights/snapshots.ts';
import { describeLayer } from '../summaries.ts';

/** One model asked about one input, with the weights as they are now, on a memory of its own: training reads nothing of it. */
class Question {
  readonly input: ReadInput;
  readonly model: ExplainedModel;
  readonly answers: readonly (readonly number[])[];
  private readonly signature: DataSignature;

  constructor(model: RunnableModel, input: ReadInput, engine: EngineFiles) {
    this.input = input;
    this.signature = model.signature;
    this.model = new ExplainedModel(model, engine);
    this.answers = this.model.answers(input.batch, 0);
  }

  answered(output: readonly number[]): Answered {
    return answeredOf(this.signature.output, output);
  }

  /** Throws ProblemError U044 for a name the model does not answer with. */
  column(name: string | undefined, output: readonly number[]): number {
    const names = this.names;
    if (name === undefined) return this.signature.output.kind === 'classes' ? largestOf(output) : 0;
    const found = names.indexOf(name);
    if (found >= 0) return found;
    throw new ProblemError([problem('U044', `This model does not answer "${name}".`, `Choose one of ${names.slice(0, 12).join(', ')}.`)]);
  }

  get names(): readonly string[] {
    const { output } = this.signature;
    return output.kind === 'classes' ? output.classes : output.columns;
  }

  explain(asked: readonly { step: number; column: number }[]): readonly Explained[] {
    return this.model.explain(this.input.batch, 0, this.answers, asked);
  }
}

/** The opened project with its weights as they are, or once were. */
export type AskedModel = Omit<OpenedProject, 'run'> & { readonly run: Moment };
/** Without the steps that may be asked for, which are the session's to say. */
type Unlisted<Reply> = Omit<Reply, 'kept'>;

/** A question to the opened project's model. Throws ProblemError: U004, U044. */
function ask({ project, dataset, run }: AskedModel, given: GivenInput, engine: EngineFiles): Question {
  const { signature } = dataset;
  return new Question({ project, signature, parameters: run.readParameters() }, readGiven(given, signature, dataset), engine);
}

export function classifyReply(opened: AskedModel, { input }: LookRequest, engine: EngineFiles): Unlisted<ClassifyReply> {
  const question = ask(opened, input, engine);
  return { step: opened.run.step, read: question.input.steps, answers: question.answers.map((output) => question.answered(output)) };
}

export function explainReply(opened: AskedModel, request: ExplainRequest, engine: EngineFiles): Unlisted<ExplainReply> {
  const question = ask(opened, request.input, engine);
  return { step: opened.run.step, ...explanation(question, request) };
}

/** Why a model answers what it answers, for the command line. Throws ProblemError: U004, U044. */
export function explainInput(
  model: RunnableModel,
  input: ReadInput,
  request: Omit<ExplainRequest, 'input' | 'atStep'>,
  engine: EngineFiles,
): Omit<ExplainReply, 'step' | 'kept'> {
  return explanation(new Question(model, input, engine), request);
}

function explanation(question: Question, { of, at }: Omit<ExplainRequest, 'input' | 'atStep'>): Omit<ExplainReply, 'step' | 'kept'> {
  const step = Math.min(at ?? Infinity, question.answers.length) - 1;
  const output = question.answers[step] ?? [];
  const column = question.column(of, output);
  const [explained] = question.explain([{ step, column }]);
  return {
    read: question.input.steps,
    answer: question.answered(output),
    of: question.names[column] ?? '',
    at: step + 1,
    value: toJson(explained?.value ?? Number.NaN),
    contributions: numbers(explained?.contributions ?? []),
    norms: numbers(explained?.norms ?? []),
  };
}

/** What a model with a decoder writes to one input, reading its own answers. Throws ProblemError: U004, U044. */
export function translateReply(opened: OpenedProject, { input }: { readonly input: GivenInput }, engine: EngineFiles): TranslateReply {
  const { output } = opened.dataset.signature;
  if (!hasDecoder(opened.project.graph) || output.kind !== 'classes') {
    throw new ProblemError([problem('U044', 'This model writes no answer of its own.', 'Train a model with a decoder, or ask for its classes.')]);
  }
  const question = ask(opened, input, engine);
  const tokens = question.answers.map((step) => {
    const column = largestOf(step);
    return { token: output.classes[column] ?? '', probability: toJson(step[column] ?? Number.NaN) };
  });
  const ended = tokens.at(-1)?.token === END_CLASS;
  return { step: opened.run.step, read: question.input.steps, text: writtenText(question.answers, output).text, tokens, ended };
}

/** Connectivity of every answer with every input step, one backward pass for each 32 answers. */
export function connectivityReply(opened: AskedModel, { input }: LookRequest, engine: EngineFiles): Unlisted<ConnectivityReply> {
  const question = ask(opened, input, engine);
  const columns = question.answers.map((output) => question.column(undefined, output));
  const rows = question.explain(columns.map((column, step) => ({ step, column }))).map(({ norms }) => norms);
  const classes = opened.dataset.signature.output.kind === 'classes';
  return {
    step: opened.run.step,
    read: question.input.steps,
    answers: columns.map((column, step) => ({
      of: question.names[column] ?? '',
      probability: classes ? toJson(question.answers[step]?.[column] ?? Number.NaN) : null,
    })),
    absolute: rows.map(numbers),
    relative: rows.map((row) => {
      const total = row.reduce((sum, value) => sum + value, 0);
      return numbers(row.map((value) => (total === 0 ? 0 : value / total)));
    }),
  };
}

export function statesReply(opened: AskedModel, { input }: LookRequest, engine: EngineFiles): Unlisted<StatesReply> {
  const question = ask(opened, input, engine);
  const short = (rows: readonly (readonly number[])[]): readonly (readonly JsonNumber[])[] =>
    rows.map((row) => row.map((value) => toJson(Number(value.toPrecision(4)))));
  return {
    step: opened.run.step,
    read: question.input.steps,
    cells: question.model.states(question.input.batch, 0).map(({ cell, h, c, gates }) => ({
      ...describeLayer(cell),
      units: cell.units,
      h: short(h),
      c: c === null ? null : short(c),
      gates: gates.map(({ gate, values }) => ({ gate, values: short(values) })),
    })),
  };
}

function numbers(values: Iterable<number>): readonly JsonNumber[] {
  return Array.from(values, toJson);
}
