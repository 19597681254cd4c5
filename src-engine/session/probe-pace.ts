/** Milliseconds between the begins of two probes where nobody has chosen otherwise. */
const EVERY = 150;
/** Probes take at most this share of the time, however often they are wanted. */
const SHARE = 0.05;

/** When the next probe is due. Times in milliseconds. */
export class ProbePace {
  private every = EVERY;
  private next = 0;
  /** The last probe: when it began and what it has cost; null before there was one. */
  private last: { readonly began: number; cost: number } | null = null;

  isDue(now: number): boolean {
    return now >= this.next;
  }

  /** A probe begins now; `charge` tells what it costs. */
  begin(now: number): void {
    this.last = { began: now, cost: 0 };
  }

  charge(cost: number): void {
    if (this.last !== null) this.last.cost += cost;
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
  }

  private settle(): void {
    if (this.last !== null) this.next = this.last.began + Math.max(this.every, this.last.cost / SHARE);
  }
}
