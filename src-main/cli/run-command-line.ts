import { ProblemError } from '../../src-engine/document/problems.ts';
import { VERSION } from '../host/version.ts';
import { misuse, parseArguments } from './arguments.ts';
import type { Command, ExitCode } from './command.ts';
import { COMMANDS } from './commands.ts';
import type { Context } from './context.ts';
import { commandHelp, programHelp } from './help.ts';
import { meant } from './nearest.ts';
import { printProblems } from './terminal/output.ts';

/** Runs one command. 0: done; 1: the input is wrong, a problem on each line of standard error; 2: a bug, in one sentence. */
export async function runCommandLine(argv: readonly string[], context: Context): Promise<ExitCode> {
  try {
    return await runNamed(argv, context);
  } catch (error) {
    if (error instanceof ProblemError) {
      printProblems(error.problems, context);
      return error.problems.every((each) => each.code === 'U060') ? 2 : 1;
    }
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    context.errors.write(`Something inside Unroll failed (${reason.split('\n')[0] ?? ''}); your files are unchanged.\n`);
    return 2;
  }
}

async function runNamed([name, ...rest]: readonly string[], context: Context): Promise<ExitCode> {
  if (name === 'help' && rest[0] !== undefined) {
    context.output.write(commandHelp(findCommand(rest[0])));
    return 0;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    (name === undefined ? context.errors : context.output).write(programHelp(COMMANDS));
    return name === undefined ? 1 : 0;
  }
  if (name === '--version') {
    context.output.write(`${VERSION}\n`);
    return 0;
  }
  const command = findCommand(name);
  const args = parseArguments(command, rest);
  if (args.flag('help')) {
    context.output.write(commandHelp(command));
    return 0;
  }
  return await command.run(args, context);
}

function findCommand(name: string): Command {
  const found = COMMANDS.find((command) => command.name === name);
  if (found !== undefined) return found;
  const known = [...COMMANDS.map((command) => command.name), 'help'];
  throw misuse(`There is no command "${name}".${meant(name, known)}`, `The commands are ${known.join(', ')}.`);
}
