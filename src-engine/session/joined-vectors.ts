import { setFlagsFromString } from 'node:v8';
import type { EngineFiles } from './engine-files.ts';
import { measureWidth } from '../kernels/measure-width.ts';

/**
 * Asks V8 to join adjacent 128-bit vectors into 256 bits. To be called before the kernels are compiled. Plain Node only, whose V8 is the one
 * version this was tried on (every instruction and whole training runs give the same bits); Electron keeps 128 bits.
 */
export function askForJoinedVectors(): void {
  if (!('electron' in process.versions)) setFlagsFromString('--experimental-wasm-revectorize');
}

/** The engine with the tiles that are measured to be faster here; about 50 ms. `now` in milliseconds. */
export function withMeasuredWidth(engine: EngineFiles, now: () => number): EngineFiles {
  const { kernels } = engine;
  if (kernels.kind === 'reference') return engine;
  return { ...engine, kernels: { ...kernels, wide: measureWidth(kernels.module, now) } };
}
