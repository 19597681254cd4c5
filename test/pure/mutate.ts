import { pick, randomIndex, type Random } from '../../src-engine/data/random.ts';

/** What breaks readers of text: signs of JSON and CSV, ends of lines, halves of characters, numbers too large, names that objects know. */
const PIECES = [
  '"',
  '""',
  ',',
  ';',
  ':',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\0',
  '\ufeff',
  '{',
  '}',
  '[',
  ']',
  '[[[[[[[[',
  'null',
  'true',
  '1e999',
  '-',
  '-1',
  '0.5',
  'NaN',
  '99999999999999999999',
  '\ud800',
  '\\u0000',
  '<script>alert(1)</script>',
  '"__proto__"',
  '__proto__',
  '',
  '2024-99-99',
  'x'.repeat(300),
] as const;

/** A text with one to four places overwritten, cut out or filled. */
export function mutatedText(text: string, random: Random): string {
  let result = text;
  const changes = 1 + randomIndex(random, 4);
  for (let change = 0; change < changes; change += 1) {
    const place = randomIndex(random, result.length + 1);
    const length = randomIndex(random, 4) === 0 ? randomIndex(random, 40) : randomIndex(random, 3);
    result = result.slice(0, place) + pick(random, PIECES) + result.slice(place + length);
  }
  return result;
}

/** As text, and then some: a byte turned over, or the end cut off. */
export function mutatedFile(text: string, random: Random): Uint8Array {
  const bytes = new TextEncoder().encode(mutatedText(text, random));
  if (randomIndex(random, 4) === 0 && bytes.length > 0) bytes[randomIndex(random, bytes.length)] = randomIndex(random, 256);
  return randomIndex(random, 8) === 0 ? bytes.subarray(0, randomIndex(random, bytes.length + 1)) : bytes;
}

/** Bytes with up to four of them turned over, a stretch cut out or doubled, or the end cut off. */
export function mutatedBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const result = bytes.slice();
  for (let change = randomIndex(random, 5); change > 0 && result.length > 0; change -= 1) {
    const extreme = pick(random, [0, 1, 127, 128, 255, randomIndex(random, 256)]);
    result[randomIndex(random, result.length)] = extreme;
  }
  const [from, to] = [randomIndex(random, result.length + 1), randomIndex(random, result.length + 1)].sort((a, b) => a - b) as [number, number];
  const way = randomIndex(random, 6);
  if (way === 0) return result.subarray(0, from);
  if (way === 1) return new Uint8Array([...result.subarray(0, from), ...result.subarray(to)]);
  if (way === 2) return new Uint8Array([...result.subarray(0, to), ...result.subarray(from)]);
  return result;
}

const JUNK: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 53,
  '',
  'x'.repeat(30_000),
  '../../etc/passwd',
  '\0',
  [],
  {},
  [[[[]]]],
  Array(1000).fill(0),
  JSON.parse('{"__proto__":{"polluted":true}}'),
];

/** A value with one or two places replaced by junk, removed, or joined by a key that does not belong. */
export function mutatedValue(value: unknown, random: Random): unknown {
  const once = mutatedOnce(value, random);
  return randomIndex(random, 3) === 0 ? mutatedOnce(once, random) : once;
}

function mutatedOnce(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || randomIndex(random, 8) === 0) return pick(random, JUNK);
  if (Array.isArray(value)) {
    const place = randomIndex(random, value.length + 1);
    return value.toSpliced(place, 1, mutatedOnce(value[place], random));
  }
  const keys = Object.keys(value);
  const key = keys.length === 0 || randomIndex(random, 6) === 0 ? pick(random, ['constructor', 'more', 'toString']) : pick(random, keys);
  const rest = Object.fromEntries(Object.entries(value).filter(([each]) => each !== key));
  if (randomIndex(random, 4) === 0) return rest;
  return { ...rest, [key]: mutatedOnce((value as Readonly<Record<string, unknown>>)[key], random) };
}
