import { basename } from 'node:path';
import { findScenario } from '../../src-engine/scenarios/scenarios.ts';
import { ProblemError } from '../../src-engine/document/problems.ts';
import { misuse } from './arguments.ts';
import type { Context } from './context.ts';
import { readNamed } from './files.ts';

/** Endings of what a project is made of. */
const DATA = /\.(?:csv|tsv|tab|jsonl|ndjson|txt|md|xlsx?|parquet)$/iu;

/** The text of a project or a model named on the command line. Throws ProblemError as `readNamed`; U050 where data or a template is named in its place. */
export async function readDocument(path: string, context: Context): Promise<string> {
  if (DATA.test(path)) throw misuse(`${path} is data, and a project is needed.`, fromData(path));
  try {
    return await readNamed(path, context);
  } catch (error) {
    if (error instanceof ProblemError && findScenario(path) !== null)
      throw misuse(
        `There is no file "${path}", but a template of that name.`,
        `Train it with --scenario ${path}, or write its project: unroll new ${path} -o ${path}.unroll.`,
      );
    throw error;
  }
}

/** How a project is made of a data file. */
export function fromData(path: string): string {
  return `Make one of it first: unroll new --from-data ${path} -o ${basename(path).replace(/\.[^.]*$/u, '')}.unroll.`;
}

export function isData(path: string): boolean {
  return DATA.test(path);
}
