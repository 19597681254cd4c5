import { uniformFloat32 } from 'pure-rand/distribution/uniformFloat32';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { INSTRUCTIONS, type InstructionName, type Operand } from '../../src-engine/ir/instruction-set.ts';

/** Data of programs starts here; see src-engine/kernels/assembly/reserved.ts. */
const FIRST = 64;

/** What memory holds before an instruction runs: float arrays, integer arrays, and guards between them that no instruction may touch. */
export class MemoryImage {
  readonly values: number[] = Array.from({ length: FIRST }, () => 0);
  /** Offsets that hold an int32. */
  readonly integers = new Set<number>();
  /** Offsets whose value after the run nothing defines (gates of masked rows). */
  readonly undefinedAfter = new Set<number>();
  readonly tape: number[] = [];
  private readonly random: RandomGenerator;

  constructor(seed: number) {
    this.random = xoroshiro128plus(seed);
  }

  int(low: number, high: number): number {
    return uniformInt(this.random, low, high);
  }

  float(low = -1, high = 1): number {
    return Math.fround(low + (high - low) * uniformFloat32(this.random));
  }

  /** `count` uniform float32 in [low, high); returns their offset. Arrays start anywhere: alignment must not matter. */
  floats(count: number, low = -1, high = 1): number {
    return this.place(Array.from({ length: count }, () => this.float(low, high)));
  }

  place(values: readonly number[]): number {
    this.guard();
    const at = this.values.length;
    for (const value of values) this.values.push(Math.fround(value));
    this.guard();
    return at;
  }

  ints(values: readonly number[]): number {
    this.guard();
    const at = this.values.length;
    values.forEach((value, index) => {
      this.values.push(value);
      this.integers.add(at + index);
    });
    return at;
  }

  instruction<N extends InstructionName>(name: N, operands: Readonly<Record<Operand<N>, number>>): void {
    const { code, operands: order } = INSTRUCTIONS[name];
    const words = (order as readonly Operand<N>[]).map((each) => operands[each]);
    this.tape.push(code, words.length + 2, ...words);
  }

  leaveUndefined(at: number, count: number): void {
    for (let offset = at; offset < at + count; offset++) this.undefinedAfter.add(offset);
  }

  private guard(): void {
    const length = this.int(1, 5);
    for (let each = 0; each < length; each++) this.values.push(this.float(7, 9));
  }
}

const floats = new Float32Array(1);
const bits = new Int32Array(floats.buffer);

/** The operand that carries a float. */
export function floatBits(value: number): number {
  floats[0] = value;
  return bits[0]!;
}
