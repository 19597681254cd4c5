import { dirname, join } from 'node:path';
import { EXPORT_FORMATS, type ExportFormat } from '../../../src-engine/document/export-formats.ts';
import { parseModel } from '../../../src-engine/session/direct.ts';
import { ExportedModel, type ExportCheck, type MadeExport } from '../../../src-engine/session/export/make-export.ts';
import { matchingData } from '../../../src-engine/session/export/matching-data.ts';
import { FEWER_NUMBERS, heldOutBatches, madeUpBatches } from '../../../src-engine/session/export/verification-batches.ts';
import { misuse, type Arguments } from '../arguments.ts';
import type { Context } from '../context.ts';
import type { Command } from '../command.ts';
import { engineFor } from '../engine-for.ts';
import { expectFolderOf, expectNothingAt, makeFolder, readNamed, writeBytes } from '../files.ts';
import { jsonLine, shortNumber } from '../output.ts';

const FORMATS = EXPORT_FORMATS.map(({ id }) => id);

export const exportModel: Command = {
  name: 'export',
  usage: `MODEL --to ${FORMATS.join('|')} -o PATH [--arrays]`,
  summary: 'writes a trained model for another program, reads it back, runs both and prints the largest difference',
  options: {
    to: { type: 'text', value: 'FORMAT', help: `the format: ${FORMATS.join(', ')}` },
    output: { type: 'text', short: 'o', value: 'PATH', help: 'the file to write; with pytorch a new folder' },
    arrays: { type: 'flag', help: 'with json: parameters as nested arrays instead of base64' },
  },
  words: [1, 1],
  run: async (args, context) => {
    const { format, path } = readTarget(args);
    const [word = ''] = args.words;
    const model = parseModel(await readNamed(word, context));
    await expectFolderOf(path, context);
    if (format === 'pytorch') await expectNothingAt(path, context);
    const engine = await engineFor(word, context);
    const dataset = await matchingData(model, engine);
    const batches = dataset === null ? madeUpBatches(model.signature) : heldOutBatches(dataset, format === 'pytorch' ? FEWER_NUMBERS : undefined);
    const exported = new ExportedModel(model, batches, engine);
    const made = format === 'pytorch' ? await exported.asPytorchProject(dataset) : await exported.inOneFile(format, { arrays: args.flag('arrays') });
    const { verified, ...check } = made.check;
    if (verified !== false) await write(path, made, context);
    if (args.flag('json')) context.output.write(jsonLine({ path, format, verified: verified === true, ...check }));
    else context.output.write(said(path, made.check));
    return verified === false ? 2 : 0;
  },
};

async function write(path: string, { files }: MadeExport, context: Context): Promise<void> {
  const folders = new Set(files.flatMap((file) => (file.path === '' ? [] : [path, dirname(join(path, file.path))])));
  for (const folder of folders) await makeFolder(folder, context);
  for (const file of files) await writeBytes(join(path, file.path), file.bytes, context);
}

function said(path: string, { verified, largestDifference, examples, ranBy }: ExportCheck): string {
  const difference = `largest difference ${shortNumber(largestDifference)}`;
  if (verified === 'unrun')
    return `Wrote ${path}. Read back, not run: there is no Python with PyTorch here. ${path}/verify.py runs it on ${String(examples)} examples.\n`;
  const compared = `Read back and run by ${ranBy ?? 'Unroll'} on ${String(examples)} examples: ${difference}.`;
  return verified ? `Wrote ${path}. ${compared}\n` : `Not exported: ${path} would not answer as the model does. ${compared}\n`;
}

function readTarget(args: Arguments): { readonly format: ExportFormat; readonly path: string } {
  const to = args.text('to');
  const path = args.text('output');
  if (to === null || path === null) throw misuse('"export" needs --to and -o.', 'Write e.g. unroll export mine.model.json --to onnx -o mine.onnx.');
  const format = FORMATS.find((each) => each === to);
  if (format === undefined) throw misuse(`--to "${to}" is no format this version writes.`, `Give one of ${FORMATS.join(', ')}.`);
  return { format, path };
}
