import { withBuildLock } from './build-lock.mjs';
import { fingerprint, isFresh, markFresh } from './freshness.mjs';
import { LaunchError, say } from './project.mjs';

/**
 * Builds the parts whose sources have changed since they were built; the others are left alone.
 * @param {readonly import('./parts.mjs').BuiltPart[]} parts
 */
export async function ensureBuilt(parts) {
  if (parts.every((part) => isFresh(part))) return;
  await withBuildLock(async () => {
    const stale = parts.filter((part) => !isFresh(part));
    if (stale.length === 0) return;
    say(`Building ${stale.map((part) => part.name).join(', ')}.`);
    const results = await Promise.allSettled(stale.map(buildOne));
    const failures = results.flatMap((result, index) => (result.status === 'rejected' ? [`${stale[index]?.name ?? ''}: ${reasonOf(result.reason)}`] : []));
    if (failures.length > 0) throw new LaunchError(`Not built.\n${failures.join('\n')}`);
  });
}

/** @param {import('./parts.mjs').BuiltPart} part */
async function buildOne(part) {
  const print = fingerprint(part);
  await part.build();
  markFresh(part, print);
}

/** @param {unknown} reason */
function reasonOf(reason) {
  return reason instanceof LaunchError ? reason.message : reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
}
