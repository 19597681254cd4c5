import { serializeProject } from '../../../src-engine/document/serialize-project.ts';
import type { Command } from '../command.ts';
import { writeNamed } from '../files.ts';
import { findTemplate } from '../find-template.ts';
import { jsonLine } from '../output.ts';

export const newProject: Command = {
  name: 'new',
  usage: 'SCENARIO [-o FILE]',
  summary: 'writes the project of a template to FILE, or to standard output',
  options: { output: { type: 'text', short: 'o', value: 'FILE', help: 'the file to write, e.g. mine.unroll' } },
  words: [1, 1],
  run: async (args, context) => {
    const text = serializeProject(findTemplate(args.words[0] ?? '').project());
    const path = args.text('output');
    if (path === null) {
      context.output.write(text);
      return 0;
    }
    await writeNamed(path, text, context);
    context.output.write(args.flag('json') ? jsonLine({ path }) : `Wrote ${path}.\n`);
    return 0;
  },
};
