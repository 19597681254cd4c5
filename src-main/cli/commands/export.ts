import type { TrainedModel } from '../../../src-engine/exchange/trained-model.ts';
import { basename, dirname, join } from 'node:path';
import type { Dataset } from '../../../src-engine/data/dataset.ts';
import { exportUse } from '../../../src-engine/document/export-use.ts';
import { EXPORT_FORMATS, isFileFormat } from '../../../src-engine/document/export-formats.ts';
import { parseModel } from '../../../src-engine/session/direct.ts';
import { ExportedModel, type ExportCheck, type MadeExport } from '../../../src-engine/session/export/make-export.ts';
import { matchingData } from '../../../src-engine/session/export/matching-data.ts';
import { heldOutBatches, madeUpBatches } from '../../../src-engine/session/export/verification-batches.ts';
import { misuse, type Arguments } from '../arguments.ts';
import type { Context } from '../context.ts';
import type { Command } from '../command.ts';
import { engineFor } from '../engine-for.ts';
import { expectFolderOf, expectNothingAt, makeFolder, writeBytes } from '../files.ts';
import { readDocument } from '../read-document.ts';
import { jsonLine, shortNumber } from '../terminal/output.ts';

/** `runtime` is json with --runtime here: the files go beside each other. */
const FORMATS = EXPORT_FORMATS.flatMap(({ id }) => (id === 'runtime' ? [] : [id]));

export const exportModel: Command = {
  name: 'export',
  usage: `MODEL --to ${FORMATS.join('|')} -o PATH [--arrays] [--runtime]`,
  summary: 'writes a trained model for another program, reads it back, runs both and prints the largest difference',
  options: {
    to: { type: 'text', value: 'FORMAT', help: `the format: ${FORMATS.join(', ')}` },
    output: { type: 'text', short: 'o', value: 'PATH', help: 'the file to write; with pytorch and keras a new folder' },
    runtime: {
      type: 'flag',
      help: 'with json: also unroll-runtime.js, which runs the model in any JavaScript, and unroll-runtime.md with examples, in the same folder',
    },
    arrays: { type: 'flag', help: 'with json: parameters as nested arrays instead of base64' },
  },
  words: [1, 1],
  run: async (args, context) => {
    const { format, path } = readTarget(args);
    const [word = ''] = args.words;
    const model = parseModel(await readDocument(word, context));
    await expectFolderOf(path, context);
    if (!isFileFormat(format)) await expectNothingAt(path, context);
    const engine = await engineFor(word, context);
    const dataset = await matchingData(model, engine);
    const batches = dataset === null ? madeUpBatches(model.signature) : heldOutBatches(dataset, format);
    const exported = new ExportedModel(model, batches, engine);
    const made = await madeAs(exported, format, dataset, args);
    const { verified, ...check } = made.check;
    if (verified !== false) await write(args.flag('runtime') ? dirname(path) : path, made, context);
    if (args.flag('json')) context.output.write(jsonLine({ path, format, verified: verified === true, ...check }));
    else context.output.write(said(path, made.check, format) + useText(verified, args.flag('runtime') ? 'runtime' : format, model));
    return verified === false ? 2 : 0;
  },
};

async function madeAs(exported: ExportedModel, format: (typeof FORMATS)[number], dataset: Dataset | null, args: Arguments): Promise<MadeExport> {
  if (format === 'pytorch') return await exported.asPytorchProject(dataset);
  if (format === 'keras') return await exported.asKerasProject();
  const arrays = args.flag('arrays');
  if (args.flag('runtime')) return await exported.withRuntime(basename(args.text('output') ?? ''), { arrays });
  return await exported.inOneFile(format, { arrays });
}

async function write(path: string, { files }: MadeExport, context: Context): Promise<void> {
  const folders = new Set(files.flatMap((file) => (file.path === '' ? [] : [path, dirname(join(path, file.path))])));
  for (const folder of folders) await makeFolder(folder, context);
  for (const file of files) await writeBytes(join(path, file.path), file.bytes, context);
}

/** How the model is asked where it is now. */
function useText(verified: MadeExport['check']['verified'], format: (typeof EXPORT_FORMATS)[number]['id'], { signature }: TrainedModel): string {
  const use = verified === false ? null : exportUse(format, signature);
  return use === null ? '' : `${use}\n`;
}

function said(path: string, { verified, largestDifference, examples, ranBy }: ExportCheck, format: string): string {
  const framework = format === 'keras' ? 'Keras 3' : 'PyTorch';
  const difference = `largest difference ${shortNumber(largestDifference)}`;
  if (verified === 'unrun')
    return `Wrote ${path}. Read back, not run: there is no Python here that has ${framework}. ${path}/verify.py runs it on ${String(examples)} examples.\n`;
  const compared = `Read back and run by ${ranBy ?? 'Unroll'} on ${String(examples)} examples: ${difference}.`;
  return verified ? `Wrote ${path}. ${compared}\n` : `Not exported: ${path} would not answer as the model does. ${compared}\n`;
}

function readTarget(args: Arguments): { readonly format: (typeof FORMATS)[number]; readonly path: string } {
  const to = args.text('to');
  const path = args.text('output');
  if (to === null || path === null) throw misuse('"export" needs --to and -o.', 'Write e.g. unroll export mine.model.json --to onnx -o mine.onnx.');
  const format = FORMATS.find((each) => each === to);
  if (format === undefined) throw misuse(`--to "${to}" is no format this version writes.`, `Give one of ${FORMATS.join(', ')}.`);
  if (args.flag('runtime') && format !== 'json') throw misuse('--runtime goes with --to json.', 'Write --to json --runtime, or leave it out.');
  return { format, path };
}
