import { fc } from '../fixtures/laws.ts';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { barsSvg } from '../../src-renderer/charts/pictures/bars-picture.ts';
import { csvText } from '../../src-renderer/charts/pictures/csv.ts';
import { mapSvg, NON_FINITE } from '../../src-renderer/charts/pictures/map-picture.ts';
import { plotCsv, plotSvg, type PlotDrawing } from '../../src-renderer/charts/pictures/plot-picture.ts';
import { plotTicks } from '../../src-renderer/charts/plot-ticks.ts';
import { xmlText } from '../../src-renderer/charts/pictures/svg.ts';
import type { MapRow } from '../../src-renderer/panels/gradients/gradient-rows.ts';
import { gradientCsv } from '../../src-renderer/panels/gradients/map-picture.ts';

const colours = { ground: '#fff', line: '#eee', text: '#111', mute: '#666' };
const plot: PlotDrawing = {
  title: 'Loss of <names> & co',
  x: { label: 'training step', min: 0, max: 4, log: false, format: String },
  y: { label: 'cross-entropy', min: 0, max: 2, log: false, format: (value) => value.toFixed(1) },
  right: { label: 'accuracy', min: 0, max: 1, log: false, format: (value) => `${value * 100} %` },
  places: [0, 1, 2, 3, 4],
  curves: [
    { name: 'train', colour: '#00f', values: [2, 1, null, 0.5, 0.25] },
    { name: 'accuracy', colour: '#0a0', values: [undefined, 0.5, undefined, undefined, 1], right: true, dots: true },
  ],
  levels: [{ name: 'majority class', value: 0.6, right: true }],
  colours,
};

