import { cssColour } from '../css-colours.ts';
import { formatNumber } from '../format-number.ts';
import type { Picture } from './picture.ts';
import { plotPicture } from './plot-picture.ts';

interface Histogram {
  /** Of the file: `lengths`. */
  readonly name: string;
  readonly title: string;
  /** What is counted by, with its unit. */
  readonly x: string;
  /** Left edge of the first bin and right edge of the last; the bins are equally wide. */
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
}

/** Bars of equal width, each as high as its count. */
export function histogramPicture({ name, title, x, from, to, counts }: Histogram): Picture {
  const page = document.documentElement;
  const colour = (variable: string): string => cssColour(page, variable);
  const width = (to - from) / Math.max(1, counts.length);
  return plotPicture(name, () => ({
    title,
    x: { label: x, min: from, max: to, log: false, format: formatNumber },
    y: { label: 'count', min: 0, max: Math.max(1, ...counts) * 1.04, log: false, format: (value) => value.toLocaleString('en') },
    right: null,
    places: counts.map((_, bin) => from + (bin + 0.5) * width),
    curves: [{ name: 'count', colour: colour('--accent'), values: counts, bars: true }],
    colours: { ground: colour('--panel'), line: colour('--line'), text: colour('--text'), mute: colour('--mute') },
  }));
}
