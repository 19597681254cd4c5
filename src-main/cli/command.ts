import type { Arguments } from './arguments.ts';
import type { Context } from './context.ts';

export interface OptionSpec {
  readonly type: 'text' | 'flag';
  readonly short?: string;
  /** May be given more than once. */
  readonly multiple?: boolean;
  /** How the value is called in the help, e.g. `FILE`. */
  readonly value?: string;
  readonly help: string;
}

export type ExitCode = 0 | 1 | 2 | 130;

export interface Command {
  readonly name: string;
  /** What stands after the name, e.g. `MODEL --input FILE|-`. */
  readonly usage: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Fewest and most words that are no options. */
  readonly words: readonly [number, number];
  readonly run: (args: Arguments, context: Context) => Promise<ExitCode>;
}
