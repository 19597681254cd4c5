import type { ExplainReply, JsonNumber } from '../../../src-engine/session/protocol.ts';
import { formatNumber } from '../../charts/format-number.ts';
import type { ShownToken } from './TokenRow.tsx';

/** Below this share of the strongest, a token has no sign written under it. */
const SIGN_FROM = 0.1;

const finite = (value: JsonNumber | undefined): number => (typeof value === 'number' ? value : 0);

/** `+0.42`, `−1.3`. */
export function signed(value: JsonNumber | undefined): string {
  if (typeof value !== 'number') return value ?? '';
  const text = formatNumber(Math.abs(value));
  return value < 0 ? `−${text}` : `+${text}`;
}

/** Tokens tinted by what they added to the answer, the strongest fully. Sign and number say it without the colour. */
export function tintedTokens({ read, contributions }: Pick<ExplainReply, 'read' | 'contributions'>): readonly ShownToken[] {
  const most = contributions.reduce<number>((max, value) => Math.max(max, Math.abs(finite(value))), 0);
  return read.map(({ text, known }, index) => {
    const value = contributions[index];
    const tint = most === 0 ? 0 : finite(value) / most;
    const below = Math.abs(tint) < SIGN_FROM ? '' : tint < 0 ? '−' : '+';
    return { text, known, tint, below, about: `${signed(value)}${known ? '' : ', not in the vocabulary'}` };
  });
}
