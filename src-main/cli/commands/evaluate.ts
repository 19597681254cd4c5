import { evaluateBatch, evaluateModel } from '../../../src-engine/session/direct.ts';
import type { Command } from '../command.ts';
import { engineFor } from '../engine-for.ts';
import { readNamed } from '../files.ts';
import { readDocument } from '../read-document.ts';
import { jsonLine, scoreText, shortNumber } from '../terminal/output.ts';
import { furtherLines, testLine } from '../terminal/score-lines.ts';

export const evaluate: Command = {
  name: 'evaluate',
  usage: 'MODEL [--batch FILE]',
  summary: 'prints the score on the test split, or loss and outputs on a batch',
  options: { batch: { type: 'text', value: 'FILE', help: 'inputs and targets, as {"sequences"|"texts"|"vectors": [...], "targets": [...]}' } },
  words: [1, 1],
  run: async (args, context) => {
    const model = await readDocument(args.words[0] ?? '', context);
    const batch = args.text('batch');
    const batchText = batch === null ? null : await readNamed(batch, context);
    const engine = await engineFor(args.words[0] ?? '', context);
    const result = batchText === null ? await evaluateModel(model, engine) : await evaluateBatch(model, batchText, engine);
    const text =
      'baselines' in result ? furtherLines(result) + testLine(result) : `${scoreText(result.metric, result.score)}  loss ${shortNumber(result.loss)}`;
    context.output.write(args.flag('json') ? jsonLine(result) : `${text}\n`);
    return 0;
  },
};
