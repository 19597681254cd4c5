import { encodeCheckpoint, type Checkpoint } from '../../train/checkpoint.ts';
import type { TrainingRun } from '../../train/training-run.ts';

/** Milliseconds between two states that are kept. */
const EVERY = 2000;
/** Keeping takes at most this share of the time. */
const SHARE = 0.01;

/**
 * The last state of a run whose numbers were all finite, in memory: what is left of a run that stops at a number that is not. A state counts once
 * the loss and the gradient that follow from it were finite too: an update can leave weights that are finite and lost. Two copies of the weights and
 * the optimiser's state at most; changes nothing that training reads.
 */
export class LastFinite {
  private kept: Checkpoint | null = null;
  private candidate: Checkpoint | null = null;
  private next = 0;

  /** To be called before each update; takes the state where it is time to. `seconds` of training so far, `now` in milliseconds. */
  keep(run: TrainingRun, seconds: number, now: () => number): void {
    const began = now();
    if (began < this.next) return;
    const state = run.state(seconds);
    this.candidate = allFinite(state) ? state : null;
    this.next = began + Math.max(EVERY, (now() - began) / SHARE);
  }

  /** The update after `keep` was made: its loss and gradient were finite. */
  confirm(): void {
    this.kept = this.candidate ?? this.kept;
    this.candidate = null;
  }

  forget(): void {
    this.kept = null;
    this.candidate = null;
    this.next = 0;
  }

  /** Updates made before the kept state; null where there is none. */
  get step(): number | null {
    return this.last?.head.step ?? null;
  }

  /** A checkpoint file; null where none was kept. */
  encode(): Uint8Array | null {
    return this.last === null ? null : encodeCheckpoint(this.last);
  }

  /** Where the very first update was refused, the state that it started from. */
  private get last(): Checkpoint | null {
    return this.kept ?? this.candidate;
  }
}

function allFinite({ arrays }: Checkpoint): boolean {
  return [arrays.weights, arrays.moments, arrays.carried].every((values) => {
    let total = 0;
    for (let e = 0; e < values.length; e++) total += (values[e] ?? 0) * 0;
    return total === 0;
  });
}
