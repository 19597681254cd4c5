import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import asc from 'assemblyscript/asc';

const ROOT = join(import.meta.dirname, '../..');
const ASSEMBLY = join(ROOT, 'src-engine/kernels/assembly');

export type Build = 'relaxed' | 'simd';
export const BUILDS: readonly Build[] = ['relaxed', 'simd'];

/**
 * The kernels as `asconfig.json` builds them, from `entry` (the kernels' own, or one that exports what the kernels keep inside). Kept under out/test
 * by the hash of their sources, so that a second run does not compile.
 */
export async function buildKernels(build: Build, entry = join(ASSEMBLY, 'index.ts')): Promise<Uint8Array<ArrayBuffer>> {
  const names = (await readdir(ASSEMBLY)).sort().map((name) => join(ASSEMBLY, name));
  const sources = [...names, join(ROOT, 'src-engine/ir/opcodes.ts'), entry];
  const hash = createHash('sha256');
  for (const source of sources) hash.update(await readFile(source));
  const kept = join(ROOT, 'out/test', `kernels-${build}-${hash.digest('hex').slice(0, 16)}.wasm`);
  return (await readIfThere(kept)) ?? (await compile(build, entry, kept));
}

async function readIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(path));
  } catch {
    return null;
  }
}

async function compile(build: Build, entry: string, kept: string): Promise<Uint8Array<ArrayBuffer>> {
  const config = join(ASSEMBLY, 'asconfig.json');
  const unfinished = `${kept}.${process.pid}`;
  await mkdir(join(ROOT, 'out/test'), { recursive: true });
  let binary: Uint8Array | null = null;
  const { error, stderr } = await asc.main(
    [relative(ROOT, entry), '--baseDir', ROOT, '--config', relative(ROOT, config), '--target', build, '--outFile', 'kernels.wasm'],
    {
      writeFile: (_name, contents) => {
        if (typeof contents !== 'string') binary = contents;
      },
    },
  );
  if (error !== null || binary === null) throw new Error(`the kernels do not compile: ${stderr.toString()}`);
  await writeFile(unfinished, binary);
  await rename(unfinished, kept);
  return new Uint8Array(binary);
}
