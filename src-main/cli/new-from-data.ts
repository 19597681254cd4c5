import { dirname, parse, resolve } from 'node:path';
import { IMPORT_TASKS } from '../../src-engine/document/data/import-options.ts';
import type { Project } from '../../src-engine/document/project.ts';
import { ProblemError } from '../../src-engine/document/problems.ts';
import { serializeProject } from '../../src-engine/document/file/serialize-project.ts';
import type { DataDescription } from '../../src-engine/session/protocol.ts';
import { misuse, type Arguments } from './arguments.ts';
import type { Context } from './context.ts';
import { choiceOf, dataOptions, splitPair, withDataFiles } from './data-choice.ts';

export interface NewFromData {
  readonly text: string;
  readonly description: DataDescription;
}

/** True where the project is to be made of the user's own data. */
export function namesData(args: Arguments): boolean {
  return ['from-data', 'class', 'task', 'vectors', 'option'].some((name) => args.flag(name));
}

/** A whole project for files, read to their end. Throws ProblemError for what cannot be read, and U050 for options that contradict each other. */
export async function newFromData(args: Arguments, context: Context): Promise<NewFromData> {
  const classes = args.all('class').map((pair) => splitPair(pair, '--class', 'positive=good.txt'));
  const named = args.all('from-data');
  if (args.words.length > 0) throw misuse('A scenario has data of its own.', 'Leave out either the scenario or --from-data.');
  if ((named.length === 0) === (classes.length === 0)) {
    throw misuse(
      'Name one file or folder with --from-data, or a file for each class with --class NAME=FILE.',
      'Write e.g. unroll new --from-data sales.csv -o sales.unroll.',
    );
  }
  if (classes.length === 1) throw misuse('One class leaves nothing to tell apart.', 'Give --class NAME=FILE for each class.');
  const files = classes.length > 0 ? classes.map(([, file]) => file) : named;
  if (named.length > 1) throw misuse('--from-data takes one file or folder.', 'For a file for each class, write --class NAME=FILE for each.');
  const output = args.text('output');
  const folder = output === null ? context.folder : dirname(resolve(context.folder, output));
  const options = { ...dataOptions(args.all('option')), ...taskOption(args) };
  const name = parse(output ?? files[0] ?? '').name;
  const vectors = args.text('vectors');
  const description = await withDataFiles(folder, context, async (data) => {
    const { token } = await data.keep(await choiceOf(files, context));
    const wordVectors = vectors === null ? {} : { vectors: (await data.keep(await choiceOf([vectors], context))).token };
    const from = { kind: 'chosen' as const, token, ...(classes.length > 0 ? { classes: classes.map(([label]) => label) } : {}) };
    return await data.describe({ from, ...wordVectors, options, depth: 'all', name, handle: null });
  });
  const { problems, project } = description;
  if (project === null) throw new ProblemError(problems);
  return { text: serializeProject(project satisfies Project), description };
}

function taskOption(args: Arguments): Readonly<Record<string, string>> {
  const text = args.text('task');
  if (text === null) return {};
  const task = IMPORT_TASKS.find((each) => each === text);
  if (task === undefined) throw misuse(`--task "${text}" is none that data can serve.`, `The tasks are ${IMPORT_TASKS.join(', ')}.`);
  return { task };
}

/** What was found, for the person at the terminal: a few lines. */
export function foundText({ data, rows, encoding, columns, classes, lengths, vocabulary, vectors, examples }: DataDescription): string {
  const roles = columns.map(({ name, role }) => `${name} (${role})`).join(', ');
  const lines = [
    `${rows.toLocaleString('en')} rows, ${encoding}, task ${String(data.options['task'])}`,
    ...(roles === '' ? [] : [`columns: ${roles}`]),
    ...missingLines(columns, data.options['missing']),
    ...(classes.length === 0 ? [] : [`classes: ${classes.map(({ name, count }) => `${name} ${count}`).join(', ')}`]),
    ...(lengths === null ? [] : [`lengths in ${lengths.unit}s: ${lengths.shortest} to ${lengths.longest}, half of them up to ${lengths.median}`]),
    ...(vocabulary === null ? [] : [`vocabulary: ${vocabulary.kept} of ${vocabulary.distinct}, ${(100 * vocabulary.coverage).toFixed(1)} % of the text`]),
    ...(vectors === null ? [] : [`word vectors: ${vectors.found} of ${vectors.tokens} words, ${vectors.size} numbers each`]),
    ...(examples === null ? [] : [`examples: ${examples.train} to train, ${examples.validation} to validate, ${examples.test} to test`]),
  ];
  return `${lines.join('\n')}\n`;
}

const FILLED: Readonly<Record<string, string>> = {
  previous: 'the number before is taken',
  interpolate: 'filled in on the line between the neighbours',
  drop: 'the row, or the window with it, is left out',
};

/** What is missing in the columns that are read, and what becomes of it. */
function missingLines(columns: DataDescription['columns'], rule: unknown): readonly string[] {
  const lacking = columns.filter(({ role, missing }) => missing > 0 && role !== 'ignore');
  if (lacking.length === 0) return [];
  const what = typeof rule === 'string' ? FILLED[rule] : undefined;
  return [
    `missing: ${lacking.map(({ name, missing }) => `${String(missing)} in ${name}`).join(', ')}${what === undefined ? '' : `; ${what} (--option missing=...)`}`,
  ];
}
