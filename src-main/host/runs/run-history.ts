import type { RunHistoryReply } from '../../contract.ts';
import { decodeLossFrame } from '../../../src-engine/history/decode-frames.ts';
import { LossSeries } from '../../../src-engine/history/loss-series.ts';
import { rememberFrame } from '../../../src-engine/history/remember-frame.ts';
import { MOST_VALIDATIONS, rememberThinned } from '../../../src-engine/history/thin-history.ts';
import type { SessionEvents } from '../../../src-engine/session/protocol.ts';
import type { RunChange, StoredHistory } from './run-store.ts';

/** What the store keeps of one run: 8,192 points, 500 validations, and 120 frames or 4 MiB of them. */
const KEPT = { points: 2 ** 13, validations: 500, frames: 120, frameBytes: 4 * 1024 * 1024 } as const;

interface Frame {
  readonly step: number;
  readonly layers: number;
  readonly steps: number;
  readonly data: Uint8Array;
}

/**
 * What a run has shown so far, twice: as a window keeps it, for one that comes later, and thinner, as the store keeps it. Both are bounded however long
 * the run is.
 */
export class RunHistory {
  progress: SessionEvents['progress'] | null = null;
  stopped: SessionEvents['stopped'] | null = null;
  done: SessionEvents['done'] | null = null;
  validations: readonly SessionEvents['validation'][] = [];
  /** Of the gradient before clipping, of all updates heard here. */
  largestNorm = 0;
  readonly #live = { series: new LossSeries(), frames: [] as readonly Frame[] };
  readonly #kept = { series: new LossSeries(KEPT.points), frames: [] as readonly Frame[], validations: [] as readonly SessionEvents['validation'][] };
  #written: readonly Frame[] = [];

  /** A run that the store kept goes on. */
  static of({ points, frames, validations }: StoredHistory, stopped: SessionEvents['stopped'] | null, done: SessionEvents['done'] | null): RunHistory {
    const history = new RunHistory();
    history.#live.series = LossSeries.decode(points);
    history.#kept.series = LossSeries.decode(points, KEPT.points);
    for (const data of frames) history.addFrame(data);
    history.#written = history.#kept.frames;
    for (const validation of validations as readonly SessionEvents['validation'][]) history.addValidation(validation);
    history.stopped = stopped;
    history.done = done;
    return history;
  }

  addLosses(frame: SessionEvents['losses']): void {
    const points = decodeLossFrame(frame);
    this.#live.series.append(points);
    this.#kept.series.append(points);
    for (const norm of points.gradientNorm) this.largestNorm = Number.isFinite(norm) ? Math.max(this.largestNorm, norm) : Number.POSITIVE_INFINITY;
  }

  addValidation(validation: SessionEvents['validation']): void {
    this.validations = rememberThinned(this.validations, validation, MOST_VALIDATIONS);
    this.#kept.validations = rememberThinned(this.#kept.validations, validation, KEPT.validations);
  }

  addFrame(data: SessionEvents['probe']): void {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const frame: Frame = { step: view.getUint32(4, true), layers: view.getUint32(8, true), steps: view.getUint32(12, true), data };
    this.#live.frames = rememberFrame(this.#live.frames, frame);
    this.#kept.frames = rememberFrame(this.#kept.frames, frame, KEPT.frames, KEPT.frameBytes);
  }

  /** Updates seen; 0 before the first. */
  get steps(): number {
    const { step, length } = this.#live.series;
    return length === 0 ? 0 : (step[length - 1] ?? 0);
  }

  get points(): number {
    return this.#live.series.length;
  }

  /** Mean train loss of the last updates; null where it is not finite. */
  get loss(): number | null {
    const loss = this.#live.series.meanLoss(this.steps, 20);
    return Number.isFinite(loss) ? loss : null;
  }

  reply(): RunHistoryReply {
    const { progress, validations, stopped, done } = this;
    const largestNorm = Number.isFinite(this.largestNorm) ? this.largestNorm : null;
    return {
      largestNorm,
      points: base64(this.#live.series.encode()),
      frames: this.#live.frames.map(({ data }) => base64(data)),
      progress,
      validations,
      stopped,
      done,
    };
  }

  /** The store has nothing of it, or not all that it was given. */
  rewrite(): void {
    this.#written = [];
  }

  /** What the store does not have yet. */
  change(): Omit<RunChange, 'record' | 'document'> {
    const [before, now] = [new Set(this.#written), new Set(this.#kept.frames)];
    const dropped = this.#written.filter((frame) => !now.has(frame)).map(({ step }) => step);
    const added = this.#kept.frames.filter((frame) => !before.has(frame));
    this.#written = this.#kept.frames;
    return { points: this.#kept.series.encode(), validations: this.#kept.validations, frames: { added, dropped } };
  }
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
