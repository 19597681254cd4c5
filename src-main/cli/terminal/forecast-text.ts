import type { ForecastedInputs } from '../../../src-engine/session/answers/answer-forecast.ts';
import { jsonLine } from './output.ts';
import { printable } from './printable.ts';

/** What `predict --steps` prints: one JSON value, or the columns and a line for each step, a blank line between two windows. */
export function forecastText(forecast: ForecastedInputs, json: boolean): string {
  if (json) return jsonLine(forecast);
  const held = forecast.held.length === 0 ? '' : `held at their last value: ${forecast.held.join(' | ')}\n`;
  const windows = forecast.outputs.map((steps) => steps.map((row) => `${row.join(' ')}\n`).join(''));
  return `${printable(`${held}${forecast.columns.join(' | ')}`)}\n${windows.join('\n')}`;
}
