import { z } from 'zod';
import { crc32 } from './crc32.ts';

/**
 * A checkpoint file, little endian: 8 bytes `UNROLLCP`; uint32 version = 1; uint32 n, bytes of the head; n bytes of JSON, the head; the
 * numbers, one array after another as `head.arrays` says, in the head's type; uint32 CRC-32 of all before it.
 */
const MAGIC = 'UNROLLCP';
const VERSION = 1;
const HEAD_AT = MAGIC.length + 8;
const CHECKSUM_BYTES = 4;

const ARRAYS = ['weights', 'moments', 'best', 'carried'] as const;

const whole = z.int().nonnegative();
const finiteOrNull = z.number().nullable();

const headSchema = z.object({
  /** What the run was made of; a run made of something else refuses the file. */
  model: z.object({
    identity: z.string(),
    optimizer: z.string(),
    batchSize: whole,
    seed: whole,
    trainable: z.array(z.object({ name: z.string(), shape: z.array(whole) })),
  }),
  step: whole,
  cursor: z.object({ random: z.array(z.int()).length(4).readonly(), next: whole, epochs: whole, windowsLeft: whole }),
  /** The project's rate, and the one it had been changed to. */
  learningRate: z.object({ project: z.number(), present: z.number() }),
  seconds: z.number().nonnegative(),
  course: z.object({
    history: z.array(z.object({ epoch: whole, step: whole, validationLoss: finiteOrNull, validationScore: finiteOrNull })).readonly(),
    best: z.object({ epoch: whole, step: whole, loss: z.number() }).nullable(),
    waited: whole,
    plateau: z.object({ lowest: finiteOrNull, waited: whole, factor: z.number() }),
  }),
  type: z.enum(['float32', 'float64']),
  arrays: z.object({ weights: whole, moments: whole, best: whole, carried: whole }),
});

export type CheckpointHead = Omit<z.infer<typeof headSchema>, 'type' | 'arrays'>;
type Floats = Float32Array | Float64Array;

export interface Checkpoint {
  readonly head: CheckpointHead;
  /** All of one type. `weights` are the trainable parameters; `moments` the optimiser's state; `best` the weights of the best validation, or none; `carried` the states between two windows. */
  readonly arrays: Readonly<Record<(typeof ARRAYS)[number], Floats>>;
}

export type DecodedCheckpoint =
  { readonly ok: true; readonly checkpoint: Checkpoint } | { readonly ok: false; readonly fault: 'damaged' | 'newer'; readonly sentence: string };

export function encodeCheckpoint({ head, arrays }: Checkpoint): Uint8Array {
  const type = arrays.weights instanceof Float64Array ? 'float64' : 'float32';
  const counts = Object.fromEntries(ARRAYS.map((name) => [name, arrays[name].length]));
  const text = new TextEncoder().encode(JSON.stringify({ ...head, type, arrays: counts }));
  const width = type === 'float64' ? 8 : 4;
  const numbers = ARRAYS.reduce((total, name) => total + arrays[name].length * width, 0);
  const bytes = new Uint8Array(HEAD_AT + text.length + numbers + CHECKSUM_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC), 0);
  view.setUint32(MAGIC.length, VERSION, true);
  view.setUint32(MAGIC.length + 4, text.length, true);
  bytes.set(text, HEAD_AT);
  let at = HEAD_AT + text.length;
  for (const name of ARRAYS) {
    const { buffer, byteOffset, byteLength } = arrays[name];
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  view.setUint32(at, crc32(bytes.subarray(0, at)), true);
  return bytes;
}

/** Reads what may be anything: a file of another kind, cut off, or with a bit turned over. */
export function decodeCheckpoint(bytes: Uint8Array): DecodedCheckpoint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEAD_AT + CHECKSUM_BYTES || new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) {
    return damaged('It is no checkpoint of Unroll, or only the first few bytes of one.');
  }
  const version = view.getUint32(MAGIC.length, true);
  if (version > VERSION) return { ok: false, fault: 'newer', sentence: `It has version ${version}; this version of Unroll reads version ${VERSION}.` };
  const end = bytes.length - CHECKSUM_BYTES;
  if (crc32(bytes.subarray(0, end)) !== view.getUint32(end, true)) return damaged('Its checksum is wrong: it is cut off, or was changed.');
  const headEnd = HEAD_AT + view.getUint32(MAGIC.length + 4, true);
  const head = headSchema.safeParse(parseJson(bytes.subarray(HEAD_AT, Math.min(headEnd, end))));
  if (!head.success) return damaged('Its head cannot be read.');
  const { type, arrays: counts, ...rest } = head.data;
  const width = type === 'float64' ? 8 : 4;
  if (headEnd + ARRAYS.reduce((total, name) => total + counts[name] * width, 0) !== end) return damaged('Its length is not what its head says.');
  let at = headEnd;
  const take = (count: number): Floats => {
    // A copy, which a Buffer's `slice` is not: an array's first byte need not be where its type wants it.
    const { buffer } = new Uint8Array(bytes.subarray(at, at + count * width));
    at += count * width;
    return type === 'float64' ? new Float64Array(buffer) : new Float32Array(buffer);
  };
  const arrays = { weights: take(counts.weights), moments: take(counts.moments), best: take(counts.best), carried: take(counts.carried) };
  return { ok: true, checkpoint: { head: rest, arrays } };
}

function damaged(sentence: string): DecodedCheckpoint {
  return { ok: false, fault: 'damaged', sentence };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
