import type { LossPoints } from './decode-frames.ts';

/** Most points that a series keeps: 131,072. */
const MOST_POINTS = 2 ** 17;
const FIRST_CAPACITY = 1024;
const COLUMNS = 6;
const BYTES = 8;

/**
 * The points of one run in arrays that double until they hold `most`; a longer run is thinned with age (`thin`), so that the series is bounded and its
 * first and last points, its extremes and whatever is not finite stay. Entries from `length` on mean nothing.
 */
export class LossSeries {
  length = 0;
  step = new Float64Array(FIRST_CAPACITY);
  trainLoss = new Float64Array(FIRST_CAPACITY);
  learningRate = new Float64Array(FIRST_CAPACITY);
  /** 1 where the update was clipped. */
  clipped = new Float64Array(FIRST_CAPACITY);
  /** Mean train loss of the updates that a point stands for, and how many they are: itself alone until it is thinned. */
  mean = new Float64Array(FIRST_CAPACITY);
  count = new Float64Array(FIRST_CAPACITY);
  private readonly most: number;

  constructor(most: number = MOST_POINTS) {
    this.most = most;
  }

  /** Points at or before a step already known replace what followed it: the run was reset, or the frame came twice. */
  append(points: LossPoints): void {
    const first = points.step[0];
    if (first === undefined) return;
    while (this.length > 0 && (this.step[this.length - 1] ?? 0) >= first) this.length--;
    for (const [index, step] of points.step.entries()) {
      const loss = points.trainLoss[index] ?? Number.NaN;
      this.push(step, loss, points.learningRate[index] ?? Number.NaN, points.clipped[index] ?? 0, loss, 1);
    }
  }

  /** Mean train loss of at most `count` updates that end at `step`; NaN where there are none. */
  meanLoss(step: number, count: number): number {
    let [sum, updates] = [0, 0];
    for (let index = this.length - 1; index >= 0 && updates < count; index--) {
      if ((this.step[index] ?? 0) > step) continue;
      const stands = Math.min(this.count[index] ?? 1, count - updates);
      sum += stands * (this.mean[index] ?? Number.NaN);
      updates += stands;
    }
    return sum / updates;
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

  /** The whole series as bytes: float64 [length, 6], little endian: step, train loss, learning rate, clipped, mean, count. */
  encode(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.length * COLUMNS * BYTES);
    const view = new DataView(bytes.buffer);
    for (const [column, values] of this.columns().entries()) {
      for (let row = 0; row < this.length; row++) view.setFloat64((row * COLUMNS + column) * BYTES, values[row] ?? 0, true);
    }
    return bytes;
  }

  /** What `encode` wrote. Throws where the bytes are of no whole number of points. */
  static decode(bytes: Uint8Array, most: number = MOST_POINTS): LossSeries {
    const series = new LossSeries(most);
    if (bytes.byteLength % (COLUMNS * BYTES) !== 0) throw new Error(`${String(bytes.byteLength)} bytes are no whole number of points`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.byteLength; at += COLUMNS * BYTES) {
      const value = (column: number): number => view.getFloat64(at + column * BYTES, true);
      series.push(value(0), value(1), value(2), value(3), value(4), value(5));
    }
    return series;
  }

  private columns(): readonly Float64Array[] {
    return [this.step, this.trainLoss, this.learningRate, this.clipped, this.mean, this.count];
  }

  private push(step: number, trainLoss: number, learningRate: number, clipped: number, mean: number, count: number): void {
    if (this.length === this.most) this.thin();
    this.reserve(this.length + 1);
    const at = this.length++;
    this.step[at] = step;
    this.trainLoss[at] = trainLoss;
    this.learningRate[at] = learningRate;
    this.clipped[at] = clipped;
    this.mean[at] = mean;
    this.count[at] = count;
  }

  /**
   * Halves the series: of every stretch of the run the points with the smallest and the largest loss stay, with the mean of all. Stretches grow with the
   * square root of their age, so that the whole run stays as fine as a picture of it needs and the latest part finer.
   */
  private thin(): void {
    const last = this.length - 1;
    const [begin, end] = [this.step[0] ?? 0, this.step[last] ?? 0];
    const stretches = Math.floor(this.most / 4) - 1;
    const stretchOf = (index: number): number => {
      if (index === 0) return -1;
      const age = (end - (this.step[index] ?? 0)) / Math.max(1, end - begin);
      return Math.floor((1 - Math.sqrt(age)) * stretches);
    };
    let kept = 0;
    for (let from = 0; from <= last;) {
      let to = from + 1;
      while (to <= last && stretchOf(to) === stretchOf(from)) to++;
      kept = this.keep(from, to, kept);
      from = to;
    }
    this.length = kept;
  }

  /** Moves what stays of the points [from, to) to `at`; the place after them. */
  private keep(from: number, to: number, at: number): number {
    const extremes = to - from <= 2 ? null : this.extremes(from, to);
    if (extremes === null) {
      for (let index = from; index < to; index++) this.copy(index, at + index - from);
      return at + to - from;
    }
    const { mean, count, low, high } = extremes;
    const chosen = low === high ? [low] : [Math.min(low, high), Math.max(low, high)];
    for (const [offset, index] of chosen.entries()) {
      this.copy(index, at + offset);
      this.mean[at + offset] = mean;
      this.count[at + offset] = count / chosen.length;
    }
    return at + chosen.length;
  }

  private extremes(from: number, to: number): { mean: number; count: number; low: number; high: number } {
    let [low, high, sum, finite, count] = [from, from, 0, 0, 0];
    for (let index = from; index < to; index++) {
      if (heightOf(this.trainLoss, index) < heightOf(this.trainLoss, low)) low = index;
      if (heightOf(this.trainLoss, index) > heightOf(this.trainLoss, high)) high = index;
      const [mean, stands] = [this.mean[index] ?? Number.NaN, this.count[index] ?? 1];
      count += stands;
      if (!Number.isFinite(mean)) continue;
      sum += mean * stands;
      finite += stands;
    }
    return { mean: sum / finite, count, low, high };
  }

  private copy(from: number, to: number): void {
    if (from === to) return;
    for (const values of this.columns()) values[to] = values[from] ?? 0;
  }

  private reserve(needed: number): void {
    if (needed <= this.step.length) return;
    const capacity = Math.min(this.most, this.step.length * 2);
    this.step = grown(this.step, capacity);
    this.trainLoss = grown(this.trainLoss, capacity);
    this.learningRate = grown(this.learningRate, capacity);
    this.clipped = grown(this.clipped, capacity);
    this.mean = grown(this.mean, capacity);
    this.count = grown(this.count, capacity);
  }
}

/** NaN counts as lower than everything, so that a stretch that holds one keeps it. */
function heightOf(losses: Float64Array, index: number): number {
  const loss = losses[index] ?? Number.NaN;
  return Number.isNaN(loss) ? Number.NEGATIVE_INFINITY : loss;
}

function grown(old: Float64Array<ArrayBuffer>, capacity: number): Float64Array<ArrayBuffer> {
  const bigger = new Float64Array(capacity);
  bigger.set(old);
  return bigger;
}
