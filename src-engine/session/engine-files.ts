import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetReader } from '../data/dataset.ts';
import type { ImportServices } from '../data/import/import-services.ts';
import { loadKernels, type Kernels } from '../kernels/load-kernels.ts';

/** What the engine needs from disk. */
export interface EngineFiles {
  readonly kernels: Kernels;
  readonly assets: AssetReader;
  /** Reads the files of imported data; left out where there can be none. */
  readonly imports?: ImportServices;
  /** What an exported file has become when it is read again, to be verified; left out: what was written. */
  readonly readBack?: (written: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;
  /** The text of the module `unroll-runtime`; left out where nothing is exported. */
  readonly runtime?: () => Promise<string>;
}

/** Loads kernels from `directory`; built-in data from its `assets` folder, and the runtime, when asked for. `force` picks one kind of kernels. */
export async function loadEngineFiles(directory: string, force?: Kernels['kind']): Promise<EngineFiles> {
  const [relaxed, simd] = await Promise.all([readFile(join(directory, 'kernels-relaxed.wasm')), readFile(join(directory, 'kernels-simd.wasm'))]);
  return {
    kernels: await loadKernels({ relaxed, simd }, force),
    assets: async (name) => new Uint8Array(await readFile(join(directory, 'assets', name))),
    runtime: () => readFile(join(directory, 'unroll-runtime.js'), 'utf8'),
  };
}
