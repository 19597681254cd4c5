import { EXPORT_FORMATS, type ExportFormat } from '../../../src-engine/document/export-formats.ts';
import { parseModel } from '../../../src-engine/session/direct.ts';
import { ExportedModel, type ExportCheck } from '../../../src-engine/session/export/make-export.ts';
import { matchingData } from '../../../src-engine/session/export/matching-data.ts';
import { heldOutBatches, madeUpBatches } from '../../../src-engine/session/export/verification-batches.ts';
import { misuse, type Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { engineFor } from '../engine-for.ts';
import { expectFolderOf, readNamed, writeBytes } from '../files.ts';
import { jsonLine, shortNumber } from '../output.ts';

const FORMATS = EXPORT_FORMATS.flatMap(({ id }) => (id === 'pytorch' ? [] : [id]));

export const exportModel: Command = {
  name: 'export',
  usage: `MODEL --to ${FORMATS.join('|')} -o PATH [--arrays]`,
  summary: 'writes a trained model for another program, reads it back, runs both and prints the largest difference',
  options: {
    to: { type: 'text', value: 'FORMAT', help: `the format: ${FORMATS.join(', ')}` },
    output: { type: 'text', short: 'o', value: 'PATH', help: 'the file to write' },
    arrays: { type: 'flag', help: 'with json: parameters as nested arrays instead of base64' },
  },
  words: [1, 1],
  run: async (args, context) => {
    const { format, path } = readTarget(args);
    const [word = ''] = args.words;
    const model = parseModel(await readNamed(word, context));
    await expectFolderOf(path, context);
    const engine = await engineFor(word, context);
    const dataset = await matchingData(model, engine);
    const exported = new ExportedModel(model, dataset === null ? madeUpBatches(model.signature) : heldOutBatches(dataset), engine);
    const { files, check } = await exported.inOneFile(format, { arrays: args.flag('arrays') });
    const [file] = files;
    if (check.verified && file !== undefined) await writeBytes(path, file.bytes, context);
    const { verified, largestDifference, examples, ranBy } = check;
    if (args.flag('json')) context.output.write(jsonLine({ path, format, verified, largestDifference, examples, ranBy }));
    else context.output.write(said(path, check));
    return verified ? 0 : 2;
  },
};

function said(path: string, { verified, largestDifference, examples, ranBy }: ExportCheck): string {
  const compared = `Read back and run by ${ranBy ?? 'nothing'} on ${String(examples)} examples: largest difference ${shortNumber(largestDifference)}.`;
  if (verified) return `Wrote ${path}. ${compared}\n`;
  return `Not exported: ${path} would not answer as the model does. ${compared}\n`;
}

function readTarget(args: Arguments): { readonly format: Exclude<ExportFormat, 'pytorch'>; readonly path: string } {
  const to = args.text('to');
  const path = args.text('output');
  if (to === null || path === null) throw misuse('"export" needs --to and -o.', 'Write e.g. unroll export mine.model.json --to onnx -o mine.onnx.');
  const format = FORMATS.find((each) => each === to);
  if (format === undefined) throw misuse(`--to "${to}" is no format this version writes.`, `Give one of ${FORMATS.join(', ')}.`);
  return { format, path };
}
