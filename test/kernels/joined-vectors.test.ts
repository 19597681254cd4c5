import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { buildKernels, BUILDS } from './build-kernels.ts';

const run = promisify(execFile);

/** Hashes of the memory after every case, from a process of its own: V8 keeps compiled modules, and its flags hold for the whole process. */
async function bits(build: string, wide: boolean, flags: readonly string[]): Promise<string[]> {
  const { stdout } = await run(process.execPath, [...flags, fileURLToPath(new URL('./print-bits.ts', import.meta.url)), build, wide ? '1' : '0']);
  return stdout.trim().split('\n');
}

/** Joins adjacent 128-bit vectors, in every function from its first call. */
const JOINED = ['--experimental-wasm-revectorize', '--no-liftoff'];

describe.each(BUILDS)('%s kernels where V8 joins adjacent vectors into 256 bits', (build) => {
  it('every instruction gives the same bits', async () => {
    await buildKernels(build);
    const [alone, joined, wide] = await Promise.all([bits(build, false, []), bits(build, false, JOINED), bits(build, true, JOINED)]);
    expect(alone.length).toBeGreaterThan(15);
    expect(joined).toEqual(alone);
    expect(wide).toEqual(alone);
  });
});
