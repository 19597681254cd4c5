import { useEffect, useMemo, useState } from 'react';
import { formatNumber } from '../../charts/format-number.ts';
import { Heatmap, type HeatmapCell } from '../../charts/Heatmap.tsx';
import { linkPlace, useLinkedPlace, type LinkedPlace } from '../../state/linked-place.ts';
import type { Probe } from '../../state/run-store.ts';
import { useTheme } from '../../state/workspace/workspace-theme.ts';
import { useEditedSince } from '../top-bar/use-edited-since.ts';
import { lagOf, lagText } from '../../state/lined-up.ts';
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
  /** Columns count steps back from the loss. */
  readonly linedUp: boolean;
  /** Under the map while nothing is pointed at. */
  readonly about: string;
  readonly onChoose: (row: MapRow) => void;
}

/** The picture and the line under it, which reads the cell pointed at. */
export function GradientMap({ quantity, rows, frame, masked, measured, window, linedUp, about, onChoose }: GradientMapProps): React.JSX.Element {
  const theme = useTheme();
  const edited = useEditedSince();
  const [cursor, setCursor] = useState<HeatmapCell | null>(null);
  const boundaries = useMemo(() => windowBoundaries(window, frame.steps), [window, frame.steps]);
  const marks = useMemo(() => marksIn(rows, frame, masked, boundaries), [rows, frame, masked, boundaries]);
  const dense = quantity === 'triangle' && rows.length > 8;
  const pointed = cursor === null ? null : (rows[cursor.row] ?? null);
  useLink(pointed, cursor?.column ?? null, linedUp ? frame.steps : null);
  const linked = useLinkedCell(quantity === 'triangle' ? [] : rows, linedUp ? frame.steps : null);
  const { label } = quantities[quantity];
  return (
    <>
      <div
        className="gradients-map"
        data-dense={dense}
        data-many={rows.length > 3}
        style={{ flexBasis: dense ? '60%' : heightOf(rows.length, 38), minHeight: dense ? '60%' : heightOf(rows.length, 20) }}
      >
        <Heatmap
          label={`Gradient map, ${label}: ${dense ? `${String(rows.length)} loss steps` : rows.map((row) => row.label).join(', ')} over ${String(frame.steps)} steps${linedUp ? ' before the loss' : ''}, at training step ${String(measured)}`}
          rows={rows}
          columns={frame.steps}
          masked={masked}
          boundaries={boundaries}
          fromLoss={linedUp}
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
          <span className="mono">
            {label}, {linedUp ? lagReadout(pointed, cursor.column, frame) : readout(pointed, cursor.column, frame, masked(cursor.column, cursor.row))}
          </span>
        )}
        <MapLegend {...marks} />
        {edited ? <span className="gradients-measured">of the model before your edit</span> : null}
        {measured === frame.step ? null : <span className="gradients-measured">measured at step {measured.toLocaleString('en')}</span>}
      </p>
    </>
  );
}

/** Of up to six rows in sight and the numbers of the steps under them. */
function heightOf(rows: number, each: number): string {
  return `${String(Math.min(rows, 6) * each + 16)}px`;
}

function lagReadout(row: MapRow, column: number, frame: Probe): string {
  const lag = lagOf(column, frame.steps);
  const reaching = rowsReaching(frame, row.layer, lag);
  const place = `${row.label} ${lagText(lag)}`;
  if (reaching === 0) return `${place}: no example is that long`;
  return `${place}: ${formatNumber(row.values[column] ?? Number.NaN)} over ${String(reaching)} of ${String(frame.rows)} examples`;
}

function readout(row: MapRow, column: number, frame: Probe, isMasked: boolean): string {
  const reaching = rowsReaching(frame, row.layer, column);
  const name = row.name(column + 1);
  const place = row.layer === null || isNamedBy(row, name) ? name : `${name}, ${row.label}`;
  if (rowsReaching(frame, null, column) === 0) return `${place}: no example reaches this step`;
  if (isMasked && row.lossStep === null) return `${place}: past the end of what it reads`;
  if (isMasked) return `${place}: the loss at step ${String(row.lossStep ?? 0)} does not depend on it`;
  const value = row.values[column] ?? Number.NaN;
  return `${place}: ${formatNumber(value)} over ${String(reaching)} of ${String(frame.rows)} examples`;
}

/** `rnn1:t8` says all that `rnn1 →` does; `rnn1 → update shut` says more. */
function isNamedBy({ label }: MapRow, name: string): boolean {
  return label === `${name.slice(0, name.lastIndexOf(':'))} →`;
}

/** Lights up what is pointed at in the other views, for as long as it is. `linedUp`: columns of a map that counts back from the loss, where a column is another t in each example. */
function useLink(row: MapRow | null, column: number | null, linedUp: number | null): void {
  const node = row?.node ?? null;
  const layer = row?.layer ?? null;
  useEffect(() => {
    if (node === null || column === null) return;
    linkPlace({ node, layer, ...(linedUp === null ? { t: column + 1, lag: null } : { t: null, lag: lagOf(column, linedUp) }) });
    return () => {
      linkPlace(null);
    };
  }, [node, column, layer, linedUp]);
}

/** The cell of what is pointed at in another view, if its row and column are here. */
function useLinkedCell(rows: readonly MapRow[], linedUp: number | null): HeatmapCell | null {
  const place = useLinkedPlace();
  const column = place === null ? null : columnOf(place, linedUp);
  if (place === null || column === null) return null;
  const row = rows.findIndex(({ node, layer }) => node === place.node && (layer === null || place.layer === null || layer === place.layer));
  return row === -1 ? null : { row, column };
}

function columnOf({ t, lag }: LinkedPlace, linedUp: number | null): number | null {
  if (linedUp === null) return t === null ? null : t - 1;
  return lag === null ? null : linedUp - 1 - lag;
}
