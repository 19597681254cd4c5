import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { capture } from './capture.mjs';
import { LaunchError, root } from './project.mjs';

/**
 * @typedef {import('./freshness.mjs').Part & { readonly build: () => Promise<void> }} BuiltPart
 */

/** @type {BuiltPart} */
const kernels = {
  name: 'kernels',
  inputs: ['src-engine/kernels/assembly', 'src-engine/ir/opcodes.ts', 'src-main/launch/parts.mjs', 'package-lock.json'],
  outputs: ['out/engine/kernels-relaxed.wasm', 'out/engine/kernels-simd.wasm'],
  build: async () => {
    await Promise.all([assemble('relaxed'), assemble('simd')]);
  },
};

/** @type {BuiltPart} */
const assets = {
  name: 'assets',
  inputs: ['src-engine/data/assets'],
  outputs: ['out/engine/assets'],
  build: () => {
    rmSync(path.join(root, 'out/engine/assets'), { recursive: true, force: true });
    cpSync(path.join(root, 'src-engine/data/assets'), path.join(root, 'out/engine/assets'), { recursive: true });
    return Promise.resolve();
  },
};

/** @type {BuiltPart} */
export const runtime = {
  name: 'runtime',
  inputs: ['src-engine/exchange/runtime', 'src-main/launch/parts.mjs', 'package-lock.json'],
  outputs: ['out/engine/unroll-runtime.js'],
  // As it can be read: whoever uses it minifies it with the rest of a page.
  build: () =>
    tool('rolldown/bin/cli.mjs', [
      'src-engine/exchange/runtime/runtime.ts',
      '--file',
      'out/engine/unroll-runtime.js',
      '--format',
      'esm',
      '--banner',
      RUNTIME_BANNER,
    ]),
};

const RUNTIME_BANNER = '// unroll-runtime: runs a model that was trained in Unroll (NAME.model.json). One module, no dependencies. MIT licence.';

const bundled = ['src-engine', 'electron.config.ts', 'tsconfig.base.json', 'package-lock.json'];
const notBundled = ['src-engine/kernels/assembly', 'src-engine/data/assets', 'src-engine/data/make', 'src-main/launch'];

/** @type {BuiltPart} */
const host = {
  name: 'host',
  inputs: [...bundled, 'src-main'],
  without: notBundled,
  outputs: ['out/main/electron.js', 'out/main/web.js', 'out/main/cli.js', 'out/main/engine-worker.js', 'out/preload/preload.cjs'],
  build: () => bundle('host'),
};

/** @type {BuiltPart} */
const window = {
  name: 'window',
  inputs: [...bundled, 'src-main/contract.ts', 'src-main/contract-shapes.ts', 'src-renderer'],
  without: notBundled,
  outputs: ['out/renderer/index.html'],
  build: () => bundle('window'),
};

/** @type {BuiltPart} */
export const schemas = {
  name: 'schemas',
  inputs: ['src-engine/document', 'src-engine/exchange', 'src-main/cli/write-schemas.ts', 'package-lock.json'],
  outputs: ['dist/project.schema.json', 'dist/model.schema.json'],
  build: () => program('src-main/cli/write-schemas.ts'),
};

/** What the command line needs. */
export const commandLineParts = [kernels, assets, runtime, host];
export const allParts = [...commandLineParts, window, schemas];

/**
 * One of the builds that the kernels' own asconfig.json describes.
 * @param {'relaxed' | 'simd'} target
 */
async function assemble(target) {
  mkdirSync(path.join(root, 'out/engine'), { recursive: true });
  const place = 'src-engine/kernels/assembly';
  const args = [`${place}/index.ts`, '--config', `${place}/asconfig.json`, '--target', target, '--outFile', `out/engine/kernels-${target}.wasm`];
  await tool('assemblyscript/bin/asc.js', args);
}

/** @param {'host' | 'window'} part see electron.config.ts */
async function bundle(part) {
  await tool('electron-vite/dist/cli.js', ['build', '-c', 'electron.config.ts', '--logLevel', 'warn', '--ignoreConfigWarning'], { UNROLL_PART: part });
}

/**
 * @param {string} script below node_modules
 * @param {readonly string[]} args
 * @param {Record<string, string>} [more] environment
 */
async function tool(script, args, more = {}) {
  await program(`node_modules/${script}`, args, more);
}

/**
 * @param {string} script below the project's folder
 * @param {readonly string[]} [args]
 * @param {Record<string, string>} [more] environment
 */
async function program(script, args = [], more = {}) {
  const { code, output } = await capture([path.join(root, script), ...args], { env: more, seconds: 300 });
  if (code !== 0) throw new LaunchError(`${script} ended with code ${String(code)}.\n${output.trim()}`);
}
