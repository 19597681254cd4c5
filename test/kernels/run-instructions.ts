import { RESERVED_FLOATS, RESERVED_SCRATCH, RESERVED_WIDE, SCRATCH_FLOATS } from '../../src-engine/kernels/assembly/reserved.ts';
import { runReference } from '../../src-engine/kernels/reference.ts';
import { buildKernels, type Build } from './build-kernels.ts';
import type { MemoryImage } from './memory-image.ts';

const MAXIMUM_PAGES = 65536;
const PAGES = 64;

/** What may change the way to a result, and none of its bits. */
export interface Circumstances {
  readonly threads: number;
  /** Tiles for joined vectors. */
  readonly wide: boolean;
}

/** One instance of the kernels over a memory of 4 MiB and what the scratch takes. */
export class KernelsUnderTest {
  readonly memory = new WebAssembly.Memory({ initial: PAGES, maximum: MAXIMUM_PAGES, shared: true });
  readonly run: (tape: number, begin: number, end: number, thread: number, threads: number) => void;

  constructor(binary: Uint8Array<ArrayBuffer>) {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { memory: this.memory } });
    this.run = instance.exports['run'] as typeof this.run;
  }

  static async build(build: Build): Promise<KernelsUnderTest> {
    return new KernelsUnderTest(await buildKernels(build));
  }

  /** Memory after the image's instructions, each done by `threads` threads one after another. */
  after(image: MemoryImage, { threads, wide }: Circumstances): Float32Array {
    const size = image.values.length;
    const tapeAt = size + 3;
    const scratchAt = tapeAt + image.tape.length + 5;
    const needed = Math.ceil(((scratchAt + threads * SCRATCH_FLOATS) * 4) / 65536);
    if (needed * 65536 > this.memory.buffer.byteLength) this.memory.grow(needed - this.memory.buffer.byteLength / 65536);
    const floats = new Float32Array(this.memory.buffer);
    const ints = new Int32Array(this.memory.buffer);
    image.values.forEach((value, offset) => {
      if (image.integers.has(offset)) ints[offset] = value;
      else floats[offset] = value;
    });
    ints[RESERVED_SCRATCH] = scratchAt;
    ints[RESERVED_WIDE] = wide ? 1 : 0;
    ints.set(image.tape, tapeAt);
    for (let word = 0; word < image.tape.length; word += image.tape[word + 1]!) {
      for (let thread = 0; thread < threads; thread++) this.run(tapeAt, word, word + image.tape[word + 1]!, thread, threads);
    }
    return floats.slice(0, size);
  }
}

export function referenceAfter(image: MemoryImage): Float64Array {
  const memory = Float64Array.from(image.values);
  runReference(memory, Int32Array.from(image.tape), 0, image.tape.length);
  return memory;
}

/** Where the kernels' numbers are not the reference's: offset, value, expected; null when all agree within `tolerance` (relative above 1, absolute below). */
export function firstDisagreement(image: MemoryImage, actual: Float32Array, expected: Float64Array, tolerance: number): string | null {
  const ints = new Int32Array(actual.buffer);
  for (let offset = RESERVED_FLOATS; offset < expected.length; offset++) {
    if (image.undefinedAfter.has(offset)) continue;
    const wanted = expected[offset]!;
    const got = image.integers.has(offset) ? ints[offset]! : actual[offset]!;
    const same = Object.is(got, wanted) || Math.abs(got - wanted) <= tolerance * Math.max(1, Math.abs(wanted));
    if (!same) return `at ${offset}: ${got}, expected ${wanted}`;
  }
  return null;
}

/** Whether everything a program may read is the same bit for bit. */
export function sameBits(a: Float32Array, b: Float32Array): boolean {
  const [bitsA, bitsB] = [new Int32Array(a.buffer), new Int32Array(b.buffer)];
  return bitsA.length === bitsB.length && bitsA.every((bits, offset) => offset < RESERVED_FLOATS || bits === bitsB[offset]);
}
