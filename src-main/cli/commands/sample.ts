import { parseModel } from '../../../src-engine/session/direct.ts';
import { loadEngineFiles } from '../../../src-engine/session/engine-files.ts';
import { LanguageModel, type SampleOptions } from '../../../src-engine/session/answers/language-model.ts';
import type { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { readDocument } from '../read-document.ts';
import { jsonLine } from '../terminal/output.ts';
import { printable } from '../terminal/printable.ts';

const LENGTH = { character: 300, word: 60 };
const MOST = 1_000_000;

export const sample: Command = {
  name: 'sample',
  usage: 'MODEL [--prompt TEXT] [--length N] [--temperature X] [--top-k K] [--seed N]',
  summary: 'writes a text with a model of characters or words',
  options: {
    prompt: { type: 'text', value: 'TEXT', help: 'what the text goes on from' },
    length: { type: 'text', value: 'N', help: `characters or words to write (${LENGTH.character}, or ${LENGTH.word} words)` },
    temperature: { type: 'text', value: 'X', help: 'above 1 bolder, below 1 safer, 0 always the likeliest (0.8)' },
    'top-k': { type: 'text', value: 'K', help: 'draw from the K likeliest only' },
    seed: { type: 'text', value: 'N', help: 'the same seed writes the same text (1)' },
  },
  words: [1, 1],
  run: async (args, context) => {
    const model = parseModel(await readDocument(args.words[0] ?? '', context));
    const writer = new LanguageModel(model, await loadEngineFiles(context.engine.engineDirectory));
    const options = readOptions(args, LENGTH[writer.language.unit]);
    const json = args.flag('json');
    const { read, pieces } = writer.sample(options);
    if (read.unknown.length > 0) context.errors.write(`The model does not know ${read.unknown.map((word) => JSON.stringify(word)).join(', ')}.\n`);
    if (!json) context.output.write(printable(options.prompt));
    const began = context.now();
    let text = '';
    for (const piece of pieces) {
      text += piece;
      if (!json) context.output.write(printable(piece));
    }
    const seconds = (context.now() - began) / 1000;
    const stepsPerSecond = (Math.max(1, read.ids.length) + options.length - 1) / Math.max(seconds, 1e-9);
    context.output.write(json ? jsonLine({ ...options, text, unknown: read.unknown, stepsPerSecond }) : '\n');
    return 0;
  },
};

function readOptions(args: Arguments, length: number): SampleOptions {
  return {
    prompt: args.text('prompt') ?? '',
    length: args.wholeNumber('length', 1, MOST) ?? length,
    temperature: args.number('temperature', 0, 100) ?? 0.8,
    topK: args.wholeNumber('top-k', 1, MOST),
    seed: args.wholeNumber('seed', 0, 4294967295) ?? 1,
  };
}
