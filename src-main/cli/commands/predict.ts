import { forecastInputs, MOST_AHEAD } from '../../../src-engine/session/answers/answer-forecast.ts';
import { parseModel, predict as predictModel } from '../../../src-engine/session/direct.ts';
import { loadEngineFiles } from '../../../src-engine/session/engine-files.ts';
import { explainBatch, type Explanation } from '../../../src-engine/session/answers/explain-batch.ts';
import type { RankedText } from '../../../src-engine/document/language.ts';
import { rankTexts } from '../../../src-engine/session/answers/rank-texts.ts';
import { misuse } from '../arguments.ts';
import type { Command } from '../command.ts';
import { forecastText } from '../forecast-text.ts';
import { readNamed, readNamedOrInput } from '../files.ts';
import { jsonLine } from '../output.ts';
import { printable } from '../printable.ts';

/** Likeliest tokens that are named for each text. */
const CANDIDATES = 10;

export const predict: Command = {
  name: 'predict',
  usage: 'MODEL --input FILE|- [--explain] [--steps N [--hold]]',
  summary: 'prints one output per input: class probabilities, numbers, the text that the model wrote, or the likeliest next words',
  options: {
    input: { type: 'text', value: 'FILE|-', help: '{"texts":[...]} or {"sequences":[...]} or {"vectors":[...]}; - is standard input' },
    steps: { type: 'text', value: 'N', help: 'forecast N steps after each sequence, every answer read to give the next' },
    hold: { type: 'flag', help: 'with --steps: columns that the model reads but does not answer keep their last value' },
    explain: { type: 'flag', help: 'also what each step of an input added to its likeliest class, or its number: gradient times input' },
  },
  words: [1, 1],
  run: async (args, context) => {
    const input = args.text('input');
    if (input === null)
      throw misuse('"predict" needs --input.', 'Write e.g. unroll predict mine.model.json --input inputs.json, or --input - for standard input.');
    const model = await readNamed(args.words[0] ?? '', context);
    const inputText = await readNamedOrInput(input, context);
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
    else context.output.write((next === null ? plainOutputs(result) : rankedText(next)) + (explanations ?? []).map(explainedText).join(''));
    return 0;
  },
};

function plainOutputs({ outputs, classes, texts }: Awaited<ReturnType<typeof predictModel>>): string {
  if (texts !== undefined) return texts.map((text) => `${text}\n`).join('');
  const heading = classes === undefined ? '' : `${classes.join(' ')}\n`;
  return `${heading}${outputs.map((output) => jsonLine(output)).join('')}`;
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
