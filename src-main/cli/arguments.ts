import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { problem, ProblemError } from '../../src-engine/document/problems.ts';
import { meant } from './nearest.ts';

export interface OptionSpec {
  readonly type: 'text' | 'flag';
  readonly short?: string;
  /** How the value is called in the help, e.g. `FILE`. */
  readonly value?: string;
  readonly help: string;
}

/** What may stand behind a command's name. */
export interface CommandForm {
  readonly name: string;
  /** What stands after the name, e.g. `MODEL --input FILE|-`. */
  readonly usage: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Fewest and most words that are no options. */
  readonly words: readonly [number, number];
}

/** Options that every command has. */
export const COMMON_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  json: { type: 'flag', help: 'print JSON on standard output, and nothing else there' },
  help: { type: 'flag', short: 'h', help: 'show this' },
};

/** What stood behind a command's name, checked against its table. */
export class Arguments {
  readonly words: readonly string[];
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(words: readonly string[], values: ReadonlyMap<string, readonly string[]>) {
    this.words = words;
    this.#values = values;
  }

  flag(name: string): boolean {
    return this.#values.has(name);
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** The last one counts. */
  text(name: string): string | null {
    return this.all(name).at(-1) ?? null;
  }

  /** Throws ProblemError U050 where it is no whole number from `min` to `max`. */
  wholeNumber(name: string, min: number, max: number): number | null {
    const text = this.text(name);
    if (text === null) return null;
    const value = /^\d+$/u.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw misuse(`--${name} "${text}" is not a whole number from ${min} to ${max}.`, `Give such a number, e.g. --${name} ${Math.max(min, 1)}.`);
  }

  /** Throws ProblemError U050 where it is no number from `min` to `max`. */
  number(name: string, min: number, max: number): number | null {
    const text = this.text(name);
    if (text === null) return null;
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= min && value <= max) return value;
    throw misuse(`--${name} "${text}" is not a number from ${min} to ${max}.`, `Give such a number, e.g. --${name} ${Math.max(min, 1)}.`);
  }

  /** Throws ProblemError U050 where it is no number above 0. */
  positiveNumber(name: string): number | null {
    const text = this.text(name);
    if (text === null) return null;
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value > 0 && Number.isFinite(value)) return value;
    throw misuse(`--${name} "${text}" is not a number above 0.`, `Give such a number, e.g. --${name} 10.`);
  }
}

export function misuse(message: string, fix: string): ProblemError {
  return new ProblemError([problem('U050', message, fix)]);
}

/** Throws ProblemError U050 for an unknown option, a missing value, too few or too many words. */
export function parseArguments(command: CommandForm, args: readonly string[]): Arguments {
  const table = { ...command.options, ...COMMON_OPTIONS };
  const { tokens } = parseArgs({ args: [...args], options: nodeOptions(table), allowPositionals: true, strict: false, tokens: true });
  const words: string[] = [];
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const value = optionValue(command, table, token);
    values.set(token.name, [...(values.get(token.name) ?? []), value]);
  }
  if (!values.has('help')) checkWords(command, words);
  return new Arguments(words, values);
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function optionValue(command: CommandForm, table: Readonly<Record<string, OptionSpec>>, token: OptionToken): string {
  const spec = Object.hasOwn(table, token.name) ? table[token.name] : undefined;
  if (spec === undefined) {
    const known = Object.keys(table)
      .map((name) => `--${name}`)
      .join(', ');
    throw misuse(`"${command.name}" has no option ${token.rawName}.${meant(token.name, Object.keys(table), '--')}`, `Its options are ${known}.`);
  }
  if (spec.type === 'flag') {
    if (token.value !== undefined) throw misuse(`${token.rawName} takes no value.`, `Write it as ${token.rawName}.`);
    return '';
  }
  const looksLikeOption = token.inlineValue === false && /^-[^\d.]/u.test(token.value ?? '');
  if (token.value === undefined || looksLikeOption) {
    throw misuse(`${token.rawName} needs a value.`, `Write it as ${token.rawName} ${spec.value ?? 'VALUE'}.`);
  }
  return token.value;
}

function nodeOptions(table: Readonly<Record<string, OptionSpec>>): ParseArgsOptionsConfig {
  return Object.fromEntries(
    Object.entries(table).map(([name, spec]) => [
      name,
      { type: spec.type === 'flag' ? 'boolean' : 'string', multiple: true, ...(spec.short === undefined ? {} : { short: spec.short }) } as const,
    ]),
  );
}

function checkWords(command: CommandForm, words: readonly string[]): void {
  const [fewest, most] = command.words;
  const form = `unroll ${command.name} ${command.usage}`.trim();
  if (words.length < fewest) {
    const wanted = command.usage.split(' ')[words.length] ?? '';
    throw misuse(`"${command.name}" needs ${/^[A-Z|]+$/u.test(wanted) ? wanted : 'more than it was given'}.`, `Write it as: ${form}`);
  }
  const extra = words[most];
  if (extra !== undefined) throw misuse(`"${command.name}" cannot use "${extra}".`, `Write it as: ${form}`);
}
