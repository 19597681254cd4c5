import { entryAt, rememberThinned } from '../../history/thin-history.ts';
import type { TrainingRun } from '../../train/training-run.ts';

/** A step of the run whose weights are kept. */
export interface KeptStep {
  /** Updates made. */
  readonly step: number;
  /** Epochs begun. */
  readonly epoch: number;
}

interface Snapshot extends KeptStep {
  /** What training changes, by name: copies. */
  readonly weights: ReadonlyMap<string, Float32Array>;
}

/** What a question about a model needs of its run: the present one, or how it once was. */
export type Moment = Pick<TrainingRun, 'step' | 'readParameters'>;

/** Milliseconds between two snapshots; the end of an epoch does not wait for them. */
const EVERY = 250;
/** Taking them costs at most this share of the time. */
const SHARE = 0.01;
const MOST = 60;
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Weights as they were, in memory, so that one can ask what the model answered then: the first ones, those at the ends of epochs and some between them.
 * Bounded in number and bytes, thinned with age; a model whose weights alone would fill half of that is not kept at all. Training reads nothing of them.
 */
export class Snapshots {
  private kept: readonly Snapshot[] = [];
  /** Not before: `EVERY` after the last one, and so late that the share of time is kept. */
  private next = 0;
  private nextByShare = 0;

  /** To be called before an update, and with `end` after the last one; takes the weights where it is time to. `now` in milliseconds. */
  keep(run: TrainingRun, now: () => number, end = false): void {
    const began = now();
    const due = this.kept.length === 0 || end || (began >= this.nextByShare && (began >= this.next || run.atEpochEnd));
    if (!due || this.kept.at(-1)?.step === run.step) return;
    const weights = run.readParameters('trainable');
    const bytes = [...weights.values()].reduce((sum, values) => sum + values.byteLength, 0);
    if (bytes <= MOST_BYTES / 2) {
      const most = Math.min(MOST, Math.floor(MOST_BYTES / Math.max(1, bytes)));
      this.kept = rememberThinned(this.kept, { step: run.step, epoch: run.epoch, weights }, most);
    }
    const ended = now();
    this.next = ended + EVERY;
    this.nextByShare = ended + (ended - began) / SHARE;
  }

  forget(): void {
    this.kept = [];
    this.next = 0;
    this.nextByShare = 0;
  }

  /** Oldest first. */
  get steps(): readonly KeptStep[] {
    return this.kept.map(({ step, epoch }) => ({ step, epoch }));
  }

  /** The run as it was at a step: at the latest kept one that is not after it. The present one where `step` is left out or nothing is kept. */
  moment(run: TrainingRun, step: number | undefined): Moment {
    const found = step === undefined ? undefined : entryAt(this.kept, step);
    if (found === undefined) return run;
    return { step: found.step, readParameters: () => new Map([...run.readParameters(), ...found.weights]) };
  }
}
