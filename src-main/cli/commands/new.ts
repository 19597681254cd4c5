import { basename } from 'node:path';
import { serializeProject } from '../../../src-engine/document/file/serialize-project.ts';
import { misuse, type Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { expectFolderOf, expectNoProject, writeNamed } from '../files.ts';
import { findTemplate } from '../find-template.ts';
import { foundText, namesData, newFromData } from '../new-from-data.ts';
import { jsonLine } from '../terminal/output.ts';

export const newProject: Command = {
  name: 'new',
  usage: 'SCENARIO | --from-data FILE|FOLDER | --class NAME=FILE ...  [--task classify|forecast|language] [-o FILE [--force]]',
  summary: 'writes the project of a template, or one for your own data, to FILE or to standard output',
  options: {
    'from-data': { type: 'text', value: 'FILE', help: 'a table (CSV, TSV, JSON Lines), a text, or a folder with one folder for each class' },
    class: { type: 'text', value: 'NAME=FILE', help: 'the texts of one class, one on each line; once for each class' },
    task: { type: 'text', value: 'TASK', help: 'classify, forecast or language; looked up in the data where it is left out' },
    vectors: { type: 'text', value: 'FILE', help: 'word vectors: GloVe .txt, word2vec .bin' },
    option: { type: 'text', value: 'KEY=VALUE', help: 'an option of the data, e.g. missing=previous, window=48, column.price=both' },
    output: { type: 'text', short: 'o', value: 'FILE', help: 'the file to write, e.g. mine.unroll' },
    force: { type: 'flag', help: 'write over a file that is there' },
  },
  words: [0, 1],
  run: async (args, context) => {
    const path = args.text('output');
    if (path !== null) await expectFolderOf(path, context);
    if (path !== null && !args.flag('force')) await expectNoProject(path, context);
    const { text, found } = await projectText(args, context);
    if (path === null) {
      context.output.write(text);
      return 0;
    }
    await writeNamed(path, text, context);
    context.output.write(
      args.flag('json')
        ? jsonLine({ path })
        : `${found}Wrote ${path}. Train it with: unroll train ${path} --out ${basename(path).replace(/\.unroll$/u, '')}.model.json\n`,
    );
    return 0;
  },
};

async function projectText(args: Arguments, context: Context): Promise<{ readonly text: string; readonly found: string }> {
  if (namesData(args)) {
    const { text, description } = await newFromData(args, context);
    return { text, found: foundText(description) };
  }
  const scenario = args.words[0];
  if (scenario === undefined) throw misuse('"new" needs a scenario, or your own data.', 'Write e.g. unroll new names, or unroll new --from-data sales.csv.');
  return { text: serializeProject(findTemplate(scenario).project()), found: '' };
}
