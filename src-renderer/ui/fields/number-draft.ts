export interface NumberRule {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly integer?: boolean | undefined;
  /** The lower bound itself is not allowed. */
  readonly aboveMin?: boolean | undefined;
}

export type NumberReading = { readonly ok: true; readonly value: number } | { readonly ok: false; readonly error: string };

/** Reads what was typed into a number field. The error is a sentence that names the bounds. */
export function readNumber(text: string, rule: NumberRule): NumberReading {
  const cleaned = text.trim().replace('\u2212', '-');
  if (cleaned.includes(',')) return { ok: false, error: 'Write decimals with a point, such as 0.002, and no thousands mark.' };
  const value = cleaned === '' ? Number.NaN : Number(cleaned);
  const bounds = describeBounds(rule);
  if (!Number.isFinite(value)) return { ok: false, error: `Must be a number. ${bounds}`.trim() };
  if (rule.integer && !Number.isInteger(value)) return { ok: false, error: `Must be a whole number. ${bounds}`.trim() };
  const low = rule.min !== undefined && (value < rule.min || (rule.aboveMin === true && value === rule.min));
  const high = rule.max !== undefined && value > rule.max;
  return low || high ? { ok: false, error: bounds } : { ok: true, value };
}

function describeBounds({ min, max, aboveMin }: NumberRule): string {
  if (min !== undefined && max !== undefined && aboveMin !== true) return `Must be between ${formatNumber(min)} and ${formatNumber(max)}.`;
  const above = min === undefined ? [] : [`${aboveMin === true ? 'more than' : 'at least'} ${formatNumber(min)}`];
  const below = max === undefined ? [] : [`at most ${formatNumber(max)}`];
  const both = [...above, ...below].join(' and ');
  return both === '' ? '' : `Must be ${both}.`;
}

/** One press of an arrow key: whole numbers by one (ten with Shift), others by their last written digit. */
export function stepNumber(value: number, direction: 1 | -1, large: boolean, rule: NumberRule): number {
  const unit = rule.integer ? 1 : lastDigitUnit(value);
  const next = Number((value + direction * unit * (large ? 10 : 1)).toPrecision(12));
  const allowed = rule.aboveMin && rule.min !== undefined && next <= rule.min ? value : next;
  return Math.min(Math.max(allowed, rule.min ?? -Infinity), rule.max ?? Infinity);
}

function lastDigitUnit(value: number): number {
  if (value === 0) return 0.1;
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential().split('e');
  const decimals = mantissa.split('.')[1]?.length ?? 0;
  return 10 ** (Number(exponent) - decimals);
}

/** `4,096`, `0.002`, `1e-8`: as short as the value allows, with thousands marked. */
function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-4 || size >= 1e12)) return value.toExponential().replace('e+', 'e');
  return value.toLocaleString('en-GB', { maximumFractionDigits: 12 });
}
