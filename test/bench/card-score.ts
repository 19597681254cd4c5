import type { Measure } from '../../src-engine/data/dataset.ts';

const SHARES: ReadonlySet<string> = new Set(['accuracy', 'exact-match', 'macro-f1'] satisfies Measure[]);

/** Whether a test score is at least what a card says (`85 %`, `RMSE 0.40`, `2.04 bits a character`), rounded as the card rounds; null where the card gives no number. */
export function reachesCard(card: string, metric: string, score: number): boolean | null {
  const text = /\d+(?:\.\d+)?/u.exec(card)?.[0];
  if (text === undefined) return null;
  const unit = 10 ** (text.split('.')[1]?.length ?? 0);
  const reached = Math.round((SHARES.has(metric) ? 100 * score : score) * unit);
  const promised = Math.round(Number(text) * unit);
  return SHARES.has(metric) ? reached >= promised : reached <= promised;
}
