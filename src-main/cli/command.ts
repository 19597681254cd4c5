import type { Arguments, CommandForm } from './arguments.ts';
import type { Context } from './context.ts';

export type ExitCode = 0 | 1 | 2 | 130;

export interface Command extends CommandForm {
  readonly summary: string;
  readonly run: (args: Arguments, context: Context) => Promise<ExitCode>;
}
