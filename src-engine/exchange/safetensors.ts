import { z } from 'zod';
import { problem, type Problem } from '../document/problems.ts';

/** An array of the file, row-major float32. */
export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface SafetensorsFile {
  readonly arrays: readonly NamedArray[];
  /** Texts by key: where the arrays come from. */
  readonly metadata: Readonly<Record<string, string>>;
}

export type ReadSafetensors = { readonly ok: true; readonly file: SafetensorsFile } | { readonly ok: false; readonly problems: readonly Problem[] };

/** A header larger than this is refused, as the format's own reader does (github.com/huggingface/safetensors). */
const MAX_HEADER = 100_000_000;
const LENGTH_BYTES = 8;
const METADATA = '__metadata__';

/**
 * Arrays as a safetensors file: 8 bytes with the header's length, little endian; the header, JSON of name -> dtype, shape and place; then the arrays' bytes
 * one after the other, little endian.
 */
export function writeSafetensors({ arrays, metadata }: SafetensorsFile): Uint8Array<ArrayBuffer> {
  const entries: [string, unknown][] = [[METADATA, metadata]];
  let end = 0;
  for (const { name, shape, values } of arrays) {
    const begin = end;
    end += values.length * 4;
    entries.push([name, { dtype: 'F32', shape, data_offsets: [begin, end] }]);
  }
  const text = JSON.stringify(Object.fromEntries(entries));
  const plain = new TextEncoder().encode(text);
  // The arrays begin at a multiple of 8, so that they can be mapped into memory; spaces fill the header up.
  const header = Math.ceil(plain.length / 8) * 8;
  const bytes = new Uint8Array(LENGTH_BYTES + header + end).fill(0x20, LENGTH_BYTES, LENGTH_BYTES + header);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(header), true);
  bytes.set(plain, LENGTH_BYTES);
  let at = LENGTH_BYTES + header;
  for (const { values } of arrays) for (const value of values) at = put(view, at, value);
  return bytes;
}

function put(view: DataView, at: number, value: number): number {
  view.setFloat32(at, value, true);
  return at + 4;
}

const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});
const metadataSchema = z.record(z.string(), z.string());

/** The arrays of a safetensors file, F32, F64 or F16 as float32. U042 where the file is damaged or holds something else. */
export function readSafetensors(bytes: Uint8Array): ReadSafetensors {
  const header = readHeader(bytes);
  if (typeof header === 'string') return damaged(header);
  const { entries, dataAt } = header;
  const overlapping = overlap(entries);
  if (overlapping !== null) return damaged(`${overlapping[0]} and ${overlapping[1]} lie over each other`);
  const arrays: NamedArray[] = [];
  let metadata: Record<string, string> = {};
  for (const [name, entry] of entries) {
    if (name === METADATA) {
      const parsed = metadataSchema.safeParse(entry);
      if (!parsed.success) return damaged('its metadata is not a list of texts');
      metadata = parsed.data;
      continue;
    }
    const parsed = entrySchema.safeParse(entry);
    if (!parsed.success) return damaged(`the entry of ${name} is not an array's`);
    const values = readArray(bytes.subarray(dataAt), parsed.data);
    if (typeof values === 'string') return damaged(`${name} ${values}`);
    arrays.push({ name, shape: parsed.data.shape, values });
  }
  return { ok: true, file: { arrays, metadata } };
}

function readHeader(bytes: Uint8Array): { entries: readonly [string, unknown][]; dataAt: number } | string {
  if (bytes.length < LENGTH_BYTES) return 'it is shorter than its own length';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(Math.min(MAX_HEADER, bytes.length - LENGTH_BYTES))) return 'its header is said to be longer than the file';
  const dataAt = LENGTH_BYTES + Number(length);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(LENGTH_BYTES, dataAt)));
  } catch {
    return 'its header is not JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'its header is not an object';
  return { entries: Object.entries(value), dataAt };
}

/** Two arrays that share bytes, by name; a small file could make many large ones of them. */
function overlap(entries: readonly [string, unknown][]): readonly [string, string] | null {
  const places = entries.flatMap(([name, entry]) => {
    const parsed = name === METADATA ? null : entrySchema.safeParse(entry);
    return parsed?.success === true ? [{ name, begin: parsed.data.data_offsets[0], end: parsed.data.data_offsets[1] }] : [];
  });
  places.sort((a, b) => a.begin - b.begin || a.end - b.end);
  for (const [index, { name, begin }] of places.entries()) {
    const before = places[index - 1];
    if (before !== undefined && begin < before.end) return [before.name, name];
  }
  return null;
}

interface Reader {
  readonly size: number;
  readonly read: (view: DataView, at: number) => number;
}

const READERS: ReadonlyMap<string, Reader> = new Map([
  ['F32', { size: 4, read: (view: DataView, at: number) => view.getFloat32(at, true) }],
  ['F64', { size: 8, read: (view: DataView, at: number) => view.getFloat64(at, true) }],
  ['F16', { size: 2, read: (view: DataView, at: number) => view.getFloat16(at, true) }],
]);

function readArray(data: Uint8Array, { dtype, shape, data_offsets: [begin, end] }: z.infer<typeof entrySchema>): Float32Array | string {
  const reader = READERS.get(dtype);
  if (reader === undefined) return `holds ${dtype}, and only F32, F64 and F16 are weights here`;
  const count = shape.reduce((product, axis) => product * axis, 1);
  if (end - begin !== count * reader.size) return `has ${end - begin} bytes where its shape ${shape.join(' x ')} needs ${count * reader.size}`;
  if (end > data.length) return 'ends behind the end of the file';
  const view = new DataView(data.buffer, data.byteOffset + begin, end - begin);
  return Float32Array.from({ length: count }, (_, place) => reader.read(view, place * reader.size));
}

function damaged(how: string): ReadSafetensors {
  return { ok: false, problems: [problem('U042', `The file is not a whole safetensors file: ${how}.`, 'Write it again, or choose another file.')] };
}
