import { fc } from '../fixtures/laws.ts';
import { expect, it } from 'vitest';
import { readSafetensors, writeSafetensors, type SafetensorsFile } from '../../src-engine/exchange/safetensors.ts';

const array = fc.tuple(fc.string({ minLength: 1 }), fc.array(fc.nat(4), { maxLength: 3 }), fc.float({ noNaN: true })).map(([name, shape, value]) => ({
  name,
  shape,
  values: Float32Array.from({ length: shape.reduce((product, axis) => product * axis, 1) }, (_, place) => Math.fround(value + place)),
}));
const file = fc.record({
  // Names that look like numbers change places in a JavaScript object; `__proto__` is no key of one.
  arrays: fc.uniqueArray(
    array.map((each) => ({ ...each, name: `a.${each.name}` })),
    { selector: ({ name }) => name, maxLength: 5 },
  ),
  metadata: fc.dictionary(
    fc.string().map((key) => `k${key}`),
    fc.string(),
    { maxKeys: 3, noNullPrototype: true },
  ),
});

it('what was written is read back, bit for bit', () => {
  fc.assert(
    fc.property(file, (written) => {
      expect(readSafetensors(writeSafetensors(written))).toEqual({ ok: true, file: written });
    }),
    { seed: 3 },
  );
});

it('the bytes stand where the format says', () => {
  const bytes = writeSafetensors({ arrays: [{ name: 'w', shape: [2], values: Float32Array.of(1, -2) }], metadata: {} });
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  expect(length % 8).toBe(0);
  expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
    __metadata__: {},
    w: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
  });
  expect(bytes).toHaveLength(8 + length + 8);
  expect(new DataView(bytes.buffer).getFloat32(8 + length + 4, true)).toBe(-2);
});

it('any damage is a named problem or another file, never a throw', () => {
  const whole: SafetensorsFile = { arrays: [{ name: 'a.w', shape: [3, 2], values: Float32Array.of(1, 2, 3, 4, 5, 6) }], metadata: { from: 'a test' } };
  const bytes = writeSafetensors(whole);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length), (at, value, length) => {
      const damaged = bytes.slice(0, length);
      if (at < length) damaged[at] = value;
      const read = readSafetensors(damaged);
      if (!read.ok) expect(read.problems[0]).toMatchObject({ code: 'U042' });
    }),
    { seed: 3, numRuns: 5000 },
  );
  expect(readSafetensors(bytes.slice(0, -1))).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining('ends behind the end') as string }] });
});
