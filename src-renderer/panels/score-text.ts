import type { DataSummary, Validation } from '../../src-engine/session/protocol.ts';
import { formatNumber, formatShare } from '../charts/format-number.ts';

export type Metric = Validation['metric'];
export type Measure = DataSummary['baselines'][number]['metric'];

/** Shares of 0 to 1, of which more is better. */
const SHARES: ReadonlySet<Measure> = new Set(['accuracy', 'exact-match', 'macro-f1']);

const NAMES: Readonly<Record<Measure, string>> = {
  accuracy: 'accuracy',
  'exact-match': 'exact match',
  'macro-f1': 'macro F1',
  perplexity: 'perplexity',
  'bits-per-character': 'bits per character',
  rmse: 'RMSE',
  mae: 'MAE',
};

export function isShare(measure: Measure): boolean {
  return SHARES.has(measure);
}

/** A score as a person writes it: 91.8 %, or 0.412. */
export function scoreText(measure: Measure, score: number): string {
  return isShare(measure) && Number.isFinite(score) ? formatShare(score) : formatNumber(score);
}

export function metricName(measure: Measure): string {
  return NAMES[measure];
}
