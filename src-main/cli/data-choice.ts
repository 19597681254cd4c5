import { resolve } from 'node:path';
import { ProblemError } from '../../src-engine/document/problems.ts';
import type { ParamValue } from '../../src-engine/document/project.ts';
import { DataFiles, type Choice } from '../host/files/data-files.ts';
import { EngineThread } from '../host/engine-thread.ts';
import { fileProblem } from '../host/files/file-problems.ts';
import { misuse } from './arguments.ts';
import type { Context } from './context.ts';
import { LoadingLine } from './terminal/loading-line.ts';

/** Files or a folder named on the command line, as if chosen in a dialog. Throws ProblemError U051 where one is not there. */
export async function choiceOf(names: readonly string[], context: Context): Promise<Choice> {
  const paths = names.map((name) => resolve(context.folder, name));
  for (const [index, path] of paths.entries()) {
    const stats = await context.fileSystem.stat(path).catch((error: unknown) => {
      throw new ProblemError([fileProblem('read', names[index] ?? path, error)]);
    });
    if (stats.isDirectory() && paths.length > 1) throw misuse(`"${names[index] ?? path}" is a folder among several files.`, 'Name one folder, or files only.');
    if (stats.isDirectory()) return { kind: 'folder', paths };
  }
  return { kind: paths.length > 1 ? 'files' : 'file', paths };
}

/** Does work with data files; `projectFolder` is where the project lies. How far the reading is stands on a terminal's last line. */
export async function withDataFiles<T>(projectFolder: string, context: Context, work: (data: DataFiles) => Promise<T>): Promise<T> {
  const engine = new EngineThread(context.engine);
  const line = new LoadingLine(context);
  const stopHearing = engine.onEvent((heard) => {
    if (heard.event === 'loading') line.show(heard.payload);
  });
  try {
    const { fileSystem, randomId } = context;
    return await work(new DataFiles({ engine, fileSystem, randomId, ask: null, folderOf: () => projectFolder }));
  } finally {
    stopHearing();
    line.clear();
    await engine.close();
  }
}

/** `KEY=VALUE` pairs as options; numbers, true and false are taken for what they are. Throws ProblemError U050. */
export function dataOptions(pairs: readonly string[]): Readonly<Record<string, ParamValue>> {
  return Object.fromEntries(pairs.map((pair) => splitPair(pair, '--option', 'missing=previous')).map(([key, value]) => [key, optionValue(value)]));
}

export function splitPair(pair: string, option: string, example: string): readonly [string, string] {
  const place = pair.indexOf('=');
  if (place > 0 && place < pair.length - 1) return [pair.slice(0, place), pair.slice(place + 1)];
  throw misuse(`${option} "${pair}" is not NAME=VALUE.`, `Write it like ${option} ${example}.`);
}

function optionValue(text: string): ParamValue {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d{1,15}$/u.test(text) ? Number(text) : text;
}
