import { basename, resolve } from 'node:path';
import { loadDataset } from '../../../src-engine/data/load-dataset.ts';
import { checkGraph } from '../../../src-engine/document/check.ts';
import { parseProject } from '../../../src-engine/document/file/parse-project.ts';
import { problem, ProblemError } from '../../../src-engine/document/problems.ts';
import { importModel, type Drawing } from '../../../src-engine/exchange/import-model.ts';
import { readModel } from '../../../src-engine/exchange/read-model.ts';
import { writeModel } from '../../../src-engine/exchange/write-model.ts';
import { MAX_MODEL_BYTES, readBytesFile } from '../../host/files/read-text.ts';
import { misuse } from '../arguments.ts';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { engineFor } from '../engine-for.ts';
import { expectFolderOf, readNamed, writeNamed } from '../files.ts';
import { withDataFrom } from '../move-data.ts';
import { fromData, isData } from '../read-document.ts';
import { jsonLine } from '../terminal/output.ts';

export const importCommand: Command = {
  name: 'import',
  usage: 'FILE [--into PROJECT] -o OUT',
  summary: 'makes a model file of an ONNX model, of weights as safetensors (a PyTorch state_dict), or of another model file',
  options: {
    into: { type: 'text', value: 'PROJECT', help: 'with weights alone: the .unroll or .model.json they belong to' },
    output: { type: 'text', short: 'o', value: 'OUT', help: 'the .model.json to write' },
  },
  words: [1, 1],
  run: async (args, context) => {
    const [word = ''] = args.words;
    const [into, path] = [args.text('into'), args.text('output')];
    if (path === null) throw misuse('"import" needs -o.', 'Write e.g. unroll import theirs.onnx -o mine.model.json.');
    if (isData(word)) throw misuse(`${word} is data, and "import" reads models.`, fromData(word));
    await expectFolderOf(path, context);
    const bytes = await readBytesFile(resolve(context.folder, word), context.fileSystem, MAX_MODEL_BYTES);
    const drawing = into === null ? null : await drawingOf(into, context);
    const { model, notes } = importModel(bytes, basename(word).replace(/\.(model\.json|json|onnx|safetensors)$/iu, ''), drawing);
    const from = resolve(context.folder, into ?? word);
    await writeNamed(path, writeModel(withDataFrom(model, from, resolve(context.folder, path)), { arrays: false }), context);
    const checked = checkGraph(model.project.graph, model.signature);
    const count = checked.parameters.reduce((total, { shape }) => total + shape.reduce((product, axis) => product * axis, 1), 0);
    if (args.flag('json')) context.output.write(jsonLine({ path, nodes: model.project.graph.nodes.length, parameters: count, notes }));
    else
      context.output.write(
        `${notes.map((note) => `${note}\n`).join('')}Wrote ${path}: ${String(model.project.graph.nodes.length)} blocks, ${String(count)} parameters.\n`,
      );
    return 0;
  },
};

/** A drawing with the sizes of its data: of a model file those it was trained with, of a project those of its data set. */
async function drawingOf(path: string, context: Context): Promise<Drawing> {
  const text = await readNamed(path, context);
  const model = readModel(text);
  if (model.ok) return model.model;
  const parsed = parseProject(text);
  if (!parsed.ok) throw new ProblemError(path.endsWith('.model.json') ? model.problems : parsed.problems);
  const { project } = parsed;
  if (project.data === null)
    throw new ProblemError([
      problem('U024', `${path} names no data, which says how wide its input and its head are.`, 'Choose its data, or give a model file.'),
    ]);
  const engine = await engineFor(path, context);
  const { signature } = await loadDataset(project.data, engine.assets, engine.imports);
  return { project, signature };
}