/** Every tag that opens closes, in order: enough of XML for what we write. */
function isWellFormed(text: string): boolean {
  const open: string[] = [];
  for (const [, closing, name, self] of text.replace(/^<\?.*?\?>/u, '').matchAll(/<(\/?)([a-zA-Z]+)(?:\s+[\w:-]+="[^"<]*")*\s*(\/?)>/gu)) {
    if (closing === '/') {
      if (open.pop() !== name) return false;
    } else if (self !== '/') open.push(name!);
  }
  return open.length === 0 && !/&(?!amp;|lt;|gt;|quot;)/u.test(text);
}

describe('a plot that leaves the window', () => {
  const svg = plotSvg(plot);

  it('is well-formed, with its title, axes, units and legend as text', () => {
    expect(isWellFormed(svg)).toBe(true);
    for (const text of ['Loss of &lt;names&gt; &amp; co', 'training step', 'cross-entropy', 'accuracy', 'majority class', '1.5', '40 %'])
      expect(svg).toContain(`>${text}</text>`);
  });

  it('has each curve where its numbers are: broken at null, running on over what it does not have', () => {
    const [train, accuracy] = [...svg.matchAll(/<path d="([^"]*)"/gu)].map(([, path]) => path!);
    expect(train).toBe('M76 84L278 282M682 381L884 430.5');
    expect(accuracy).toBe('M278 282L884 84');
    expect(svg.match(/<circle/gu)).toHaveLength(2);
  });

  it('has bars that stand on the axis', () => {
    const bars = plotSvg({ ...plot, right: null, places: [1, 3], curves: [{ name: 'count', colour: '#123456', values: [2, 1], bars: true }], levels: [] });
    const found = [...bars.matchAll(/y="([\d.]+)" width="[\d.]+" height="([\d.]+)" fill="#123456"/gu)].map(([, y, height]) => [Number(y), Number(height)]);
    expect(found).toEqual([
      [84, 396],
      [282, 198],
    ]);
  });

  it('is a table with a column for each curve', () => {
    const { data } = Papa.parse<string[]>(plotCsv(plot), { skipEmptyLines: true });
    expect(data).toEqual([
      ['training step', 'train', 'accuracy'],
      ['0', '2', ''],
      ['1', '1', '0.5'],
      ['2', '', ''],
      ['3', '0.5', ''],
      ['4', '0.25', '1'],
    ]);
  });
});

describe('a map that leaves the window', () => {
  it('has a rectangle for each cell, hatched where it is masked, crossed where it is not finite, and its scale with numbers', () => {
    const svg = mapSvg({
      title: 'Gradient',
      columnLabel: 'step t',
      blocks: [{ title: '', rows: [{ label: 'rnn1 →', colours: ['#123', null, NON_FINITE, '#456'] }] }],
      scale: { name: 'norm', colours: ['#000', '#fff'], ticks: ['1e-8', '1'] },
      colours: { ground: '#fff', none: '#eee', bad: '#c00', text: '#111', mute: '#666' },
      hatched: 'masked',
    });
    expect(isWellFormed(svg)).toBe(true);
    expect([...svg.matchAll(/height="24" fill="([^"]*)"/gu)].map(([, fill]) => fill)).toEqual(['#123', 'url(#none)', 'url(#non-finite)', '#456']);
    for (const text of ['rnn1 →', 'step t', '1e-8', 'norm', 'masked', 'not finite']) expect(svg).toContain(`>${text}</text>`);
  });
});

describe('the table of a gradient map', () => {
  const row = (label: string, values: readonly number[], layer: number | null = 0): MapRow => ({
    label,
    values: Float32Array.from(values),
    layer,
    node: 'gru1',
    name: (t) => `${layer === null ? 'gru1.bias' : 'gru1'}:t${String(t)}`,
    lossStep: null,
    beyond: () => false,
    place: () => 0,
  });
  const read = (rows: readonly MapRow[], masked = (_column: number, _row: number) => false): readonly (readonly string[])[] =>
    Papa.parse<string[]>(gradientCsv({ quantity: 'gradient', rows, columns: 2, masked, measured: 1, absolute: true }), { skipEmptyLines: true }).data;

  it('has a line for each painted cell: numbers as painted, words for what is not finite, nothing where nothing is', () => {
    expect(read([row('gru1 →', [0.5, 1e-20]), row('gru1 ←', [Number.NaN, Number.POSITIVE_INFINITY])], (column, index) => column === 1 && index === 0)).toEqual([
      ['layer', 'direction', 't', 'value'],
      ['gru1', 'forward', '1', '0.5'],
      ['gru1', 'forward', '2', ''],
      ['gru1', 'backward', '1', 'NaN'],
      ['gru1', 'backward', '2', 'Infinity'],
    ]);
  });

  it('says of what a row is where a layer has several, and of which parameter', () => {
    expect(read([row('gru1 → reset shut', [0, 1])])[1]).toEqual(['gru1', 'forward', 'reset shut', '1', '0']);
    expect(read([row('gru1.bias', [2, 3], null)])[1]).toEqual(['gru1.bias', '', '1', '2']);
  });
});

describe('text of files', () => {
  it('CSV reads back as it was, numbers that are not finite as words', () => {
    const rows = [
      ['a,b', 1e-300, Number.NaN],
      ['say "hi"', 0.1 + 0.2, Number.NEGATIVE_INFINITY],
    ];
    const { data } = Papa.parse<string[]>(csvText(['name', 'x', 'y'], rows), { skipEmptyLines: true });
    expect(data.slice(1).map(([name, x, y]) => [name, Number(x), Number(y)])).toEqual(rows);
    expect(csvText(['a'], [['=1+1']])).toBe("a\r\n'=1+1\r\n");
  });

  it('no text breaks the XML it stands in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((codes) => String.fromCharCode(...codes)),
        (text) => {
          expect(isWellFormed(`<text>${xmlText(text)}</text>`)).toBe(true);
        },
      ),
    );
  });

  it('ticks are round, inside the axis, and few', () => {
    expect(plotTicks({ min: 0, max: 1, log: false }, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(plotTicks({ min: 1e-6, max: 1, log: true }, 8)).toEqual([1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1]);
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (min, span) => {
        const ticks = plotTicks({ min, max: min + span, log: false }, 8);
        expect(ticks.length).toBeLessThanOrEqual(10);
        for (const tick of ticks) expect(tick >= min - span * 1e-6 && tick <= min + span * (1 + 1e-6)).toBe(true);
      }),
    );
  });
});

describe('bars that are saved', () => {
  const bars = [
    {
      name: 'a <class> & more of it than there is room for',
      pieces: [
        { value: 6, colour: '#00f' },
        { value: 2, colour: '#0a0' },
      ],
      text: '8',
    },
    { name: 'none', pieces: [{ value: 0, colour: '#00f' }], text: '0' },
  ];
  const svg = barsSvg('Classes', bars, { ground: '#fff', text: '#111', mute: '#666' });
  const widths = [...svg.matchAll(/<rect x="[\d.]+" y="[\d.-]+" width="([\d.]+)" height="12"/gu)].map(([, width]) => Number(width));

  it('are as long as what they count, their pieces one behind the other', () => {
    expect(isWellFormed(svg)).toBe(true);
    expect(widths).toHaveLength(3);
    expect(widths[0]! / widths[1]!).toBeCloseTo(3, 2);
    expect(widths[2]).toBe(0);
  });

  it('are named and valued, long names cut', () => {
    expect(svg).toContain('>a &lt;class&gt; &amp; more of it than t\u2026</text>');
    expect(svg).toContain('>8</text>');
  });

  it('are nothing where there is nothing', () => {
    expect(isWellFormed(barsSvg('Classes', [], { ground: '#fff', text: '#111', mute: '#666' }))).toBe(true);
  });
});
