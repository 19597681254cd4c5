import { z } from 'zod';
import type { RunSummary } from '../../contract.ts';
import type { ProbeLayer } from '../../../src-engine/session/protocol.ts';

/** What the store keeps of a run beside its numbers; `meta` of its row, as JSON. */
export interface RunRecord extends Omit<RunSummary, 'own' | 'bytes' | 'hasWeights'> {
  /** Of the project it belongs to: its file's path, or what the window calls a document that is in no file. */
  readonly project: string;
  /** Folder that relative paths of its data start from; null where there is none. */
  readonly folder: string | null;
  readonly probeLayers: readonly ProbeLayer[];
  /** T of the longest sequence. */
  readonly longest: number;
  /** The payloads of these events, as JSON values. */
  readonly stopped: unknown;
  readonly done: unknown;
}

const number = z.number().nullable();

/** JSON has no NaN; null is read as it. */
const float = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);

const record = z.object({
  id: z.string(),
  project: z.string(),
  folder: z.string().nullable(),
  projectName: z.string(),
  name: z.string(),
  started: z.number(),
  ended: number,
  pinned: number,
  state: z.enum(['running', 'paused', 'done', 'failed', 'ended', 'interrupted']),
  difference: z.array(z.string()).nullable(),
  steps: z.number(),
  seconds: z.number(),
  loss: number,
  score: z
    .object({
      part: z.enum(['validation', 'test']),
      metric: z.enum(['accuracy', 'exact-match', 'perplexity', 'bits-per-character', 'rmse', 'mae']),
      score: float,
    })
    .nullable(),
  parameters: z.number(),
  probeLayers: z.array(z.object({ layer: z.string(), direction: z.enum(['forward', 'backward']), node: z.string() })),
  longest: z.number(),
  stopped: z.unknown(),
  done: z.unknown(),
});

/** Null where the text is none that this version wrote. */
export function parseRecord(text: string): RunRecord | null {
  try {
    const { stopped, done, ...rest } = record.parse(JSON.parse(text));
    return { ...rest, stopped: stopped ?? null, done: done ?? null };
  } catch {
    return null;
  }
}
