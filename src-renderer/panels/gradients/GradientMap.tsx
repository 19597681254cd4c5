import { useEffect, useMemo, useState } from 'react';
import { formatNumber } from '../../charts/format-number.ts';
import { Heatmap, type HeatmapCell } from '../../charts/Heatmap.tsx';
import { linkPlace, useLinkedPlace } from '../../state/linked-place.ts';
import type { Probe } from '../../state/run-store.ts';
import { useTheme } from '../../state/workspace-theme.ts';
import { rowsReaching, windowBoundaries, type MapRow } from './gradient-rows.ts';
import { MapLegend, marksIn } from './MapLegend.tsx';
import { quantities, type Quantity } from './quantities.ts';

interface GradientMapProps {
  readonly quantity: Quantity;
  readonly rows: readonly MapRow[];
  readonly frame: Probe;
  /** Cells that no example reaches. */
  readonly masked: (column: number, row: number) => boolean;
  /** The training step that the rows were measured at. */
  readonly measured: number;
  /** Steps of a window of truncated BPTT; null where the gradient goes back all the way. */
  readonly window: number | null;
  readonly onChoose: (row: MapRow) => void;
}

/** The picture and the line under it, which reads the cell pointed at. */
export function GradientMap({ quantity, rows, frame, masked, measured, window, onChoose }: GradientMapProps): React.JSX.Element {
  const theme = useTheme();
  const [cursor, setCursor] = useState<HeatmapCell | null>(null);
  const boundaries = useMemo(() => windowBoundaries(window, frame.steps), [window, frame.steps]);
  const marks = useMemo(() => marksIn(rows, frame, masked, boundaries), [rows, frame, masked, boundaries]);
  const dense = quantity === 'triangle' && rows.length > 8;
  const pointed = cursor === null ? null : (rows[cursor.row] ?? null);
  useLink(pointed, cursor?.column ?? null);
  const linked = useLinkedCell(rows, quantity === 'triangle');
  const { label, about } = quantities[quantity];
  return (
    <>
      <div
        className="gradients-map"
        data-dense={dense}
        data-many={rows.length > 3}
        style={{ flexBasis: dense ? '60%' : heightOf(rows.length, 38), minHeight: dense ? '60%' : heightOf(rows.length, 20) }}
      >
        <Heatmap
          label={`Gradient map, ${label}: ${dense ? `${String(rows.length)} loss steps` : rows.map((row) => row.label).join(', ')} over ${String(frame.steps)} steps, at training step ${String(measured)}`}
          rows={rows}
          columns={frame.steps}
          masked={masked}
          boundaries={boundaries}
          dense={dense}
          cursor={cursor ?? linked}
          onCursor={setCursor}
          onChoose={(cell) => {
            const row = rows[cell.row];
            if (row !== undefined) onChoose(row);
          }}
          theme={theme}
        />
      </div>
      <p className="gradients-readout" aria-live={cursor === null ? 'off' : 'polite'}>
        {cursor === null || pointed === null ? (
          <span>{about}</span>
        ) : (
          <span className="mono">{readout(pointed, cursor.column, frame, masked(cursor.column, cursor.row))}</span>
        )}
        <MapLegend {...marks} />
        {measured === frame.step ? null : <span className="gradients-measured">measured at step {measured.toLocaleString('en')}</span>}
      </p>
    </>
  );
}

/** Of up to six rows in sight and the numbers of the steps under them. */
function heightOf(rows: number, each: number): string {
  return `${String(Math.min(rows, 6) * each + 16)}px`;
}

function readout(row: MapRow, column: number, frame: Probe, isMasked: boolean): string {
  const reaching = rowsReaching(frame, row.layer, column);
  const name = row.name(column + 1);
  const place = row.layer === null ? name : `${name}, ${row.label}`;
  if (rowsReaching(frame, null, column) === 0) return `${place}: no row reaches this step`;
  if (isMasked && row.lossStep === null) return `${place}: past the end of what it reads`;
  if (isMasked) return `${place}: the loss at step ${String(row.lossStep ?? 0)} does not depend on it`;
  const value = row.values[column] ?? Number.NaN;
  return `${place}: ${formatNumber(value)} over ${String(reaching)} of ${String(frame.rows)} rows`;
}

/** Lights up what is pointed at in the other views, for as long as it is. */
function useLink(row: MapRow | null, column: number | null): void {
  const node = row?.node ?? null;
  const layer = row?.layer ?? null;
  useEffect(() => {
    if (node === null || column === null) return;
    linkPlace({ node, t: column + 1, layer });
    return () => {
      linkPlace(null);
    };
  }, [node, column, layer]);
}

/** The cell of what is pointed at in another view; a triangle's rows are not layers. */
function useLinkedCell(rows: readonly MapRow[], isTriangle: boolean): HeatmapCell | null {
  const place = useLinkedPlace();
  if (place === null || place.t === null || isTriangle) return null;
  const row = rows.findIndex(({ node, layer }) => node === place.node && (layer === null || place.layer === null || layer === place.layer));
  return row === -1 ? null : { row, column: place.t - 1 };
}
