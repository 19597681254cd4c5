import type { Problem } from '../problems.ts';
import { problem } from '../problems.ts';
import type { JsonPath } from './read-json.ts';
import { pathText } from './read-json.ts';
import { showValue } from './schema-problems.ts';

export interface Envelope {
  readonly format: string;
  readonly version: number;
  /** What the file is called in sentences: `project`, `trained model`. */
  readonly title: string;
  /** What to do with files of other formats of ours, by `format`. */
  readonly others: Readonly<Record<string, string>>;
  readonly otherwise: string;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** U002 for another format, U003 for a newer version, U004 for no version; null where format and version are the expected ones. */
export function checkEnvelope(value: unknown, expected: Envelope, root: JsonPath = []): Problem | null {
  const format = isObject(value) ? value['format'] : undefined;
  if (!isObject(value) || format !== expected.format) {
    const said = format === undefined ? 'it has no "format"' : `its "format" is ${showValue(format)}`;
    const fix = typeof format === 'string' && Object.hasOwn(expected.others, format) ? expected.others[format] : undefined;
    return problem('U002', `This is not an Unroll ${expected.title}: ${said}, expected "${expected.format}".`, fix ?? expected.otherwise, {
      path: pathText([...root, 'format']),
    });
  }
  const version = value['version'];
  const path = pathText([...root, 'version']);
  if (typeof version === 'number' && version > expected.version) {
    return problem(
      'U003',
      `The ${expected.title} has version ${version}; this Unroll reads up to version ${expected.version}.`,
      'Open it with a newer Unroll.',
      { path },
    );
  }
  if (version === expected.version) return null;
  const said = version === undefined ? 'missing' : showValue(version);
  return problem('U004', `${path} is ${said}.`, `Give ${expected.version}.`, { path });
}
