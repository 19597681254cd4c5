import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { dependencyList } from './dependency-list.ts';

it('"Dependencies of the running app listed with licence and size": the list is that of what is installed', async () => {
  const page = await readFile(path.join(import.meta.dirname, '../../docs/dependencies.md'), 'utf8');
  expect(page).toBe(await dependencyList());
  // elkjs may be had under the EPL too.
  const bound = page.split('\n').filter((line) => /GPL|not stated|UNLICENSED/u.test(line) && !line.includes('EPL-2.0 OR'));
  expect(bound).toEqual([]);
});
