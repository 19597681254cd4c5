import type { LossPoints } from '../bridge/decode-frames.ts';

/** Every point of the present run, in arrays that double when full. Entries from `length` on mean nothing. */
export class LossSeries {
  length = 0;
  step = new Float64Array(1024);
  trainLoss = new Float64Array(1024);
  learningRate = new Float64Array(1024);
  /** 1 where the update was clipped. */
  clipped = new Float64Array(1024);

  /** Points at or before a step already known replace what followed it: the run was reset, or the frame came twice. */
  append(points: LossPoints): void {
    const first = points.step[0];
    if (first === undefined) return;
    while (this.length > 0 && (this.step[this.length - 1] ?? 0) >= first) this.length--;
    this.reserve(this.length + points.step.length);
    this.step.set(points.step, this.length);
    this.trainLoss.set(points.trainLoss, this.length);
    this.learningRate.set(points.learningRate, this.length);
    this.clipped.set(points.clipped, this.length);
    this.length += points.step.length;
  }

  /** Mean train loss of at most `count` updates that end at `step`; NaN where there are none. */
  meanLoss(step: number, count: number): number {
    let end = this.length;
    while (end > 0 && (this.step[end - 1] ?? 0) > step) end--;
    const losses = this.trainLoss.subarray(Math.max(0, end - count), end);
    return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  }

  /** Share of the last `count` updates whose gradient was clipped; 0 where there are none. */
  clippedShare(count = 200): number {
    const latest = this.clipped.subarray(Math.max(0, this.length - count), this.length);
    return latest.reduce((sum, each) => sum + each, 0) / Math.max(1, latest.length);
  }

  /** Steps at which the learning rate became another one and stayed so; what a schedule changes at every step is a curve of its own. */
  learningRateChanges(): readonly { readonly step: number; readonly learningRate: number }[] {
    const changes: { step: number; learningRate: number }[] = [];
    const changed = (index: number): boolean => index > 0 && index < this.length && this.learningRate[index] !== this.learningRate[index - 1];
    for (let index = 1; index < this.length; index++) {
      if (!changed(index) || changed(index - 1) || changed(index + 1)) continue;
      changes.push({ step: this.step[index] ?? 0, learningRate: this.learningRate[index] ?? 0 });
    }
    return changes;
  }

  private reserve(needed: number): void {
    if (needed <= this.step.length) return;
    let capacity = this.step.length;
    while (capacity < needed) capacity *= 2;
    this.step = grown(this.step, capacity);
    this.trainLoss = grown(this.trainLoss, capacity);
    this.learningRate = grown(this.learningRate, capacity);
    this.clipped = grown(this.clipped, capacity);
  }
}

function grown(old: Float64Array<ArrayBuffer>, capacity: number): Float64Array<ArrayBuffer> {
  const bigger = new Float64Array(capacity);
  bigger.set(old);
  return bigger;
}
