import { predict as predictModel } from '../../../src-engine/session/direct.ts';
import { loadEngineFiles } from '../../../src-engine/session/engine-files.ts';
import { misuse } from '../arguments.ts';
import type { Command } from '../command.ts';
import { readNamed, readNamedOrInput } from '../files.ts';
import { jsonLine } from '../output.ts';

export const predict: Command = {
  name: 'predict',
  usage: 'MODEL --input FILE|-',
  summary: 'prints one output per input: class probabilities, or numbers',
  options: { input: { type: 'text', value: 'FILE|-', help: '{"texts":[...]} or {"sequences":[...]} or {"vectors":[...]}; - is standard input' } },
  words: [1, 1],
  run: async (args, context) => {
    const input = args.text('input');
    if (input === null)
      throw misuse('"predict" needs --input.', 'Write e.g. unroll predict mine.model.json --input inputs.json, or --input - for standard input.');
    const model = await readNamed(args.words[0] ?? '', context);
    const inputText = await readNamedOrInput(input, context);
    const result = await predictModel(model, inputText, await loadEngineFiles(context.engine.engineDirectory));
    context.output.write(args.flag('json') ? jsonLine(result) : plainOutputs(result));
    return 0;
  },
};

function plainOutputs({ outputs, classes }: Awaited<ReturnType<typeof predictModel>>): string {
  const heading = classes === undefined ? '' : `${classes.join(' ')}\n`;
  return `${heading}${outputs.map((output) => jsonLine(output)).join('')}`;
}
