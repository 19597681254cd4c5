import { randomBytes } from 'node:crypto';
import * as fileSystem from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Context } from '../../src-main/cli/context.ts';
import { runCommandLine } from '../../src-main/cli/run-command-line.ts';
import { ensureBuilt } from '../../src-main/launch/ensure-built.mjs';
import { commandLineParts } from '../../src-main/launch/parts.mjs';

const ROOT = join(import.meta.dirname, '../..');

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CommandLine {
  readonly folder: string;
  readonly run: (args: readonly string[], change?: Partial<Context>) => Promise<Ran>;
  readonly write: (name: string, content: string | Uint8Array) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Kernels and data where the engine finds them, and its thread in one file. */
export async function buildEngine(): Promise<void> {
  await ensureBuilt(commandLineParts);
}

/** The command line inside this process, in a folder of its own. Each command starts the engine's thread: built, it is there in half the time. */
export async function openCommandLine(): Promise<CommandLine> {
  const folder = await fileSystem.mkdtemp(join(tmpdir(), 'unroll-cli-'));
  return {
    folder,
    run: async (args, change = {}) => {
      const said = { out: '', err: '' };
      const terminal = (name: 'out' | 'err') => ({ write: (text: string) => void (said[name] += text), isTerminal: false, columns: 80 });
      const context: Context = {
        output: terminal('out'),
        errors: terminal('err'),
        readInput: () => Promise.resolve(new Uint8Array()),
        fileSystem,
        folder,
        engine: { worker: pathToFileURL(join(ROOT, 'out/main/engine-worker.js')), engineDirectory: join(ROOT, 'out/engine') },
        now: () => performance.now(),
        randomId: () => randomBytes(8).toString('hex'),
        onInterrupt: () => () => {},
        benchmark: () => Promise.resolve(null),
        serve: () => Promise.resolve(),
        ...change,
      };
      const code = await runCommandLine(args, context);
      return { code, ...said };
    },
    write: async (name, content) => {
      await fileSystem.writeFile(join(folder, name), content);
      return name;
    },
    close: () => fileSystem.rm(folder, { recursive: true }),
  };
}

/** The JSON values on the lines of standard output. */
export function jsonLines(ran: Ran): Record<string, unknown>[] {
  return ran.out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
