import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectJsonSchema } from '../../src-engine/document/file/json-schema.ts';
import { modelJsonSchema } from '../../src-engine/exchange/model-schema.ts';

/** A step of the build: the JSON Schemas of `NAME.unroll` and `NAME.model.json`, for other programs and editors. */
const folder = join(import.meta.dirname, '../../dist');
await mkdir(folder, { recursive: true });
for (const [name, schema] of [
  ['project', projectJsonSchema()],
  ['model', modelJsonSchema()],
] as const)
  await writeFile(join(folder, `${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`);
