import { spawn } from 'node:child_process';
import { root } from './project.mjs';
import { pinnedEnvironment, pinnedNode } from './runtime.mjs';

/** @type {readonly NodeJS.Signals[]} */
const stopping = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a script on the pinned Node and keeps what it prints.
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, seconds: number }} options after so many seconds it is ended and has failed
 * @returns {Promise<{ code: number, output: string }>}
 */
export function capture(args, { env = {}, seconds }) {
  return new Promise((resolve, reject) => {
    // Its own process group, so that what it started ends with it.
    const child = spawn(pinnedNode, args, {
      cwd: root,
      env: { ...pinnedEnvironment(), NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    let output = '';
    const end = () => killGroup(child);
    const timer = setTimeout(() => {
      output += `\nEnded after ${String(seconds)} seconds without a result.\n`;
      end();
    }, seconds * 1000);
    const stop = () => process.exit(1);
    process.once('exit', end);
    for (const signal of stopping) process.once(signal, stop);
    child.stdout.setEncoding('utf8').on('data', (text) => (output += String(text)));
    child.stderr.setEncoding('utf8').on('data', (text) => (output += String(text)));
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      process.off('exit', end);
      for (const signal of stopping) process.off(signal, stop);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** @param {import('node:child_process').ChildProcess} child */
function killGroup(child) {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // It ended in the meantime.
  }
}
