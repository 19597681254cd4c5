import { epochBatches, makeBatch } from '../data/batching.ts';
import type { Batch, Dataset } from '../data/dataset.ts';
import { createRandom, randomFromState, randomState, type Random } from '../data/random.ts';

/** Where in the data a run stands: enough to draw the same batches again. */
export interface CursorState {
  /** State of the stream before it drew the present epoch's batches. */
  readonly random: readonly number[];
  /** Batches of the present epoch that were used. */
  readonly next: number;
  /** Epochs begun. */
  readonly epochs: number;
}

/** The training part in batches, epoch after epoch, each in an order of its own drawn from the seed. */
export class DataCursor {
  private readonly dataset: Dataset;
  private readonly batchSize: number;
  private random: Random;
  private drawnFrom: readonly number[];
  private queue: readonly Int32Array[] = [];
  private used = 0;
  private begun = 0;

  constructor(dataset: Dataset, batchSize: number, seed: number) {
    this.dataset = dataset;
    this.batchSize = batchSize;
    // Apart from the weights' stream: another seed of the same generator.
    this.random = createRandom(seed ^ 0x5eed);
    this.drawnFrom = randomState(this.random);
  }

  /** Epochs begun. */
  get epochs(): number {
    return this.begun;
  }

  /** True when the present epoch has no batch left. */
  get atEnd(): boolean {
    return this.used >= this.queue.length;
  }

  next(): Batch {
    if (this.atEnd) {
      this.draw();
      this.begun += 1;
    }
    const examples = this.queue[this.used];
    if (examples === undefined) throw new Error('an epoch without batches');
    this.used += 1;
    return makeBatch(this.dataset, examples, this.batchSize);
  }

  get state(): CursorState {
    return { random: this.drawnFrom, next: this.used, epochs: this.begun };
  }

  /** Goes to where `state` was taken; false, and nothing is changed, where this data has no such place. */
  restore({ random, next, epochs }: CursorState): boolean {
    const batches = epochs === 0 ? 0 : Math.ceil(this.dataset.split.train.length / this.batchSize);
    if (next > batches) return false;
    this.random = randomFromState(random);
    this.drawnFrom = random;
    this.queue = [];
    if (epochs > 0) this.draw();
    this.used = next;
    this.begun = epochs;
    return true;
  }

  private draw(): void {
    this.drawnFrom = randomState(this.random);
    this.queue = epochBatches(this.dataset, 'train', this.batchSize, this.random);
    this.used = 0;
  }
}
