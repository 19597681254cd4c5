import { spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Runs the benchmark of the checkout that `engineDirectory` was built in, in a process of its own that writes to this one's outputs. Its exit code;
 * null where there is no checkout: the benchmark assembles kernels of its own, with development packages.
 */
export async function runBenchmark(engineDirectory: string, flags: readonly string[]): Promise<number | null> {
  const script = join(engineDirectory, '../../test/bench/bench.ts');
  try {
    await access(script);
  } catch {
    return null;
  }
  return await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...flags], { stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) => {
      resolve(code ?? 2);
    });
  });
}
