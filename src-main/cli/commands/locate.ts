import { dirname, resolve } from 'node:path';
import { parseProject } from '../../../src-engine/document/file/parse-project.ts';
import { ProblemError } from '../../../src-engine/document/problems.ts';
import { serializeProject } from '../../../src-engine/document/file/serialize-project.ts';
import type { Command } from '../command.ts';
import { choiceOf, withDataFiles } from '../data-choice.ts';
import { writeNamed } from '../files.ts';
import { readDocument } from '../read-document.ts';
import { jsonLine } from '../terminal/output.ts';

export const locate: Command = {
  name: 'locate',
  usage: 'PROJECT DATA ...',
  summary: 'tells a project where its data is now, or that what it holds now is meant',
  options: {},
  words: [2, 1001],
  run: async (args, context) => {
    const [path = '', ...files] = args.words;
    const text = await readDocument(path, context);
    const parsed = parseProject(text);
    if (!parsed.ok) throw new ProblemError(parsed.problems);
    const folder = dirname(resolve(context.folder, path));
    const { data, same, problems } = await withDataFiles(folder, context, async (known) => {
      const { token } = await known.keep(await choiceOf(files, context));
      return await known.locate({ text, handle: null, token });
    });
    if (data === null) throw new ProblemError(problems);
    await writeNamed(path, serializeProject({ ...parsed.project, data }), context);
    const what = same ? 'It is the data that was imported.' : 'It is not what was imported before: results will differ.';
    context.output.write(args.flag('json') ? jsonLine({ path, source: data.source, same }) : `${what}\nWrote ${path}.\n`);
    return 0;
  },
};
