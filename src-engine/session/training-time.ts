/** Where a run ends: at the first of them. */
export interface Limit {
  readonly steps: number;
  readonly seconds: number;
  readonly epochs: number;
}

export const NO_LIMIT: Limit = { steps: Infinity, seconds: Infinity, epochs: Infinity };

/** The time left goes by the speed over this last share of the time trained: early enough to be calm, late enough to follow a machine that became slower. */
const RECENT = 1 / 3;
/** Of the time trained: how far apart two points are that the speed is measured between. */
const APART = 1 / 64;

/** How far a run was after so many milliseconds. */
interface Mark {
  readonly step: number;
  readonly spent: number;
}

/**
 * How long a run has trained, how fast it is, and how long it will take. By the clock on the wall: what stands between two updates (telling of them, answers
 * to questions) counts too, pauses do not.
 */
export class TrainingTime {
  private spent = 0; // milliseconds
  private since = 0;
  private marks: Mark[] = [];

  /** A run begins, at `step` after `seconds` where it goes on from a checkpoint. */
  restart(step = 0, seconds = 0): void {
    this.spent = seconds * 1000;
    this.marks = [{ step, spent: this.spent }];
  }

  /** Training begins, or goes on after a pause. `now` in milliseconds. */
  begin(now: number): void {
    this.since = now;
  }

  /** An update has ended at `step`. */
  add(now: number, step: number): void {
    this.spent += now - this.since;
    this.since = now;
    const { marks, spent } = this;
    if (spent > (marks.at(-1)?.spent ?? 0) * (1 + APART)) marks.push({ step, spent });
    while ((marks[1]?.spent ?? Infinity) <= spent * (1 - RECENT)) marks.shift();
  }

  get milliseconds(): number {
    return this.spent;
  }

  get seconds(): number {
    return this.spent / 1000;
  }

  /** Mean over the whole run, at `step`. */
  stepsPerSecond(step: number): number {
    return step / Math.max(this.seconds, 1e-9);
  }

  /** Seconds until `steps` updates are made or `seconds` are spent, whichever comes first; at `step`, by the speed of late. Null where neither can be said. */
  secondsLeft(step: number, { steps, seconds }: Pick<Limit, 'steps' | 'seconds'>): number | null {
    const from = this.marks[0] ?? { step: 0, spent: 0 };
    const speed = (step - from.step) / Math.max((this.spent - from.spent) / 1000, 1e-9);
    const left = Math.min(seconds - this.seconds, speed > 0 ? (steps - step) / speed : Infinity);
    return Number.isFinite(left) ? Math.max(0, left) : null;
  }
}
