import { decadeSplits } from './plot-axes.ts';

/** The stretch of numbers that an axis shows. */
export interface PlotScale {
  readonly min: number;
  readonly max: number;
  readonly log: boolean;
  /** The least value at the far end. */
  readonly reversed?: boolean;
}

/** Round numbers of an axis, ascending, at most about `most`. */
export function plotTicks({ min, max, log }: PlotScale, most: number): readonly number[] {
  if (!(max > min)) return [min];
  if (log) return decadeSplits(min, max, most);
  const rough = (max - min) / most;
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * decade >= rough) ?? 10) * decade;
  const first = Math.ceil(min / step - 1e-9);
  const count = Math.floor(max / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}
