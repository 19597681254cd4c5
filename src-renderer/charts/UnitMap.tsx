import { useEffect, useRef } from 'react';
import { cssColour } from './css-colours.ts';
import { fitCanvas } from './fit-canvas.ts';
import { unitColour, type UnitScale } from './unit-scale.ts';
import { useSize } from './use-size.ts';
import './unit-map.css';

export interface UnitCell {
  readonly unit: number;
  readonly step: number;
}

interface UnitMapProps {
  readonly label: string;
  /** [T][H]; what is not finite is left out. */
  readonly values: readonly (readonly (number | string)[])[];
  readonly units: number;
  readonly scale: UnitScale;
  /** The cell that is looked at, shared by all maps of a cell. */
  readonly cursor: UnitCell | null;
  readonly onCursor: (cell: UnitCell | null) => void;
  /** Changes when the colours of the page do. */
  readonly theme: string;
}

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** Units down, steps across, each number a coloured cell. */
export function UnitMap({ label, values, units, scale, cursor, onCursor, theme }: UnitMapProps): React.JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = useSize(box);
  const steps = values.length;

  useEffect(() => {
    const node = canvas.current;
    const context = fitCanvas(node, width, height);
    if (node === null || context === null) return;
    paint(context, { values, units, width, height }, scale, node);
  }, [values, units, scale, width, height, theme]);

  const cellAt = (event: React.MouseEvent): UnitCell | null => {
    const bounds = event.currentTarget.getBoundingClientRect();
    const step = Math.floor(((event.clientX - bounds.left) / bounds.width) * steps);
    const unit = Math.floor(((event.clientY - bounds.top) / bounds.height) * units);
    return step >= 0 && step < steps && unit >= 0 && unit < units ? { unit, step } : null;
  };
  const press = (event: React.KeyboardEvent): void => {
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const from = cursor ?? { unit: 0, step: -1 };
    onCursor({
      unit: Math.min(units - 1, Math.max(0, from.unit + move[0])),
      step: Math.min(steps - 1, Math.max(0, from.step + move[1])),
    });
  };
  return (
    <div
      ref={box}
      className="unit-map"
      role="img"
      aria-label={label}
      tabIndex={0}
      onMouseMove={(event) => {
        onCursor(cellAt(event));
      }}
      onMouseLeave={() => {
        onCursor(null);
      }}
      onBlur={() => {
        onCursor(null);
      }}
      onKeyDown={press}
    >
      <canvas ref={canvas} />
      {cursor === null || cursor.step >= steps || cursor.unit >= units ? null : (
        <>
          <i className="unit-map-step" style={{ left: `${(cursor.step / steps) * 100}%`, width: `${100 / steps}%` }} />
          <i className="unit-map-unit" style={{ top: `${(cursor.unit / units) * 100}%`, height: `max(2px, ${100 / units}%)` }} />
        </>
      )}
    </div>
  );
}

interface Picture {
  readonly values: UnitMapProps['values'];
  readonly units: number;
  readonly width: number;
  readonly height: number;
}

function paint(context: CanvasRenderingContext2D, { values, units, width, height }: Picture, scale: UnitScale, node: HTMLElement): void {
  const colours = { ground: cssColour(node, '--panel'), positive: cssColour(node, '--positive'), negative: cssColour(node, '--negative') };
  const colour = unitColour(scale, colours);
  const x = (step: number): number => Math.round((step * width) / values.length);
  const y = (unit: number): number => Math.round((unit * height) / units);
  values.forEach((row, step) => {
    row.forEach((value, unit) => {
      context.fillStyle = typeof value === 'number' ? colour(value) : cssColour(node, '--bad');
      context.fillRect(x(step), y(unit), Math.max(1, x(step + 1) - x(step)), Math.max(1, y(unit + 1) - y(unit)));
    });
  });
}
