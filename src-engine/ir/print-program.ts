import { INSTRUCTIONS } from './instruction-set.ts';
import type { Program } from './program.ts';

/** A named stretch of memory, in floats. */
export interface Stretch {
  readonly name: string;
  readonly at: number;
  readonly size: number;
}

/** Operands that hold an address; all others are numbers. */
const ADDRESSES: ReadonlySet<string> = new Set([
  'x', 'y', 'a', 'b', 'c', 'w', 'p', 'g', 'm', 'v', 'bias', 'src', 'dst', 'dx', 'dy', 'table', 'ids', 'pre', 'dpre', 'h', 'hPrev', 'dh', 'dhPrev',
  'gates', 'hp', 'rh', 'drh', 'cPrev', 'dc', 'loss', 'targets', 'weights', 'partials', 'settings', 'lengths', 'peephole',
]); // prettier-ignore
/** Instructions in which m, b or n are counts although the name also stands for an array elsewhere. */
const COUNTS: ReadonlySet<string> = new Set(['m', 'b', 'n', 't']);

const BY_CODE = new Map(Object.entries(INSTRUCTIONS).map(([name, { code, operands }]) => [code as number, { name, operands: operands }]));

/** The tape as text: sections, one instruction a line with named operands, addresses as `name+offset`. Runs of T alike are shown once. */
export function printProgram(program: Program, memory: readonly Stretch[]): string {
  const sorted = [...memory].sort((one, other) => one.at - other.at);
  const lines = [
    `program, B = ${program.batch}, T = ${program.steps}: ${program.tape.length} words, ${megabytes(program.size)} of memory`,
    '',
    'memory, in floats',
  ];
  for (const { name, at, size } of sorted) lines.push(`  ${String(at).padStart(9)} ${String(size).padStart(9)}  ${name}`);
  for (const [name, { begin, end }] of Object.entries(program.sections)) {
    if (end > begin) lines.push('', `${name} (words ${begin} to ${end})`, ...sectionLines(program.tape, begin, end, sorted));
  }
  return `${lines.join('\n')}\n`;
}

function megabytes(floats: number): string {
  return `${((floats * 4) / 1e6).toFixed(2)} MB`;
}

function sectionLines(tape: Int32Array, begin: number, end: number, memory: readonly Stretch[]): readonly string[] {
  const lines: string[] = [];
  for (let at = begin; at < end; at += tape[at + 1] ?? end) lines.push(`  ${String(at).padStart(6)}  ${instructionText(tape, at, memory)}`);
  return lines;
}

function instructionText(tape: Int32Array, at: number, memory: readonly Stretch[]): string {
  const instruction = BY_CODE.get(tape[at] ?? -1);
  if (instruction === undefined) throw new Error(`no instruction ${tape[at] ?? '?'} at tape word ${at}`);
  const { name, operands } = instruction;
  const isAddress = (operand: string): boolean => ADDRESSES.has(operand) && !(COUNTS.has(operand) && countsHere(name, operand));
  const words = operands.map((operand, index) => {
    const value = tape[at + 2 + index] ?? 0;
    if (operand.endsWith('Bits')) return `${operand.slice(0, -4)}=${floatOf(value)}`;
    return `${operand.replace(/_$/u, '')}=${isAddress(operand) ? addressText(value, memory) : value}`;
  });
  return `${name} ${words.join(' ')}`.trimEnd();
}

/** `m` is a moment in adam and a number of rows elsewhere; `b` a packed matrix in gemm and pack, a batch size elsewhere. */
function countsHere(name: string, operand: string): boolean {
  if (operand === 'm') return name !== 'adam';
  if (operand === 'b') return name !== 'gemm' && name !== 'pack';
  return true;
}

const bits = new Int32Array(1);
const floats = new Float32Array(bits.buffer);

function floatOf(word: number): number {
  bits[0] = word;
  return floats[0] ?? 0;
}

function addressText(at: number, memory: readonly Stretch[]): string {
  if (at === 0) return 'none';
  const stretch = memory.findLast((each) => each.at <= at && at < each.at + Math.max(1, each.size));
  if (stretch === undefined) return `@${at}`;
  return at === stretch.at ? stretch.name : `${stretch.name}+${at - stretch.at}`;
}
