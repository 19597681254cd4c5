import type { ConnectivityReply, JsonNumber } from '../../../src-engine/session/protocol.ts';
import { formatNumber, formatShare } from '../../charts/format-number.ts';
import type { ShownToken } from '../samples/TokenRow.tsx';

export type ConnectivityScale = 'absolute' | 'relative';

const finite = (value: JsonNumber | undefined): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
const largest = (row: readonly JsonNumber[]): number => row.reduce<number>((most, value) => Math.max(most, finite(value)), 0);

function numberText(value: JsonNumber | undefined, scale: ConnectivityScale): string {
  if (typeof value !== 'number') return value ?? '';
  return scale === 'absolute' ? formatNumber(value) : formatShare(value);
}

/** Below a token stands a share of 1 % or more; smaller ones would only make noise. */
const SHOWN_FROM = 0.01;

/**
 * The tokens as one answer hangs on them. `absolute` colours by the strongest connection of all answers, so that answers compare with each other;
 * `relative` by the strongest of this answer, so that even a faint one shows where it looks.
 */
export function connectivityTokens(reply: ConnectivityReply, answer: number, scale: ConnectivityScale): readonly ShownToken[] {
  const row = reply[scale][answer] ?? [];
  const shares = reply.relative[answer] ?? [];
  const top = scale === 'absolute' ? Math.max(...reply.absolute.map(largest)) : largest(row);
  return reply.read.map(({ text, known }, index) => ({
    text,
    known,
    tint: top > 0 ? finite(row[index]) / top : 0,
    below: finite(shares[index]) < SHOWN_FROM ? '·' : scale === 'absolute' ? shortNumber(finite(row[index])) : String(Math.round(finite(shares[index]) * 100)),
    about: numberText(row[index], scale),
  }));
}

/** Two digits: it stands under a token. */
function shortNumber(value: number): string {
  return value >= 0.01 && value < 1000 ? String(Number(value.toPrecision(2))) : value.toExponential(0).replace('e+', 'e');
}
