import { realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './project.mjs';
import { become, run } from './run.mjs';

const windows = process.platform === 'win32';
const bin = path.join(root, 'node_modules', '.bin');

/** The Node that the project runs on: the npm package `node`, of one exact version, whatever the machine's own is. */
export const pinnedNode = path.join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

/** The host's own thread keeps at most so many MiB of short-lived objects, twice, instead of 64; the engine's thread sets its heap itself (`host/engine-thread.ts`). */
export const hostFlags = ['--max-semi-space-size=16'];

/**
 * How glibc keeps the memory of buffers (mallopt(3)): those above 128 KiB go back to the system when they are freed, and threads share two heaps. By itself it
 * raises that threshold with every larger buffer, and the heaps of a training of hours grow by 2 MiB a minute. Other C libraries do not read it.
 */
export const hostMemory = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' };

/** The environment in which every tool finds the pinned Node and the project's programs first. */
export function pinnedEnvironment() {
  return { ...process.env, PATH: [bin, pathWithoutPinnedNode()].join(path.delimiter) };
}

/** npm puts node_modules/.bin on PATH; what must survive the loss of node_modules looks elsewhere. */
export function pathWithoutPinnedNode() {
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => path.resolve(folder) !== bin)
    .join(path.delimiter);
}

/**
 * Runs the calling script again on the pinned Node when it runs on another one.
 * @param {string} script import.meta.url of the script
 * @returns {Promise<number | null>} the exit code of that run; null when this already is the pinned Node and the caller goes on
 */
export async function continueOnPinnedNode(script) {
  if (realpathSync(process.execPath) === realpathSync(pinnedNode)) return null;
  return run(pinnedNode, [fileURLToPath(script), ...process.argv.slice(2)], { env: pinnedEnvironment() });
}

/**
 * Runs a built program on the pinned Node in place of the calling script.
 * @param {string} program path below the project's folder
 * @param {readonly string[]} args
 */
export function becomeNode(program, args) {
  return become(pinnedNode, [...hostFlags, path.join(root, program), ...args], { ...hostMemory, ...pinnedEnvironment() });
}
