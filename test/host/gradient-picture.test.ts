import { crc32, inflateSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { colourAt, COLDEST, HOTTEST, placeOnScale as place, TICKS } from '../../src-main/cli/picture/gradient-scale.ts';
import { drawGradients } from '../../src-main/cli/picture/draw-gradients.ts';
import { encodePng, type Picture } from '../../src-main/cli/picture/png.ts';
import type { GradientsValue } from '../../src-engine/session/probes/gradients.ts';
import { placeOnScale, scaleTicks, shadeAt } from '../../src-renderer/charts/colour-scale.ts';
import { buildEngine, openCommandLine, type CommandLine } from './cli-fixture.ts';

let cli: CommandLine;
beforeAll(async () => {
  await buildEngine();
  cli = await openCommandLine();
}, 120_000);
afterAll(() => cli.close());

/** Reads a PNG as the standard has it; throws where a checksum or a length is wrong. */
function decodePng(bytes: Uint8Array): Picture {
  const file = Buffer.from(bytes);
  expect([...file.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const typed = file.subarray(at + 4, at + 8 + length);
    expect(file.readUInt32BE(at + 8 + length)).toBe(crc32(typed));
    chunks.set(typed.subarray(0, 4).toString('latin1'), typed.subarray(4));
    at += 12 + length;
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
  const head = chunks.get('IHDR')!;
  expect([...head.subarray(8)]).toEqual([8, 2, 0, 0, 0]);
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const rows = inflateSync(chunks.get('IDAT')!);
  expect(rows.length).toBe(height * (1 + 3 * width));
  const pixels = Buffer.concat(Array.from({ length: height }, (_, y) => rows.subarray(y * (1 + 3 * width) + 1, (y + 1) * (1 + 3 * width))));
  return { width, height, pixels };
}

/** Counts of each colour, as `r,g,b`. */
function colours({ pixels }: Picture): Map<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at < pixels.length; at += 3) {
    const colour = pixels.subarray(at, at + 3).join();
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return counts;
}

function measured(values: GradientsValue['flow'][number]['values']): GradientsValue {
  return { loss: 1, gradientNorm: [{ layer: 'rnn1', direction: 'forward', values }], flow: [], copyGradient: [], diagnosis: [] };
}

/** Area of one cell where the sequence is short. */
const CELL = 39 * 26;

describe('the heatmap as a picture', () => {
  it('has the scale of the window', () => {
    expect(TICKS).toEqual(scaleTicks);
    for (const norm of [0, COLDEST, 3e-6, 1, 77, HOTTEST, 1e9]) {
      expect(place(norm)).toBeCloseTo(placeOnScale(norm), 12);
      expect(`rgb(${colourAt(Math.round(place(norm) * 255) / 255).join(', ')})`).toBe(
        shadeAt(placeOnScale(norm)).startsWith('#') ? asRgb(shadeAt(placeOnScale(norm))) : shadeAt(placeOnScale(norm)),
      );
    }
  });

  it('gives each step a cell in the colour of its norm, and hatches what is not finite', () => {
    const without = colours(drawGradients(measured([1e-3]), 'all'));
    const picture = colours(drawGradients(measured([1e-3, 0.5, 'NaN']), 'all'));
    const half = colourAt(place(0.5)).join();
    expect((picture.get(half) ?? 0) - (without.get(half) ?? 0)).toBeGreaterThanOrEqual(CELL);
    const hatch = '214,40,120';
    expect((picture.get(hatch) ?? 0) - (without.get(hatch) ?? 0)).toBeGreaterThan(0.4 * CELL);
  });

  it('comes out of the file as it went in, for long sequences too', () => {
    const picture = drawGradients(measured(Array.from({ length: 3000 }, (_, t) => 0.99 ** t)), 3);
    expect(picture.width).toBeGreaterThan(3000);
    const read = decodePng(encodePng(picture));
    expect([read.width, read.height]).toEqual([picture.width, picture.height]);
    expect(Buffer.compare(read.pixels, picture.pixels)).toBe(0);
  });

  it('is written by unroll gradients --png, beside what it prints', async () => {
    await cli.run(['new', 'names', '-o', 'n.unroll']);
    const ran = await cli.run(['gradients', 'n.unroll', '--png', 'n.png', '--json']);
    expect(ran).toMatchObject({ code: 0, err: '' });
    const picture = decodePng(await readFile(join(cli.folder, 'n.png')));
    expect(colours(picture).size, 'the legend alone has the whole scale').toBeGreaterThan(200);
    expect(await cli.run(['gradients', 'n.unroll', '--png', 'no/such/n.png'])).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^U051 /u) as string,
    });
  });
});

function asRgb(hex: string): string {
  return `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
}
