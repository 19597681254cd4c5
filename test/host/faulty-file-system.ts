import * as promises from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { FileSystem } from '../../src-main/host/files/file-system.ts';

/** The errors that a disk or a folder can answer any call with. */
export const FAULTS = ['ENOSPC', 'EXDEV', 'EACCES', 'EIO', 'EROFS', 'ENOENT'] as const;
export type Fault = (typeof FAULTS)[number];

const CALLS = ['mkdir', 'open', 'readdir', 'realpath', 'rename', 'rm', 'stat'] as const;
const HANDLE_CALLS = ['chmod', 'writeFile', 'sync', 'close', 'stat', 'read'] as const;

export interface FaultyFileSystem {
  readonly fileSystem: FileSystem;
  /** Every call that was made, in order, e.g. `rename` or `handle.sync`. */
  readonly calls: readonly string[];
}

function faultError(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code });
}

/** The real file system, whose calls of these numbers (from 0) fail. A write that fails has written half; a file that fails to close is closed. */
export function faultyFileSystem(failing: ReadonlySet<number> | ((index: number, call: string) => boolean), code: Fault): FaultyFileSystem {
  const calls: string[] = [];
  const fails = (call: string): boolean => {
    calls.push(call);
    const index = calls.length - 1;
    return typeof failing === 'function' ? failing(index, call) : failing.has(index);
  };
  const wrapHandle = (handle: FileHandle): FileHandle =>
    new Proxy(handle, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== 'function') return value;
        const real = value.bind(target) as (...args: unknown[]) => Promise<unknown>;
        if (!(HANDLE_CALLS as readonly unknown[]).includes(key)) return real;
        return async (...args: unknown[]) => {
          if (!fails(`handle.${String(key)}`)) return await real(...args);
          if (key === 'writeFile') await target.writeFile((args[0] as string | Uint8Array).slice(0, (args[0] as string).length / 2));
          if (key === 'close') await target.close();
          throw faultError(code);
        };
      },
    });
  const entries = CALLS.map(
    (name) =>
      [
        name as string,
        async (...args: unknown[]) => {
          if (fails(name)) throw faultError(code);
          const result = await (promises[name] as (...args: unknown[]) => Promise<unknown>)(...args);
          return name === 'open' ? wrapHandle(result as FileHandle) : result;
        },
      ] as const,
  );
  return { fileSystem: Object.fromEntries(entries) as unknown as FileSystem, calls };
}

/** What became of the work, over all faults that were tried. */
export class FaultCount {
  readonly #rows = new Map<string, { tried: number; refused: number; done: number }>();

  /** The work was refused with a sentence (the old state stands), or done all the same. Anything else is lost work, and fails the test. */
  count(what: string, outcome: 'refused' | 'done'): void {
    const row = this.#rows.get(what) ?? { tried: 0, refused: 0, done: 0 };
    row.tried += 1;
    row[outcome] += 1;
    this.#rows.set(what, row);
  }

  print(): void {
    for (const [what, { tried, refused, done }] of this.#rows) {
      process.stdout.write(`faults | ${what} | ${tried} tried | ${refused} refused, old state whole | ${done} done all the same | 0 lost\n`);
    }
  }
}

/** Runs `attempt` once to see its calls, then once for each call and each fault with that call failing. */
export async function withEachFault(attempt: (faulty: FaultyFileSystem, name: string) => Promise<void>): Promise<void> {
  const whole = faultyFileSystem(new Set(), 'EIO');
  await attempt(whole, 'no fault');
  for (const code of FAULTS) {
    for (const [index, call] of whole.calls.entries()) await attempt(faultyFileSystem(new Set([index]), code), `${code} at call ${index}, ${call}`);
  }
}
