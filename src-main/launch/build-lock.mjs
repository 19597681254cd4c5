import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from './project.mjs';

const file = path.join(root, 'out', 'build.lock');

/**
 * Runs `body` while no other process of this checkout does: two builds into one folder would spoil each other.
 * @template T
 * @param {() => Promise<T>} body
 * @returns {Promise<T>}
 */
export async function withBuildLock(body) {
  mkdirSync(path.dirname(file), { recursive: true });
  while (!take()) await wait(100);
  try {
    return await body();
  } finally {
    rmSync(file, { force: true });
  }
}

/** A lock whose owner has ended is taken over. */
function take() {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  }
  const owner = readOwner();
  if (owner !== null && !isRunning(owner)) rmSync(file, { force: true });
  return false;
}

/** @returns {number | null} null when the file has gone, or its owner has not written it yet */
function readOwner() {
  try {
    return Number(readFileSync(file, 'utf8')) || null;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function isCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
