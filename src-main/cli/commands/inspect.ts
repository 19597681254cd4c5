import { inspectProject, type Stage } from '../../../src-engine/session/inspect.ts';
import { misuse } from '../arguments.ts';
import type { Command } from '../command.ts';
import { engineFor } from '../engine-for.ts';
import { readDocument } from '../read-document.ts';
import { jsonLine } from '../terminal/output.ts';

const STAGES: readonly Stage[] = ['graph', 'unrolled', 'program'];

export const inspect: Command = {
  name: 'inspect',
  usage: 'FILE --stage graph|unrolled|program [--steps T]',
  summary: 'prints a stage of the way from the document to the program that runs',
  options: {
    stage: { type: 'text', value: 'graph|unrolled|program', help: 'layers with blocks expanded; one node for each op and step; instructions' },
    steps: { type: 'text', value: 'T', help: 'number of steps; the longest sequence of the data by default' },
  },
  words: [1, 1],
  run: async (args, context) => {
    const stage = STAGES.find((each) => each === args.text('stage'));
    if (stage === undefined) throw misuse('"inspect" needs --stage.', `Give one of ${STAGES.join(', ')}.`);
    const steps = args.wholeNumber('steps', 1, 100_000);
    const file = await readDocument(args.words[0] ?? '', context);
    const text = await inspectProject(file, stage, steps, await engineFor(args.words[0] ?? '', context));
    context.output.write(args.flag('json') ? jsonLine({ stage, text }) : text);
    return 0;
  },
};
