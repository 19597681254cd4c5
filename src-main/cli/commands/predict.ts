import { basename } from 'node:path';
import { z } from 'zod';
import { readTableInputs } from '../../../src-engine/data/batches/table-inputs.ts';
import { forecastInputs, MOST_AHEAD } from '../../../src-engine/session/answers/answer-forecast.ts';
import { parseModel, predict as predictModel } from '../../../src-engine/session/direct.ts';
import type { TrainedModel } from '../../../src-engine/exchange/trained-model.ts';
import { loadEngineFiles } from '../../../src-engine/session/engine-files.ts';
import { explainBatch, type Explanation } from '../../../src-engine/session/answers/explain-batch.ts';
import type { RankedText } from '../../../src-engine/document/language.ts';
import { rankTexts } from '../../../src-engine/session/answers/rank-texts.ts';
import { misuse } from '../arguments.ts';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { forecastText } from '../terminal/forecast-text.ts';
import { readNamedOrInput } from '../files.ts';
import { readDocument } from '../read-document.ts';
import { jsonLine, tableText } from '../terminal/output.ts';
import { printable } from '../terminal/printable.ts';

/** Likeliest tokens that are named for each text. */
const CANDIDATES = 10;

export const predict: Command = {
  name: 'predict',
  usage: 'MODEL --input FILE|- [--explain] [--steps N [--hold]]',
  summary: 'prints one output per input: class probabilities, numbers, the text that the model wrote, or the likeliest next words',
  options: {
    input: {
      type: 'text',
      value: 'FILE|-',
      help: 'a table with the columns of the training data (CSV, TSV, JSON Lines), a text with one input on each line, or JSON: {"texts":[...]}, {"sequences":[...]} or {"vectors":[...]}; - is standard input, JSON',
    },
    steps: { type: 'text', value: 'N', help: 'forecast N steps after each sequence, every answer read to give the next' },
    hold: { type: 'flag', help: 'with --steps: columns that the model reads but does not answer keep their last value' },
    explain: { type: 'flag', help: 'also what each step of an input added to its likeliest class, or its number: gradient times input' },
  },
  words: [1, 1],
  run: async (args, context) => {
    const input = args.text('input');
    if (input === null) throw misuse('"predict" needs --input.', 'Write e.g. unroll predict mine.model.json --input new.csv.');
    const model = await readDocument(args.words[0] ?? '', context);
    const inputText = await readInputs(input, model, context);
    const engine = await loadEngineFiles(context.engine.engineDirectory);
    const steps = args.wholeNumber('steps', 1, MOST_AHEAD);
    if (steps === null && args.flag('hold')) throw misuse('"--hold" says how a forecast of several steps goes on.', 'Give --steps N with it.');
    if (steps !== null) {
      context.output.write(forecastText(forecastInputs(parseModel(model), inputText, { steps, hold: args.flag('hold') }, engine), args.flag('json')));
      return 0;
    }
    const result = await predictModel(model, inputText, engine);
    const next = rankTexts(parseModel(model), inputText, CANDIDATES, engine);
    const explanations = args.flag('explain') ? explainBatch(parseModel(model), inputText, engine) : null;
    if (args.flag('json'))
      context.output.write(jsonLine({ ...result, ...(next === null ? {} : { next }), ...(explanations === null ? {} : { explanations }) }));
    else
      context.output.write(
        (next === null ? plainOutputs(result, inputText, parseModel(model)) : rankedText(next)) + (explanations ?? []).map(explainedText).join(''),
      );
    return 0;
  },
};

/** The text of a batch file: as it stands, or made of a table or of lines. Throws ProblemError as their readers do. */
async function readInputs(input: string, model: string, context: Context): Promise<string> {
  const text = await readNamedOrInput(input, context);
  if (input === '-' || !TABLES.test(input)) return text;
  const { project, signature } = parseModel(model);
  const { inputs, said } = readTableInputs({ name: basename(input), text }, project.data, signature);
  context.errors.write(`${printable(said)}\n`);
  return JSON.stringify(inputs);
}

const TABLES = /\.(?:csv|tsv|tab|txt|jsonl|ndjson|md)$/iu;

/** With one answer for each input a table: of classes the likeliest, the probability of each, and the text; of numbers their columns. Else a line of JSON for each. */
function plainOutputs({ outputs, classes, texts }: Awaited<ReturnType<typeof predictModel>>, inputText: string, { signature }: TrainedModel): string {
  if (texts !== undefined) return texts.map((text) => `${text}\n`).join('');
  const shares = outputs.filter((output): output is readonly number[] => output.every((each) => typeof each === 'number'));
  if (classes === undefined) {
    const { output } = signature;
    if (shares.length < outputs.length || output.kind !== 'numbers') return outputs.map((each) => jsonLine(each)).join('');
    return printable(tableText([output.columns, ...shares.map((each) => each.map((value) => String(Number(value.toPrecision(7)))))]));
  }
  if (shares.length < outputs.length || classes.length > MOST_NAMED) return `${classes.join(' ')}\n${outputs.map((output) => jsonLine(output)).join('')}`;
  const read = textsOf(inputText);
  const rows = shares.map((each, row) => {
    const likeliest = classes[each.indexOf(Math.max(...each))] ?? '';
    return [likeliest, ...each.map((share) => `${(share * 100).toFixed(1)} %`), ...(read === null ? [] : [read[row] ?? ''])];
  });
  const heading = ['likeliest', ...classes, ...(read === null ? [] : ['text'])];
  return printable(
    tableText(
      [heading, ...rows],
      classes.map((_, index) => index + 1),
    ),
  );
}

/** Classes of which every probability is printed. */
const MOST_NAMED = 12;

/** The texts of a batch file that was read already. */
function textsOf(inputText: string): readonly string[] | null {
  const parsed = z.object({ texts: z.array(z.string()) }).safeParse(JSON.parse(inputText));
  return parsed.success ? parsed.data.texts.map((text) => text.replaceAll(/\s+/gu, ' ')) : null;
}

/** `female: a +0.52  n -0.03  n +0.11  a +0.94`. */
function explainedText({ of, read, contributions }: Explanation): string {
  const steps = read.map(({ text }, t) => `${text.trim() === '' ? JSON.stringify(text) : text} ${signed(Number(contributions[t] ?? Number.NaN))}`);
  return printable(`${of}: ${steps.join('  ')}\n`);
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(2)}`;
}

/** A line for each place: the text up to it, what follows a blank, and the likeliest tokens. */
function rankedText(texts: readonly RankedText[]): string {
  const lines = texts.flatMap(({ places }) =>
    places.map(({ before, after, candidates }) => {
      const named = candidates.map(({ token, probability }) => `${token.trim() === '' ? JSON.stringify(token) : token} ${(probability * 100).toFixed(1)} %`);
      return `${before} ___${after === null || after === '' ? '' : ` ${after}`}: ${named.join(', ')}\n`;
    }),
  );
  return printable(lines.join(''));
}
