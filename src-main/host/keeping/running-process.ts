import { uptime } from 'node:os';
import { errorCode } from '../files/file-problems.ts';

/** For clocks of file systems that count coarsely, in milliseconds. */
const SLACK = 2000;

/**
 * Whether the process with this number that did something at `since`, in milliseconds of the clock, may still run: none outlives a start of the machine,
 * and this process did nothing before its own start.
 */
export function isProcessRunning(processId: number, since: number): boolean {
  const now = Date.now();
  if (processId === process.pid) return since >= now - process.uptime() * 1000 - SLACK;
  if (since < now - uptime() * 1000 - SLACK) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
