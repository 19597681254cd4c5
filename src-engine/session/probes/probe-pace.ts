/** Milliseconds between the begins of two probes where nobody has chosen otherwise. */
const EVERY = 150;
/** What the waits aim at. Costs scatter; so aimed, probes stay below a twentieth of the time, however often they are wanted. */
const SHARE = 0.04;
/** The wait goes by the middle one of so many costs: one probe that a busy machine held up for seconds does not silence those after it for minutes. */
const REMEMBERED = 5;

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
  /** Training time when the first probe began; from then until the last one began, and what the probes before that one cost. */
  private since = 0;
  private time = 0;
  private spentBefore = 0;
  private next = 0;
  /** The last probe: when it began and what it has cost; null before there was one. */
  private last: { readonly began: number; cost: number } | null = null;
  /** What the latest probes before the last one cost. */
  private costs: readonly number[] = [];

  isDue(now: number): boolean {
    return now >= this.next;
  }

  /** A probe begins now, after `trained` of training; `charge` tells what it costs. */
  begin(now: number, trained: number): void {
    if (this.count === 0) this.since = trained;
    this.count += 1;
    this.time = trained - this.since;
    this.spentBefore = this.spent;
    if (this.last !== null) this.costs = [...this.costs, this.last.cost].slice(1 - REMEMBERED);
    this.last = { began: now, cost: 0 };
  }

  /** Mean time from one probe to the next, and the share of it that probes took: from the first one's begin to the last one's. Null before the second. */
  get rate(): ProbeRate | null {
    const { count, time, spentBefore } = this;
    return count < 2 || time <= 0 ? null : { every: time / (count - 1), share: Math.min(1, spentBefore / time) };
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
    this.costs = [];
    this.next = 0;
    this.count = 0;
    this.spent = 0;
  }

  private settle(): void {
    if (this.last !== null) this.next = this.last.began + Math.max(this.every, middleOf([...this.costs, this.last.cost]) / SHARE);
  }
}

/** The median; of an even number the smaller of the two in the middle. */
function middleOf(costs: readonly number[]): number {
  return costs.toSorted((a, b) => a - b)[Math.floor((costs.length - 1) / 2)] ?? 0;
}
