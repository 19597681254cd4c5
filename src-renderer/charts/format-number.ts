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

/** A share as percent; one too small for the digits is never called nothing. What is not finite comes by its name and keeps it. */
export function formatShare(share: number | string, digits = 1): string {
  if (typeof share === 'string') return share;
  const text = (share * 100).toFixed(digits);
  return share > 0 && Number(text) === 0 ? `< ${10 ** -digits} %` : `${text} %`;
}

/** A loss in a legend: always the same width while it streams. */
export function formatLoss(value: number): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  if (value >= 1000 || (value < 0.001 && value > 0)) return value.toExponential(value >= 1000 ? 1 : 0).replace('e+', 'e');
  return value.toFixed(value >= 100 ? 1 : value >= 10 ? 2 : 3);
}

/** Round values on a logarithmic axis: 1e-8, 2e-3, 1, 5, 10, 1e4. */
export function formatPower(value: number): string {
  return value >= 1 && value < 100 ? String(value) : value.toExponential().replace('e+', 'e');
}
