import * as fileSystem from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemError } from '../../src-engine/document/problems.ts';
import { readTextFile } from '../../src-main/host/files/read-text.ts';

let folder: string;
beforeAll(async () => {
  folder = await fileSystem.mkdtemp(join(tmpdir(), 'unroll-read-'));
});
afterAll(() => fileSystem.rm(folder, { recursive: true }));

async function codeOf(path: string, limit?: number): Promise<string> {
  const error = await readTextFile(path, fileSystem, limit).then(
    () => null,
    (caught: unknown) => caught as ProblemError,
  );
  return error?.problems[0]?.code ?? 'read';
}

describe('reading a file', () => {
  it('gives its text, without a byte order mark', async () => {
    const path = join(folder, 'text');
    await fileSystem.writeFile(path, '\uFEFFα × β');
    expect(await readTextFile(path, fileSystem)).toBe('α × β');
  });

  it('takes exactly the limit and refuses one byte more', async () => {
    const path = join(folder, 'limit');
    await fileSystem.writeFile(path, 'x'.repeat(1000));
    expect(await codeOf(path, 1000)).toBe('read');
    expect(await codeOf(path, 999)).toBe('U005');
  });

  it('does not trust a size of nothing: a device without end is refused at the limit', async () => {
    expect(await codeOf('/dev/zero', 1_000_000)).toBe('U005');
  });

  it('names what cannot be read', async () => {
    expect(await codeOf(join(folder, 'nowhere'))).toBe('U051');
    expect(await codeOf(folder)).toBe('U051');
    await fileSystem.writeFile(join(folder, 'bytes'), new Uint8Array([0x7b, 0xff]));
    expect(await codeOf(join(folder, 'bytes'))).toBe('U001');
  });
});
