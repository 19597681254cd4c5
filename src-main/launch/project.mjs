import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Tells the person who started a script what it is doing. Standard error, so that a command's standard output stays its own.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * A failure whose sentence is all the person needs: no stack is shown.
 */
export class LaunchError extends Error {}

/**
 * Runs a script's body; a LaunchError becomes its sentence and exit code 1.
 * @param {() => Promise<number>} body gives the exit code
 */
export async function main(body) {
  try {
    process.exitCode = await body();
  } catch (error) {
    say(error instanceof LaunchError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  }
}
