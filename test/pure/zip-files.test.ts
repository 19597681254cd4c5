import { expect, it } from 'vitest';
import { zipFiles } from '../../src-engine/session/export/zip-files.ts';

const text = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content);
const FILES = [
  { path: 'model.py', bytes: text('import torch\n') },
  { path: 'data/tränen.jsonl', bytes: text('') },
];

/** What the directory at the end of an archive names, and the bytes that stand where it says. */
function read(zip: Uint8Array): { name: string; crc: number; content: string }[] {
  const view = new DataView(zip.buffer);
  const end = zip.length - 22;
  expect(view.getUint32(end, true)).toBe(0x06054b50);
  let at = view.getUint32(end + 16, true);
  return Array.from({ length: view.getUint16(end + 10, true) }, () => {
    expect(view.getUint32(at, true)).toBe(0x02014b50);
    const [crc, size, nameLength, place] = [
      view.getUint32(at + 16, true),
      view.getUint32(at + 20, true),
      view.getUint16(at + 28, true),
      view.getUint32(at + 42, true),
    ];
    const name = new TextDecoder().decode(zip.subarray(at + 46, at + 46 + nameLength));
    expect(view.getUint32(place, true)).toBe(0x04034b50);
    expect(view.getUint32(place + 14, true)).toBe(crc);
    const begin = place + 30 + nameLength;
    at += 46 + nameLength;
    return { name, crc, content: new TextDecoder().decode(zip.subarray(begin, begin + size)) };
  });
}

it('every file stands in its folder, whole, with its checksum', () => {
  expect(read(zipFiles('mine', FILES))).toEqual([
    { name: 'mine/model.py', crc: 0x9a5401ed, content: 'import torch\n' },
    { name: 'mine/data/tränen.jsonl', crc: 0, content: '' },
  ]);
});
