import { at } from '../at.ts';
import type { MemoryBudget } from './memory-budget.ts';

type Numbers = Float64Array | Int32Array;

interface ArrayOf<A extends Numbers> {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): A;
}

/** Values of one block: 256 KiB of float64. */
const BLOCK = 1 << 15;

/** Numbers that come one by one, kept in blocks of arrays of the given kind, so that growing copies nothing. */
export class Growing<A extends Numbers> {
  readonly #array: ArrayOf<A>;
  readonly #budget: MemoryBudget;
  readonly #blocks: A[] = [];
  #length = 0;

  constructor(array: ArrayOf<A>, budget: MemoryBudget) {
    this.#array = array;
    this.#budget = budget;
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    const place = this.#length % BLOCK;
    if (place === 0) this.#blocks.push(this.#zeros(BLOCK));
    const block: Numbers | undefined = this.#blocks.at(-1);
    if (block !== undefined) block[place] = value;
    this.#length += 1;
  }

  get(index: number): number {
    return at(this.#blocks[Math.floor(index / BLOCK)] ?? [], index % BLOCK);
  }

  /** All of them in one array; the blocks are let go. */
  take(): A {
    const result = this.#zeros(this.#length);
    for (const [index, block] of this.#blocks.entries()) result.set(block.subarray(0, Math.min(BLOCK, this.#length - index * BLOCK)), index * BLOCK);
    this.#budget.give(this.#array.BYTES_PER_ELEMENT * BLOCK * this.#blocks.length);
    this.#blocks.length = 0;
    return result;
  }

  #zeros(length: number): A {
    this.#budget.take(this.#array.BYTES_PER_ELEMENT * length);
    return new this.#array(length);
  }
}
