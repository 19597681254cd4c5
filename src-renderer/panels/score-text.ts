import type { Validation } from '../../src-engine/session/protocol.ts';
import { formatNumber } from '../charts/format-number.ts';

export type Metric = Validation['metric'];

/** A score as a person writes it: 91.8 %, or 0.412. */
export function scoreText(metric: Metric, score: number): string {
  return metric === 'accuracy' && Number.isFinite(score) ? `${(score * 100).toFixed(1)} %` : formatNumber(score);
}

export function metricName(metric: Metric): string {
  return metric === 'accuracy' ? 'accuracy' : 'RMSE';
}
