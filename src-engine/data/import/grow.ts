import { at } from '../at.ts';
import type { MemoryBudget } from './memory-budget.ts';

/** Values of one block: 256 KiB of float64. */
const BLOCK = 1 << 15;

/** Numbers that come one by one, kept in blocks, so that growing copies nothing. */
export class GrowingFloats {
  readonly #budget: MemoryBudget;
  readonly #blocks: Float64Array[] = [];
  #length = 0;

  constructor(budget: MemoryBudget) {
    this.#budget = budget;
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    const place = this.#length % BLOCK;
    if (place === 0) {
      this.#budget.take(8 * BLOCK);
      this.#blocks.push(new Float64Array(BLOCK));
    }
    const block = this.#blocks.at(-1);
    if (block !== undefined) block[place] = value;
    this.#length += 1;
  }

  get(index: number): number {
    return at(this.#blocks[Math.floor(index / BLOCK)] ?? [], index % BLOCK);
  }

  /** All of them in one array; the blocks are let go. */
  take(): Float64Array {
    this.#budget.take(8 * this.#length);
    const result = new Float64Array(this.#length);
    for (const [index, block] of this.#blocks.entries()) result.set(block.subarray(0, Math.min(BLOCK, this.#length - index * BLOCK)), index * BLOCK);
    this.#budget.give(8 * BLOCK * this.#blocks.length);
    this.#blocks.length = 0;
    return result;
  }
}

/** The same for whole numbers. */
export class GrowingInts {
  readonly #budget: MemoryBudget;
  readonly #blocks: Int32Array[] = [];
  #length = 0;

  constructor(budget: MemoryBudget) {
    this.#budget = budget;
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    const place = this.#length % BLOCK;
    if (place === 0) {
      this.#budget.take(4 * BLOCK);
      this.#blocks.push(new Int32Array(BLOCK));
    }
    const block = this.#blocks.at(-1);
    if (block !== undefined) block[place] = value;
    this.#length += 1;
  }

  /** All of them in one array; the blocks are let go. */
  take(): Int32Array {
    this.#budget.take(4 * this.#length);
    const result = new Int32Array(this.#length);
    for (const [index, block] of this.#blocks.entries()) result.set(block.subarray(0, Math.min(BLOCK, this.#length - index * BLOCK)), index * BLOCK);
    this.#budget.give(4 * BLOCK * this.#blocks.length);
    this.#blocks.length = 0;
    return result;
  }
}
