/** Milliseconds between the begins of two probes where nobody has chosen otherwise. */
const EVERY = 150;
/** Probes take at most this share of the time, however often they are wanted. */
const SHARE = 0.05;

/** Milliseconds of training between two probes, and the share of the time that they take, 0..1. */
export interface ProbeRate {
  readonly every: number;
  readonly share: number;
}

/** When the next probe is due. Times in milliseconds. */
export class ProbePace {
  private every = EVERY;
  private count = 0;
  private spent = 0;
  /** Training time when the first probe began. */
  private since = 0;
  private next = 0;
  /** The last probe: when it began and what it has cost; null before there was one. */
  private last: { readonly began: number; cost: number } | null = null;

  isDue(now: number): boolean {
    return now >= this.next;
  }

  /** A probe begins now, after `trained` of training; `charge` tells what it costs. */
  begin(now: number, trained: number): void {
    if (this.count === 0) this.since = trained;
    this.count += 1;
    this.last = { began: now, cost: 0 };
  }

  /** Mean time from one probe to the next after `trained` of training, and the share of it that probes took; null before the second one. */
  rate(trained: number): ProbeRate | null {
    const time = trained - this.since;
    return this.count < 2 || time <= 0 ? null : { every: time / (this.count - 1), share: Math.min(1, this.spent / time) };
  }

  charge(cost: number): void {
    if (this.last !== null) this.last.cost += cost;
    this.spent += cost;
    this.settle();
  }

  /** Counts from the last probe's begin. */
  choose(every: number): void {
    this.every = every;
    this.settle();
  }

  /** A new run: the first probe is due at once. */
  restart(): void {
    this.last = null;
    this.next = 0;
    this.count = 0;
    this.spent = 0;
  }

  private settle(): void {
    if (this.last !== null) this.next = this.last.began + Math.max(this.every, this.last.cost / SHARE);
  }
}
