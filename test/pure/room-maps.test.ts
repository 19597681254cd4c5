import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../..');

/** The rows of a map: the room's folder, and the names in backquotes behind it. */
function rowsOf(map: string): readonly { readonly room: string; readonly names: readonly string[] }[] {
  return [...map.matchAll(/^\| `(?<room>[^`]+)` \|(?<rest>.*)$/gmu)].map(({ groups }) => ({
    room: groups?.['room'] ?? '',
    names: [...(groups?.['rest'] ?? '').matchAll(/`([\w./-]+(?:\/|\.tsx?))`/gu)].map(([, name = '']) => name),
  }));
}

describe.each(['src-engine', 'src-main', 'src-renderer'])('the map of %s', (part) => {
  const map = readFileSync(path.join(root, part, 'README.md'), 'utf8');
  const rows = rowsOf(map);

  it('has every room', () => {
    const rooms = readdirSync(path.join(root, part), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(rooms.map(({ name }) => `${name}/`).filter((room) => !rows.some((row) => row.room === room))).toEqual([]);
  });

  it('names no file and no folder that is not there', () => {
    const missing = rows
      .flatMap(({ room, names }) => [room, ...names.map((name) => path.join(room, name))])
      .filter((name) => !existsSync(path.join(root, part, name)));
    expect(missing.filter((name) => !existsSync(path.join(root, name.split('/').slice(1).join('/'))))).toEqual([]);
  });

  it('names files in its text that are there', () => {
    const paths = [...map.matchAll(/`((?:[\w-]+\/)+[\w.-]+\.(?:tsx?|css|cjs))`/gu)].map(([, name = '']) => name);
    const inRows = rows.flatMap(({ room, names }) => names.map((name) => `${room} ${name}`));
    const missing = paths.filter(
      (name) => ![root, path.join(root, part)].some((base) => existsSync(path.join(base, name))) && !inRows.some((row) => row.endsWith(` ${name}`)),
    );
    expect(missing).toEqual([]);
  });
});
