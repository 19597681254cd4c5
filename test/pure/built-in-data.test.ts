import { describe, expect, test } from 'vitest';
import { BUILT_IN_DATA } from '../../src-engine/document/data/built-in-data.ts';
import type { FieldSpec } from '../../src-engine/document/kind-spec.ts';
import type { ParamValue } from '../../src-engine/document/project.ts';
import { load, problemsOf } from './data-builders.ts';

/** What the loader itself names when it is asked for something else. */
async function sourcesThatLoad(): Promise<readonly string[]> {
  const [problem] = await problemsOf(() => load('builtin:nothing'));
  return problem?.fix.match(/builtin:[\w-]+/gu) ?? [];
}

/** A value just outside of what a field takes. */
function outside(field: FieldSpec): ParamValue {
  switch (field.type) {
    case 'integer':
    case 'number':
      return field.max + 1;
    case 'choice':
      return 'nothing of the kind';
    case 'boolean':
      return 'yes';
  }
}

test('the catalogue names every data set that can be loaded, and no other', async () => {
  expect(BUILT_IN_DATA.map(({ source }) => source).sort()).toEqual([...(await sourcesThatLoad())].sort());
});

describe.each(BUILT_IN_DATA)('$source in the catalogue', ({ source, title, input, output, answers, origin, options }) => {
  test('says of the data what the data says, and has the options of the loader at their defaults', async () => {
    const data = await load(source);
    const { input: reads, output: answered } = data.signature;
    expect([data.title, reads.kind, answered.kind, answered.perStep, data.generated]).toEqual([
      title,
      input,
      output,
      answers === 'every step',
      origin === null,
    ]);
    if (options.length === 0) return;
    const defaults = await load(source, { options: Object.fromEntries(options.map((field) => [field.name, field.default])) });
    expect(defaults.count).toBe(data.count);
    expect(defaults.signature).toEqual(data.signature);
  });

  test.each(options)('$name is refused out of bounds, by its name', async (field) => {
    const problems = await problemsOf(() => load(source, { options: { [field.name]: outside(field) } }));
    expect(problems.map(({ path }) => path)).toContain(`data.options.${field.name}`);
  });
});
