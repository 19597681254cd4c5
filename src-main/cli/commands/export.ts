import { ProblemError } from '../../../src-engine/document/problems.ts';
import { readModel } from '../../../src-engine/exchange/read-model.ts';
import { writeModel } from '../../../src-engine/exchange/write-model.ts';
import { predict } from '../../../src-engine/session/direct.ts';
import { loadEngineFiles } from '../../../src-engine/session/engine-files.ts';
import { misuse, type Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { readNamed, writeNamed } from '../files.ts';
import { largestDifference } from '../largest-difference.ts';
import { jsonLine, shortNumber } from '../output.ts';
import { PROBE_EXAMPLES, probeInputs } from '../probe-inputs.ts';

const FORMATS = ['json'];

export const exportModel: Command = {
  name: 'export',
  usage: 'MODEL --to json -o PATH [--arrays]',
  summary: 'writes a trained model, reads it back, runs both and prints the largest difference',
  options: {
    to: { type: 'text', value: 'json', help: 'the format' },
    output: { type: 'text', short: 'o', value: 'PATH', help: 'the file to write' },
    arrays: { type: 'flag', help: 'parameters as nested arrays instead of base64' },
  },
  words: [1, 1],
  run: async (args, context) => {
    const { format, path } = readTarget(args);
    const before = await readNamed(args.words[0] ?? '', context);
    const read = readModel(before);
    if (!read.ok) throw new ProblemError(read.problems);
    await writeNamed(path, writeModel(read.model, { arrays: args.flag('arrays') }), context);
    const engine = await loadEngineFiles(context.engine.engineDirectory);
    const inputs = probeInputs(read.model.signature.input);
    const [expected, found] = [await predict(before, inputs, engine), await predict(await readNamed(path, context), inputs, engine)];
    const difference = largestDifference(expected.outputs, found.outputs);
    const verified = difference <= 1e-5;
    const result = { path, format, verified, largestDifference: difference, examples: PROBE_EXAMPLES };
    const said = `Wrote ${path}. Read back and run on ${PROBE_EXAMPLES} inputs: largest difference ${shortNumber(difference)}.\n`;
    context.output.write(args.flag('json') ? jsonLine(result) : said);
    return verified ? 0 : 2;
  },
};

function readTarget(args: Arguments): { readonly format: string; readonly path: string } {
  const format = args.text('to');
  const path = args.text('output');
  if (format === null || path === null) throw misuse('"export" needs --to and -o.', 'Write e.g. unroll export mine.model.json --to json -o copy.model.json.');
  if (!FORMATS.includes(format)) throw misuse(`--to "${format}" is no format this version writes.`, `Give one of ${FORMATS.join(', ')}.`);
  return { format, path };
}
