import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LaunchError, root, say } from './project.mjs';
import { run } from './run.mjs';
import { pathWithoutPinnedNode, pinnedNode } from './runtime.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} LockFile
 */

/** Installs the exact packages of package-lock.json when node_modules is missing, unfinished or of another lock file. */
export async function ensureDependencies() {
  const reason = reasonToInstall();
  if (reason === null) return;
  say(`Installing the packages of package-lock.json (${reason}); this takes a minute or two.`);
  const [program, ...first] = npmCommand();
  const code = await run(program, [...first, 'ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error'], {
    // npm ci deletes node_modules, and with it the Node that npm scripts normally run on.
    env: { ...process.env, PATH: pathWithoutPinnedNode() },
    output: 'to standard error',
  });
  if (code !== 0) throw new LaunchError(`npm ci failed with code ${String(code)}. It needs the npm registry; what it printed above says more.`);
  if (!existsSync(pinnedNode))
    throw new LaunchError('npm ci left no Node in node_modules: npm must be allowed to run install scripts (its setting ignore-scripts must be off).');
}

/**
 * Whether what npm says it installed is what the lock file asks for. Optional packages of other platforms may be absent.
 * @param {LockFile} wanted package-lock.json
 * @param {LockFile} installed node_modules/.package-lock.json, which npm writes last
 */
export function matchesLock(wanted, installed) {
  const have = installed.packages ?? {};
  return Object.entries(wanted.packages ?? {}).every(([place, entry]) => {
    if (place === '') return true;
    const found = have[place];
    if (found === undefined) return entry.optional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/** @returns {string | null} null when nothing is to be done */
function reasonToInstall() {
  const wanted = readLock('package-lock.json');
  if (wanted === null) throw new LaunchError('package-lock.json is missing or is not JSON.');
  const installed = readLock('node_modules/.package-lock.json');
  if (installed === null) return 'node_modules is missing or unfinished';
  if (!matchesLock(wanted, installed)) return 'package-lock.json has changed';
  if (!existsSync(pinnedNode)) return 'the Node of node_modules is missing';
  return null;
}

/**
 * @param {string} file
 * @returns {LockFile | null}
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
  } catch {
    return null;
  }
}

/**
 * The npm that started this script, else the one on PATH.
 * @returns {[string, ...string[]]}
 */
function npmCommand() {
  const cli = process.env['npm_execpath'];
  const node = process.env['npm_node_execpath'];
  if (cli !== undefined && node !== undefined && cli.endsWith('.js') && existsSync(cli) && existsSync(node)) return [node, cli];
  return process.platform === 'win32' ? ['npm.cmd'] : ['npm'];
}
