import { epochBatches, makeBatch } from '../data/batches/batching.ts';
import type { Batch, Dataset } from '../data/dataset.ts';
import { createRandom, randomFromState, randomState, type Random } from '../data/random.ts';
import { cutWindow, endsWithin, windowsOf, type Window } from './windows.ts';
import type { LossSteps } from './write-batch.ts';

/** Where in the data a run stands: enough to draw the same batches again. */
export interface CursorState {
  /** State of the stream before it drew the present epoch's batches. */
  readonly random: readonly number[];
  /** Batches of the present epoch that were used. */
  readonly next: number;
  /** Epochs begun. */
  readonly epochs: number;
  /** Windows still to come of the batch at hand. */
  readonly windowsLeft: number;
}

/** What one update is made of: a batch, or a window of one. */
export interface Piece {
  readonly batch: Batch;
  readonly lossSteps: LossSteps;
  /** Steps of its sequences before it. */
  readonly start: number;
  /** True where the states start from zeros. */
  readonly first: boolean;
  /** The windows before it that have no loss: they only hand their states on. */
  readonly before: readonly Batch[];
}

/** The training part in batches, epoch after epoch, each in an order of its own drawn from the seed; with a window, each batch window after window. */
export class DataCursor {
  private readonly dataset: Dataset;
  private readonly batchSize: number;
  /** Steps of a window; null: whole sequences. */
  private readonly window: number | null;
  private random: Random;
  private drawnFrom: readonly number[];
  private queue: readonly Int32Array[] = [];
  private used = 0;
  private begun = 0;
  private cut: { readonly batch: Batch; readonly windows: readonly Window[] } | null = null;

  constructor(dataset: Dataset, batchSize: number, seed: number, window: number | null) {
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.window = window;
    // Apart from the weights' stream: another seed of the same generator.
    this.random = createRandom(seed ^ 0x5eed);
    this.drawnFrom = randomState(this.random);
  }

  /** Epochs begun. */
  get epochs(): number {
    return this.begun;
  }

  /** True when the present epoch has nothing left. */
  get atEnd(): boolean {
    return this.used >= this.queue.length && this.cut === null;
  }

  next(): Piece {
    if (this.cut !== null) return this.nextWindow(this.cut.batch, this.cut.windows, false);
    if (this.atEnd) {
      this.draw();
      this.begun += 1;
    }
    this.used += 1;
    const batch = this.present();
    if (this.window === null) return { batch, lossSteps: 'all', start: 0, first: true, before: [] };
    return this.nextWindow(batch, windowsOf(batch, this.window), true);
  }

  get state(): CursorState {
    return { random: this.drawnFrom, next: this.used, epochs: this.begun, windowsLeft: this.cut?.windows.length ?? 0 };
  }

  /** Goes to where `state` was taken; false, and nothing is changed, where this data has no such place. */
  restore({ random, next, epochs, windowsLeft }: CursorState): boolean {
    const batches = epochs === 0 ? 0 : Math.ceil(this.dataset.split.train.length / this.batchSize);
    if (next > batches || (windowsLeft > 0 && (this.window === null || next === 0))) return false;
    this.random = randomFromState(random);
    this.drawnFrom = random;
    this.queue = [];
    if (epochs > 0) this.draw();
    this.used = next;
    this.begun = epochs;
    this.cut = null;
    if (windowsLeft === 0 || this.window === null) return true;
    const batch = this.present();
    this.cut = { batch, windows: windowsOf(batch, this.window).slice(-windowsLeft) };
    return true;
  }

  private nextWindow(batch: Batch, windows: readonly Window[], first: boolean): Piece {
    const place = windows.findIndex(({ counts }) => counts);
    const window = windows[place];
    if (window === undefined) throw new Error('a batch without a window that counts');
    const rest = windows.slice(place + 1);
    this.cut = rest.length === 0 ? null : { batch, windows: rest };
    const endsHere = Array.from(batch.lengths, (length) => endsWithin(length, window));
    const before = windows.slice(0, place).map((each) => cutWindow(batch, each));
    return { batch: cutWindow(batch, window), lossSteps: { endsHere }, start: window.start, first, before };
  }

  /** The batch that was drawn last. */
  private present(): Batch {
    const examples = this.queue[this.used - 1];
    if (examples === undefined) throw new Error('an epoch without batches');
    return makeBatch(this.dataset, examples, this.batchSize);
  }

  private draw(): void {
    this.drawnFrom = randomState(this.random);
    this.queue = epochBatches(this.dataset, 'train', this.batchSize, this.random);
    this.used = 0;
  }
}
