import { describe, expect, it } from 'vitest';
import * as opcodes from '../../src-engine/ir/opcodes.ts';
import { INSTRUCTIONS, type InstructionName } from '../../src-engine/ir/instruction-set.ts';
import { printProgram } from '../../src-engine/ir/print-program.ts';
import type { Program } from '../../src-engine/ir/program.ts';

const MEMORY = [
  { name: 'state', at: 40, size: 8 },
  { name: 'weights', at: 10, size: 20 },
  { name: 'rows', at: 30, size: 4 },
  { name: 'empty', at: 50, size: 0 },
];

/** What the tape of one instruction reads like, behind its place. */
function printed(name: InstructionName, ...operands: number[]): string {
  const { code, operands: names } = INSTRUCTIONS[name];
  expect(operands).toHaveLength(names.length);
  return lastLine([code, operands.length + 2, ...operands]);
}

function lastLine(tape: readonly number[]): string {
  const none = { begin: 0, end: 0 };
  const sections = { forward: { begin: 0, end: tape.length }, backward: none };
  const program = { batch: 2, steps: 3, size: 500_000, tape: Int32Array.from(tape), sections } as unknown as Program;
  return printProgram(program, MEMORY)
    .trimEnd()
    .split('\n')
    .at(-1)!
    .trim()
    .replace(/^\d+ +/u, '');
}

const bitsOf = (value: number): number => new Int32Array(Float32Array.of(value).buffer)[0]!;

describe('a tape as text', () => {
  it('names each operand; an address is a stretch of memory and the distance from its begin', () => {
    expect(printed('gemm', 10, 2, 32, 40, 4, 11, 4, 2, 0, 1)).toBe('gemm a=weights lda=2 b=rows+2 c=state ldc=4 m=11 n=4 k=2 bias=none accumulate=1');
    expect(printed('lastStep', 29, 40, 30, 31, 12, 13)).toBe('lastStep x=weights+19 y=state lengths=rows t=31 b=12 n=13');
  });

  it('m is a moment in Adam and a number of rows elsewhere, b a packed matrix where matrices are packed', () => {
    expect(printed('adam', 10, 30, 40, 41, 11, 50)).toBe('adam p=weights g=rows m=state v=state+1 count=11 settings=empty');
    expect(printed('columnSum', 10, 4, 40, 30, 31, 0)).toBe('columnSum c=weights ldc=4 y=state m=30 n=31 accumulate=0');
    expect(printed('pack', 10, 2, 40, 11, 12, 1)).toBe('pack w=weights ldw=2 b=state n=11 k=12 transpose=1');
  });

  it('what is in no stretch is a number with @, from behind the last float of one to before the next', () => {
    expect(printed('sum', 33, 4, 34)).toBe('sum x=rows+3 count=4 y=@34');
    expect(printed('sum', 47, 4, 48)).toBe('sum x=state+7 count=4 y=@48');
    expect(printed('sum', 50, 4, 51)).toBe('sum x=empty count=4 y=@51');
  });

  it('numbers kept as bits are read as floats', () => {
    expect(printed('scale', 10, 20, bitsOf(0.5))).toBe('scale x=weights count=20 value=0.5');
    expect(printed('fill', 10, 20, bitsOf(-2))).toBe('fill x=weights count=20 value=-2');
  });

  it('begins with its size, and the memory in order', () => {
    const program = { batch: 2, steps: 3, size: 500_000, tape: new Int32Array(), sections: {} } as unknown as Program;
    expect(printProgram(program, MEMORY).split('\n')).toEqual([
      'program, B = 2, T = 3: 0 words, 2.00 MB of memory',
      '',
      'memory, in floats',
      '         10        20  weights',
      '         30         4  rows',
      '         40         8  state',
      '         50         0  empty',
      '',
    ]);
  });

  it('a number that is no instruction is named with its place', () => {
    expect(() => lastLine([999, 2])).toThrow('no instruction 999 at tape word 0');
  });
});

describe('the instruction set', () => {
  const numbers = (prefix: string): number[] => Object.entries(opcodes).flatMap(([name, value]) => (name.startsWith(prefix) ? [value] : []));

  it('gives every instruction a number and every operand a name of its own', () => {
    const codes = Object.values(INSTRUCTIONS).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const { operands } of Object.values(INSTRUCTIONS)) {
      expect(new Set(operands).size).toBe(operands.length);
      for (const operand of operands) expect(operand).toMatch(/^[a-z]\w*$/iu);
    }
  });

  it('gives every setting a slot of its own within the settings, every activation and pool a number from 0', () => {
    const slots = numbers('SETTING_');
    expect(new Set(slots).size).toBe(slots.length);
    expect(Math.max(...slots)).toBeLessThan(opcodes.SETTINGS_SIZE);
    expect(numbers('ACTIVATION_').sort()).toEqual([0, 1, 2, 3]);
    expect(numbers('POOL_M').sort()).toEqual([0, 1]);
  });

  it('has the chunks and panels that its meaning names', () => {
    expect([opcodes.NORM_CHUNK, opcodes.PANEL]).toEqual([4096, 8]);
  });
});
