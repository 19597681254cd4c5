import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './project.mjs';

/** @type {readonly NodeJS.Signals[]} */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program until it ends. Interrupts reach it too, and it decides what they mean.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, output?: 'ours' | 'to standard error', cwd?: string }} [options]
 * @returns {Promise<number>} its exit code; 128 + signal number when a signal ended it, as shells count
 */
export function run(program, args, { env = process.env, output = 'ours', cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['inherit', output === 'ours' ? 'inherit' : 2, 'inherit'] });
    const forward = (/** @type {NodeJS.Signals} */ signal) => {
      // A terminal sends Ctrl-C to the whole group already; sent again it would count as an impatient second one.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    const settle = () => {
      for (const signal of forwarded) process.off(signal, forward);
    };
    for (const signal of forwarded) process.on(signal, forward);
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      settle();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/**
 * Replaces this process by another program where the system can do that, so that signals and exit codes are its own; else runs it.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} its exit code, where it was run
 */
export function become(program, args, env) {
  if (process.platform !== 'win32' && process.execve !== undefined) {
    const defined = Object.fromEntries(Object.entries(env).filter((entry) => entry[1] !== undefined));
    process.execve(program, [program, ...args], defined);
  }
  return run(program, args, { env, cwd: process.cwd() });
}
