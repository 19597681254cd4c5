import { useEffect, useRef, useState } from 'react';
import { columnTicks } from './column-ticks.ts';
import { cssColour } from './css-colours.ts';
import { drawHeatmap, heatmapGeometry, type HeatmapGeometry, type HeatmapRow } from './draw-heatmap.ts';
import { fitCanvas } from './fit-canvas.ts';
import { useSize } from './use-size.ts';
import './heatmap.css';

export interface HeatmapCell {
  readonly row: number;
  readonly column: number;
}

interface HeatmapProps {
  readonly label: string;
  readonly rows: readonly HeatmapRow[];
  readonly columns: number;
  readonly masked: (column: number, row: number) => boolean;
  /** Columns before which the gradient ends. */
  readonly boundaries?: readonly number[];
  /** Columns count back from the right end, which is called `loss`. */
  readonly fromLoss?: boolean;
  /** For many rows: no gaps, and only some rows named. */
  readonly dense?: boolean;
  /** The cell under the pointer or the keyboard's cursor. */
  readonly cursor: HeatmapCell | null;
  readonly onCursor: (cell: HeatmapCell | null) => void;
  readonly onChoose: (cell: HeatmapCell) => void;
  /** Changes when the colours of the page do. */
  readonly theme: string;
}

const none: readonly number[] = [];

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** Rows of coloured cells over steps, painted on a canvas so that thousands of cells cost nothing. */
export function Heatmap(props: HeatmapProps): React.JSX.Element {
  const { rows, columns, masked, boundaries = none, fromLoss = false, dense = false, cursor, onCursor, onChoose, theme, label } = props;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(box);
  const [focused, setFocused] = useState(false);
  const geometry = heatmapGeometry(rows.length, size.width, size.height, dense);

  usePainting(canvas, geometry, { rows, columns, masked, boundaries, cursor }, theme);
  const named = dense ? Math.max(1, Math.ceil(15 / geometry.rowHeight)) : 1;

  const cellAt = (event: React.MouseEvent<HTMLCanvasElement>): HeatmapCell | null => {
    const bounds = event.currentTarget.getBoundingClientRect();
    const row = Math.floor((event.clientY - bounds.top) / (geometry.rowHeight + geometry.rowGap));
    const column = Math.floor(((event.clientX - bounds.left) / geometry.width) * columns);
    return row >= 0 && row < rows.length && column >= 0 && column < columns ? { row, column } : null;
  };
  const move = (event: React.KeyboardEvent): void => {
    const step = steps[event.key];
    if (event.key === 'Enter' && cursor !== null) onChoose(cursor);
    if (step === undefined) return;
    event.preventDefault();
    const from = cursor ?? { row: 0, column: columns };
    onCursor({
      row: Math.min(rows.length - 1, Math.max(0, from.row + step[0])),
      column: Math.min(columns - 1, Math.max(0, from.column + step[1])),
    });
  };

  return (
    <div className="heatmap">
      <div className="heatmap-labels" aria-hidden data-dense={dense}>
        {rows.map((row, index) => (
          <span key={row.label} style={{ height: geometry.rowHeight, marginBottom: geometry.rowGap }} title={row.label}>
            {index % named === 0 ? row.label : null}
          </span>
        ))}
      </div>
      <div ref={box} className="heatmap-box">
        <canvas
          ref={canvas}
          role="img"
          aria-label={label}
          tabIndex={0}
          onMouseMove={(event) => {
            onCursor(cellAt(event));
          }}
          onMouseLeave={() => {
            if (!focused) onCursor(null);
          }}
          onFocus={() => {
            setFocused(true);
          }}
          onBlur={() => {
            setFocused(false);
            onCursor(null);
          }}
          onClick={(event) => {
            const cell = cellAt(event);
            if (cell !== null) onChoose(cell);
          }}
          onKeyDown={move}
        />
        <div className="heatmap-ticks" aria-hidden>
          {ticksOf(columns, size.width, fromLoss).map(({ column, text }) => (
            <span key={column} style={{ left: `${String(((column + 0.5) / columns) * 100)}%` }}>
              {text}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}

/** Names of some columns, from 0: `t = 1`, or `-14` to `loss`. */
function ticksOf(columns: number, width: number, fromLoss: boolean): readonly { readonly column: number; readonly text: string }[] {
  if (!fromLoss) return columnTicks(columns, width).map((tick) => ({ column: tick - 1, text: tick === 1 ? 't = 1' : String(tick) }));
  const lags = columnTicks(columns - 1, width).filter((tick) => tick > 1 || columns < 4);
  return [...lags.toReversed().map((lag) => ({ column: columns - 1 - lag, text: `\u2212${String(lag)}` })), { column: columns - 1, text: 'loss' }];
}

function usePainting(
  canvas: React.RefObject<HTMLCanvasElement | null>,
  geometry: HeatmapGeometry,
  paint: Parameters<typeof drawHeatmap>[1],
  theme: string,
): void {
  const { width, height, rowHeight, rowGap } = geometry;
  const { rows, columns, masked, boundaries = none, cursor } = paint;
  useEffect(() => {
    const node = canvas.current;
    const context = fitCanvas(node, width, height);
    if (node === null || context === null) return;
    node.style.width = `${String(width)}px`;
    node.style.height = `${String(height)}px`;
    drawHeatmap(
      context,
      { rows, columns, masked, boundaries, cursor },
      { width, height, rowHeight, rowGap },
      {
        ground: cssColour(node, '--heatbg'),
        hatch: cssColour(node, '--line2'),
        bad: cssColour(node, '--bad'),
        cursor: cssColour(node, '--text'),
        boundary: cssColour(node, '--accent'),
      },
    );
  }, [canvas, width, height, rowHeight, rowGap, rows, columns, masked, boundaries, cursor, theme]);
}
