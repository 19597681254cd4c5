import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const root = path.join(import.meta.dirname, '../..');
const own = z.object({ dependencies: z.record(z.string(), z.string()) });
const installed = z.object({ version: z.string(), license: z.string(), description: z.string().optional() });
const lock = z.object({
  packages: z.record(z.string(), z.object({ dev: z.boolean().optional(), devOptional: z.boolean().optional(), license: z.string().optional() })),
});

async function readParsed<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(JSON.parse(await readFile(path.join(root, file), 'utf8')));
}

/** Bytes of a package's own files, without packages inside it. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.name !== 'node_modules')
      .map(async (entry) => {
        const place = path.join(folder, entry.name);
        return entry.isDirectory() ? sizeOf(place) : (await stat(place)).size;
      }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What the running app depends on, as Markdown: each direct dependency with licence and installed size, and the licences of all that come with them. */
export async function dependencyList(): Promise<string> {
  const { dependencies } = await readParsed('package.json', own);
  const rows = await Promise.all(
    Object.keys(dependencies).map(async (name) => {
      const found = await readParsed(path.join('node_modules', name, 'package.json'), installed);
      return `| ${name} | ${found.version} | ${found.license} | ${((await sizeOf(path.join(root, 'node_modules', name))) / 1e6).toFixed(1)} MB |`;
    }),
  );
  const { packages } = await readParsed('package-lock.json', lock);
  const running = Object.entries(packages).filter(([name, each]) => name !== '' && each.dev !== true && each.devOptional !== true);
  const licences = Map.groupBy(running, ([, each]) => each.license ?? 'not stated');
  const counted = [...licences].map(([name, list]) => [name, list.length] as const).toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  return [
    '# What the running app depends on',
    '',
    'Installed sizes; the window is bundled, so that only what is used of a package reaches it. `node test/host/write-dependency-list.ts` writes this page.',
    '',
    '| package | version | licence | installed |',
    '|---|---|---|---|',
    ...rows,
    '',
    `With all that these bring along: ${running.length} packages.`,
    '',
    '| licence | packages |',
    '|---|---|',
    ...counted.map(([name, count]) => `| ${name} | ${count} |`),
    '',
  ].join('\n');
}
