import type { ForecastReply, JsonNumber } from '../../../src-engine/session/protocol.ts';
import type { Band, Line } from '../../charts/LineChart.tsx';

const plain = (value: JsonNumber | null | undefined): number => (typeof value === 'number' ? value : Number.NaN);

interface ForecastCurves {
  readonly lines: readonly Line[];
  readonly labels: readonly string[];
  /** The stretch that is forecast. */
  readonly bands: readonly Band[];
}

/** What was measured, all along, and the forecast from the last value that was read. */
export function forecastCurves({ past, ahead }: ForecastReply, column: number): ForecastCurves {
  const read = past.map(({ values }) => plain(values[column]));
  const truth = ahead.map((row) => plain(row.truth?.[column]));
  const forecast = ahead.map(({ values }) => plain(values[column]));
  const gap = read.slice(0, -1).map(() => Number.NaN);
  return {
    lines: [
      { name: 'measured', values: [...read, ...truth] },
      { name: 'forecast', values: [...gap, ...read.slice(-1), ...forecast] },
    ],
    labels: [...past, ...ahead].map(({ label }, index) => label ?? `t = ${index + 1}`),
    bands: [{ from: past.length - 1, to: past.length + ahead.length - 1, colour: '--state' }],
  };
}

/** Root of the mean square over the steps whose truth is known; null where none is. */
export function forecastError({ ahead }: ForecastReply, column: number): { readonly rmse: number; readonly steps: number } | null {
  const squares = ahead.map((row) => (plain(row.values[column]) - plain(row.truth?.[column])) ** 2).filter(Number.isFinite);
  if (squares.length === 0) return null;
  return { rmse: Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length), steps: squares.length };
}
