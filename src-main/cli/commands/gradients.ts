import { gradients as measureGradients } from '../../../src-engine/session/probes/gradients.ts';
import { misuse } from '../arguments.ts';
import type { Command } from '../command.ts';
import { engineFor } from '../engine-for.ts';
import { expectFolderOf, readNamed, writeBytes } from '../files.ts';
import { readDocument } from '../read-document.ts';
import { jsonLine, shortNumber, tableText } from '../terminal/output.ts';
import { drawGradients } from '../picture/draw-gradients.ts';
import { encodePng } from '../picture/png.ts';

export const gradients: Command = {
  name: 'gradients',
  usage: 'FILE|MODEL [--batch FILE] [--loss all|last|STEP] [--parameters] [--png FILE]',
  summary: 'prints how the gradient travels back through time, with a diagnosis',
  options: {
    batch: { type: 'text', value: 'FILE', help: 'inputs and targets; the first training batch of the data by default' },
    loss: { type: 'text', value: 'all|last|STEP', help: 'the loss steps whose gradient is followed; steps count from 1; all by default' },
    parameters: { type: 'flag', help: "add every parameter's gradient" },
    png: { type: 'text', value: 'FILE', help: 'draw norms, flow and copies over the steps as a heatmap' },
  },
  words: [1, 1],
  run: async (args, context) => {
    const loss = parseLoss(args.text('loss') ?? 'all');
    const png = args.text('png');
    if (png !== null) await expectFolderOf(png, context);
    const fileText = await readDocument(args.words[0] ?? '', context);
    const batch = args.text('batch');
    const batchText = batch === null ? null : await readNamed(batch, context);
    const engine = await engineFor(args.words[0] ?? '', context);
    const options = { loss, parameters: args.flag('parameters'), ...(batchText === null ? {} : { batchText }) };
    const result = await measureGradients(fileText, options, engine);
    if (png !== null) await writeBytes(png, encodePng(drawGradients(result, loss)), context);
    context.output.write(args.flag('json') ? jsonLine(result) : plainGradients(result));
    return 0;
  },
};

function parseLoss(text: string): 'all' | 'last' | number {
  if (text === 'all' || text === 'last') return text;
  const step = /^\d+$/u.test(text) ? Number(text) : 0;
  if (step >= 1) return step;
  throw misuse(`--loss "${text}" is no loss step.`, 'Give all, last, or a step counted from 1.');
}

function plainGradients({ loss, gradientNorm, diagnosis }: Awaited<ReturnType<typeof measureGradients>>): string {
  const heading = ['layer', 'direction', 'verdict', 'factor per step', 'half-life', 'norm at t = 1', 'norm at the last step'];
  const rows = gradientNorm.map(({ layer, direction, values }) => {
    const found = diagnosis.find((each) => each.layer === layer && each.direction === direction);
    const ends = [values.at(0), values.at(-1)].map((value) => valueText(value));
    return [layer, direction, found?.verdict ?? '', valueText(found?.factorPerStep), halvingText(found), ...ends];
  });
  return `loss ${valueText(loss)}\n${tableText([heading, ...rows], [3, 4, 5, 6])}`;
}

/** A gradient that grows has no half-life: then how soon it doubles. */
function halvingText(found: Awaited<ReturnType<typeof measureGradients>>['diagnosis'][number] | undefined): string {
  const factor = found?.factorPerStep;
  return typeof factor === 'number' && factor > 1 ? `doubles in ${shortNumber(Math.LN2 / Math.log(factor))}` : valueText(found?.halfLife);
}

function valueText(value: number | string | null | undefined): string {
  return typeof value === 'number' ? shortNumber(value) : (value ?? '');
}
