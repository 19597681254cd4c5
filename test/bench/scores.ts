import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import type { Scenario } from '../../src-engine/scenarios/scenario.ts';
import { shortNumber, tableText } from '../../src-main/cli/terminal/output.ts';
import { reachesCard } from './card-score.ts';

/**
 * Trains every template from the command line, with its own seed and to its last epoch: `npm run scores`, or `npm run scores -- ID ...` for some. Prints what the
 * card promises beside what was reached, and writes out/scores.json. Ends with 1 where a card promises more than was reached.
 */
const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);

const number = z.union([z.number(), z.string().transform(Number)]);
const line = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('done'),
    steps: z.number(),
    seconds: z.number(),
    test: z.object({ metric: z.string(), score: number, baseline: number }).nullable(),
  }),
  z.object({ event: z.literal('stopped'), reason: z.string(), layer: z.string(), t: z.number().nullable(), quantity: z.string() }),
  z.object({ event: z.enum(['progress', 'validation', 'checkpoint']) }),
]);

interface Row {
  readonly id: string;
  readonly card: string;
  readonly cardSeconds: number;
  readonly metric: string;
  readonly score: number | null;
  readonly baseline: number | null;
  readonly seconds: number | null;
  /** What became of it, where there is no score. */
  readonly ended: string;
  readonly reached: boolean;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((id) => !SCENARIOS.some((scenario) => scenario.id === id));
if (unknown.length > 0) throw new Error(`no template ${unknown.join(', ')}; there are ${SCENARIOS.map(({ id }) => id).join(', ')}`);
const rows: Row[] = [];
for (const scenario of SCENARIOS.filter(({ id }) => asked.length === 0 || asked.includes(id))) {
  process.stderr.write(`${scenario.id} ...\n`);
  rows.push(await score(scenario));
}
process.stdout.write(tableText([heading(), ...rows.map(cells)], [2, 3, 4, 5]));
await writeFile(join(ROOT, 'out/scores.json'), `${JSON.stringify(rows, null, 2)}\n`);
process.exitCode = rows.every(({ reached }) => reached) ? 0 : 1;

async function score({ id, score: card, seconds: cardSeconds }: Scenario): Promise<Row> {
  const last = await train(id);
  const none = { id, card, cardSeconds, metric: '', score: null, baseline: null, seconds: null };
  if (last?.event === 'stopped') return { ...none, ended: `stopped: ${last.quantity} of ${last.layer}`, reached: card === 'stops' };
  if (last?.event !== 'done' || last.test === null) return { ...none, ended: 'no score', reached: false };
  const { metric, score: value, baseline } = last.test;
  return { id, card, cardSeconds, metric, score: value, baseline, seconds: last.seconds, ended: '', reached: reachesCard(card, metric, value) ?? false };
}

/** The last line that says how training ended. A checkpoint of a run that stopped lands in a folder of its own, which goes. */
async function train(id: string): Promise<z.infer<typeof line> | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'unroll-scores-'));
  try {
    const args = [join(ROOT, 'out/main/cli.js'), 'train', '--scenario', id, '--json'];
    const output = await run(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 28 }).then(
      ({ stdout }) => stdout,
      (error: unknown) => z.object({ stdout: z.string() }).parse(error).stdout,
    );
    const lines = output.split('\n').filter((text) => text !== '');
    return lines.map((text) => line.parse(JSON.parse(text))).findLast(({ event }) => event === 'done' || event === 'stopped');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function heading(): readonly string[] {
  return ['template', 'metric', 'score', 'baseline', 'seconds', 'card (seconds)', ''];
}

function cells({ id, card, cardSeconds, metric, score: value, baseline, seconds, ended, reached }: Row): readonly string[] {
  const figures = [value, baseline].map((each) => (each === null ? '' : shortNumber(each)));
  return [
    id,
    ended === '' ? metric : ended,
    ...figures,
    seconds === null ? '' : seconds.toFixed(1),
    `${card} (${cardSeconds})`,
    reached ? '' : 'below its card',
  ];
}
