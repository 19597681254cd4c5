import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import asc from 'assemblyscript/asc';

const ROOT = join(import.meta.dirname, '../..');
const ASSEMBLY = 'src-engine/kernels/assembly';
const OWN_ENTRY = `${ASSEMBLY}/index.ts`;
/** Where a test's own entry seems to stand, so that it can import from './math/vector-math'. */
const GIVEN_ENTRY = `${ASSEMBLY}/given-entry.ts`;

export type Build = 'relaxed' | 'simd';
export const BUILDS: readonly Build[] = ['relaxed', 'simd'];

/**
 * The kernels as `asconfig.json` builds them; with `entry` (AssemblyScript that may import the kernels' files) a module of its exports instead.
 * Kept under out/test by the hash of their sources, so that a second run does not compile.
 */
export async function buildKernels(build: Build, entry: string | null = null): Promise<Uint8Array<ArrayBuffer>> {
  const kept = await keptKernels(build, entry);
  return (await readIfThere(kept)) ?? (await compile(build, entry, kept));
}

/** The file that keeps them, whether it is there or not. */
export async function keptKernels(build: Build, entry: string | null = null): Promise<string> {
  const names = (await readdir(join(ROOT, ASSEMBLY), { recursive: true })).filter((name) => /[.](ts|json)$/.test(name)).sort();
  const hash = createHash('sha256').update(entry ?? '');
  for (const source of [...names.map((name) => join(ASSEMBLY, name)), 'src-engine/ir/opcodes.ts']) hash.update(await readFile(join(ROOT, source)));
  return join(ROOT, 'out/test', `kernels-${build}-${hash.digest('hex').slice(0, 16)}.wasm`);
}

async function readIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(path));
  } catch {
    return null;
  }
}

async function textIfThere(path: string): Promise<string | null> {
  const bytes = await readIfThere(path);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

async function compile(build: Build, entry: string | null, kept: string): Promise<Uint8Array<ArrayBuffer>> {
  const binaries: Uint8Array<ArrayBuffer>[] = [];
  const messages: string[] = [];
  const { error } = await asc.main(
    [entry === null ? OWN_ENTRY : GIVEN_ENTRY, '--baseDir', ROOT, '--config', `${ASSEMBLY}/asconfig.json`, '--target', build, '--outFile', 'kernels.wasm'],
    {
      stderr: { write: (text) => messages.push(String(text)) },
      readFile: (name, directory) => (name === GIVEN_ENTRY ? entry : textIfThere(resolve(ROOT, directory, name))),
      writeFile: (_name, contents) => {
        if (typeof contents !== 'string') binaries.push(new Uint8Array(contents));
      },
    },
  );
  const [binary] = binaries;
  if (error !== null || binary === undefined) throw new Error(`the kernels do not compile: ${messages.join('')}`, { cause: error });
  await mkdir(join(ROOT, 'out/test'), { recursive: true });
  const unfinished = `${kept}.${String(process.pid)}`;
  await writeFile(unfinished, binary);
  await rename(unfinished, kept);
  return binary;
}
