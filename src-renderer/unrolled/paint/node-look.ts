/** How one node is painted. Text is made only where it is large enough to be read. */
export type NodeLook =
  /** Not there yet: outlined. */
  | { readonly kind: 'blank' }
  /** No example reaches it. */
  | { readonly kind: 'masked' }
  /** In the colour of its function: it has a value, and no gradient is shown. */
  | { readonly kind: 'value'; readonly text: () => string }
  /** On the colour scale, 0 to 1; several numbers stand side by side. NaN for one that is not finite. */
  | { readonly kind: 'shade'; readonly places: readonly number[]; readonly text: () => string };

export const BLANK: NodeLook = { kind: 'blank' };
export const MASKED: NodeLook = { kind: 'masked' };

/** Two digits, in at most four characters: it stands in a node. */
export function shortNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size === 0) return '0';
  const text = size >= 0.1 && size < 1000 ? String(Number(size.toPrecision(2))) : size.toExponential(0).replace('e+', 'e');
  return value < 0 ? `−${text}` : text;
}
