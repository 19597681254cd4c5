/** Three significant digits, plain where that is readable, else as 1.23e-5. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) return value.toExponential(1).replace('e+', 'e');
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  return value.toPrecision(3);
}

/** A loss in a legend: always the same width while it streams. */
export function formatLoss(value: number): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  if (value >= 1000 || (value < 0.001 && value > 0)) return value.toExponential(2).replace('e+', 'e');
  return value.toFixed(value >= 100 ? 1 : value >= 10 ? 2 : 3);
}

/** Powers of ten on an axis: 1e-8, 1, 10, 1e4. */
export function formatPower(value: number): string {
  if (value === 1 || value === 10) return String(value);
  return `1e${String(Math.round(Math.log10(value)))}`;
}
