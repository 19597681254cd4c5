import type { JsonNumber } from '../../../src-engine/session/protocol.ts';
import { formatNumber } from '../../charts/format-number.ts';

interface NumberMatrixProps {
  readonly label: string;
  /** Row by row. */
  readonly values: readonly JsonNumber[];
  readonly columns: number;
}

/** Matrices with more numbers, or wider rows, are pictures elsewhere. */
const MOST_NUMBERS = 32;
const MOST_COLUMNS = 4;

export function isSmall(values: readonly JsonNumber[] | null, columns: number): values is readonly JsonNumber[] {
  return values !== null && values.length > 0 && values.length <= MOST_NUMBERS && columns <= MOST_COLUMNS;
}

/** A small matrix with its numbers, as in a lecture. */
export function NumberMatrix({ label, values, columns }: NumberMatrixProps): React.JSX.Element {
  const rows = Array.from({ length: Math.ceil(values.length / columns) }, (_, row) => values.slice(row * columns, (row + 1) * columns));
  return (
    <table className="number-matrix" aria-label={label}>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((value, column) => (
              <td key={column} title={String(value)}>
                {numberText(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Four digits where they are readable: a lecture's 0.4621. */
export function numberText(value: JsonNumber | undefined): string {
  const number = Number(value ?? Number.NaN);
  if (number === 0) return '0';
  const size = Math.abs(number);
  return (size >= 0.001 && size < 100 ? number.toFixed(4) : formatNumber(number)).replace('-', '−');
}
