import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBuilt } from '../../../src-main/launch/ensure-built.mjs';
import { fingerprint, markFresh } from '../../../src-main/launch/freshness.mjs';
import { commandLineParts } from '../../../src-main/launch/parts.mjs';
import { BUILDS, buildKernels, keptKernels } from '../../kernels/build-kernels.ts';

/** `keep`: builds kernels and data where they are not, and keeps the kernels; `put`, in a copy with mutants: gives them out as built from what is there. */
const original = (build: string): string => join(import.meta.dirname, '../../../out/test', `original-${build}.wasm`);

if (process.argv[2] === 'keep') {
  await ensureBuilt(commandLineParts.filter(({ name }) => name !== 'host'));
  for (const build of BUILDS) await writeFile(original(build), await buildKernels(build));
} else {
  for (const build of BUILDS) await copyFile(original(build), await keptKernels(build));
  for (const part of commandLineParts.filter(({ name }) => name === 'kernels' || name === 'assets')) markFresh(part, fingerprint(part));
}
