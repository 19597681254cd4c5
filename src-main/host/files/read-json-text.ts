import { ProblemError } from '../../../src-engine/document/problems.ts';
import { readJson } from '../../../src-engine/document/file/read-json.ts';

/** The JSON value of a text, its size, depth and keys checked; throws ProblemError U001, U004, U005, U006. */
export function readJsonText(text: string): unknown {
  const read = readJson(text);
  if (!read.ok) throw new ProblemError(read.problems);
  return read.value;
}
