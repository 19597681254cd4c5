import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { root, say } from './project.mjs';
import { pinnedEnvironment, pinnedNode } from './runtime.mjs';

const electron = path.join(root, 'node_modules', 'electron');
const cache = path.join(root, 'node_modules', '.cache', 'unroll');
const failureFile = path.join(cache, 'electron-download-failed');
const day = 24 * 3600 * 1000;
/** A download that has brought nothing new for so long is given up. */
const patience = 20_000;

/**
 * Electron's program, downloaded once if need be. A failed download is remembered for a day, so that the next start does not wait again.
 * @returns {Promise<{ readonly program: string } | { readonly missing: string }>} the reason as the end of a sentence where there is none
 */
export async function ensureElectron() {
  const here = findElectron();
  if (here !== null) return { program: here };
  const remembered = rememberedFailure();
  if (remembered !== null) return { missing: `${remembered}, and is not tried again before tomorrow` };
  say('Downloading Electron, once (about 110 MB).');
  try {
    const failure = await download();
    const program = findElectron();
    if (program !== null) return { program };
    const missing = `its program could not be downloaded (${failure ?? 'the download left none'})`;
    writeFileSync(failureFile, missing);
    return { missing };
  } catch (error) {
    return { missing: `its program could not be put into node_modules (${error instanceof Error ? error.message : String(error)})` };
  }
}

/** @returns {string | null} */
export function findElectron() {
  const name = path.join(electron, 'path.txt');
  if (!existsSync(name)) return null;
  const program = path.join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(electron, 'dist'), readFileSync(name, 'utf8').trim());
  return existsSync(program) ? program : null;
}

/** @returns {string | null} */
function rememberedFailure() {
  if (!existsSync(failureFile)) return null;
  if (Date.now() - statSync(failureFile).mtimeMs < day) return readFileSync(failureFile, 'utf8');
  rmSync(failureFile);
  return null;
}

/**
 * Runs Electron's own installer, in a temporary folder of its own so that its progress can be seen.
 * @returns {Promise<string | null>} why it failed; null when it did not
 */
async function download() {
  const folder = path.join(cache, 'electron-download');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const child = spawn(pinnedNode, [path.join(electron, 'install.js')], {
    env: { ...pinnedEnvironment(), TMPDIR: folder, TEMP: folder, TMP: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let printed = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (printed += String(text)));
  let seen = -1;
  let lastNews = Date.now();
  const watch = setInterval(() => {
    const size = sizeOf(folder);
    if (size !== seen) lastNews = Date.now();
    seen = size;
    if (Date.now() - lastNews > patience) child.kill('SIGKILL');
  }, 500);
  const [code, signal] = await once(child, 'close');
  clearInterval(watch);
  rmSync(folder, { recursive: true, force: true });
  if (signal === 'SIGKILL') return `nothing came for ${String(patience / 1000)} seconds`;
  return code === 0 ? null : firstReason(printed);
}

/** @param {string} folder */
function sizeOf(folder) {
  try {
    return readdirSync(folder, { recursive: true }).reduce((sum, name) => sum + statSync(path.join(folder, String(name))).size, 0);
  } catch {
    // The installer moved a file between the listing and the look at it.
    return -1;
  }
}

/**
 * The sentence of a printed error, without its stack.
 * @param {string} printed
 */
function firstReason(printed) {
  const line = printed.split('\n').find((candidate) => candidate.trim() !== '') ?? 'its installer said nothing';
  return line.replace(/^\w*Error: /, '').trim();
}
