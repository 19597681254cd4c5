import { INSTRUCTIONS, type InstructionName, type Operand } from '../ir/instruction-set.ts';
import type { Section } from '../ir/program.ts';

/** Writes instructions one after another; operands are named, so that a call reads like the table in `instruction-set.ts`. */
export class Tape {
  private words = new Int32Array(1024);
  private used = 0;

  emit<N extends InstructionName>(name: N, operands: Readonly<Record<Operand<N>, number>>): void {
    const { code, operands: names } = INSTRUCTIONS[name];
    const length = 2 + names.length;
    if (this.used + length > this.words.length) this.grow();
    this.words[this.used] = code;
    this.words[this.used + 1] = length;
    for (let each = 0; each < names.length; each++) {
      this.words[this.used + 2 + each] = (operands as Readonly<Record<string, number>>)[names[each] ?? ''] ?? 0;
    }
    this.used += length;
  }

  /** The words that `write` emits. */
  section(write: () => void): Section {
    const begin = this.used;
    write();
    return { begin, end: this.used };
  }

  finish(): Int32Array {
    return this.words.slice(0, this.used);
  }

  private grow(): void {
    const larger = new Int32Array(this.words.length * 2);
    larger.set(this.words);
    this.words = larger;
  }
}

const floats = new Float32Array(1);
const bits = new Int32Array(floats.buffer);

/** The bits of a float32, for operands that hold a number. */
export function floatBits(value: number): number {
  floats[0] = value;
  return bits[0] ?? 0;
}
