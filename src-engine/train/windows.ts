import type { Batch, Dataset } from '../data/dataset.ts';
import type { TrainingOptions } from './options.ts';

/** Steps of a window where the project names none. */
const DEFAULT_WINDOW = 50;

/** A piece of a batch's steps, [start, start + steps). */
export interface Window {
  readonly start: number;
  readonly steps: number;
  /** Some loss falls into it: it makes an update. The others only hand their states on. */
  readonly counts: boolean;
}

/** The windows of `length` steps that a batch is cut into, up to the last with a loss; of a batch without any loss, all. */
export function windowsOf(batch: Batch, length: number): readonly Window[] {
  const windows: Window[] = [];
  for (let start = 0; start < batch.steps; start += length) {
    const steps = Math.min(length, batch.steps - start);
    windows.push({ start, steps, counts: hasLoss(batch, start, steps) });
  }
  const last = windows.findLastIndex(({ counts }) => counts);
  // An update without a gradient, as whole sequences make it, so that every batch makes one.
  return last === -1 ? windows.map((each, index) => ({ ...each, counts: index === windows.length - 1 })) : windows.slice(0, last + 1);
}

/** A window's part of its batch, as a batch of its own. A row that does not end in it has no target of its sequence there. */
export function cutWindow(batch: Batch, { start, steps }: Window): Batch {
  const lengths = batch.lengths.map((length) => Math.min(steps, Math.max(0, length - start)));
  return { rows: batch.rows, size: batch.size, steps, lengths, inputs: cutInputs(batch, start, steps), targets: cutTargets(batch, start, steps) };
}

/** The first `length` steps of a batch, as sequences of their own; the whole batch where `length` is null. */
export function firstWindow(batch: Batch, length: number | null): Batch {
  return length === null || length >= batch.steps ? batch : cutWindow(batch, { start: 0, steps: length, counts: true });
}

/** True for rows whose last step is in the window. */
export function endsWithin(length: number, { start, steps }: Pick<Window, 'start' | 'steps'>): boolean {
  return length > start && length <= start + steps;
}

/** Updates of an epoch, where batches are put together by length as they mostly are. */
export function updatesPerEpoch({ split, offsets, targets }: Dataset, batchSize: number, length: number): number {
  const lengths = Array.from(split.train, (example) => (offsets[example + 1] ?? 0) - (offsets[example] ?? 0)).sort((a, b) => a - b);
  let updates = 0;
  for (let start = 0; start < lengths.length; start += batchSize) {
    const windows = lengths.slice(start, start + batchSize).map((steps) => Math.ceil(steps / length));
    updates += targets.perStep ? Math.max(...windows) : new Set(windows).size;
  }
  return updates;
}

function hasLoss(batch: Batch, start: number, steps: number): boolean {
  const { targets, lengths, size } = batch;
  if (targets === null) return false;
  if (!targets.perStep) {
    return lengths.some((length, row) => endsWithin(length, { start, steps }) && (targets.kind === 'numbers' || (targets.values[row] ?? -1) >= 0));
  }
  if (targets.kind === 'numbers') return lengths.some((length) => length > start);
  return targets.values.subarray(start * size, (start + steps) * size).some((target) => target >= 0);
}

function cutInputs({ inputs, size }: Batch, start: number, steps: number): Batch['inputs'] {
  if (inputs.kind === 'tokens') return { kind: 'tokens', ids: inputs.ids.subarray(start * size, (start + steps) * size) };
  if (inputs.kind === 'vectors') throw new Error('a vector has no steps to cut into windows');
  const { width, values } = inputs;
  return { kind: 'features', width, values: values.subarray(start * size * width, (start + steps) * size * width) };
}

function cutTargets({ targets, size }: Batch, start: number, steps: number): Batch['targets'] {
  if (targets?.perStep !== true) return targets;
  if (targets.kind === 'classes') return { ...targets, values: targets.values.subarray(start * size, (start + steps) * size) };
  const { width } = targets;
  return { ...targets, values: targets.values.subarray(start * size * width, (start + steps) * size * width) };
}

/** Steps of a window of truncated BPTT; null where sequences are not cut. */
export function windowLength({ bptt }: Pick<TrainingOptions, 'bptt'>): number | null {
  return bptt?.mode === 'truncated' ? (bptt.window ?? DEFAULT_WINDOW) : null;
}
