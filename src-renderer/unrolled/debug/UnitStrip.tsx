import { useEffect, useRef } from 'react';
import type { JsonNumber } from '../../../src-engine/session/protocol.ts';
import { cssColour } from '../../charts/css-colours.ts';
import { fitCanvas } from '../../charts/fit-canvas.ts';
import { unitColour, type UnitScale } from '../../charts/unit-scale.ts';
import { useSize } from '../../charts/use-size.ts';
import { useTheme } from '../../state/workspace/workspace-theme.ts';

interface UnitStripProps {
  readonly label: string;
  readonly values: readonly JsonNumber[];
  readonly scale: UnitScale;
  /** What has the full colour; 1 for states and gates. */
  readonly most?: number;
}

/** The units of one vector side by side, each a coloured stroke. */
export function UnitStrip({ label, values, scale, most = 1 }: UnitStripProps): React.JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = useSize(box);
  const theme = useTheme();
  useEffect(() => {
    const node = canvas.current;
    const context = fitCanvas(node, width, height);
    if (node === null || context === null) return;
    const positive = cssColour(node, scale === 'gate' ? '--state' : '--positive');
    const colour = unitColour(scale, { ground: cssColour(node, '--panel'), positive, negative: cssColour(node, '--negative') });
    const x = (unit: number): number => (unit * width) / values.length;
    for (const [unit, value] of values.entries()) {
      context.fillStyle = typeof value === 'number' ? colour(most > 0 ? value / most : 0) : cssColour(node, '--bad');
      context.fillRect(x(unit), 0, Math.max(1, x(unit + 1) - x(unit) - (width / values.length > 5 ? 1 : 0)), height);
    }
  }, [values, scale, most, width, height, theme]);
  return (
    <div ref={box} className="unit-strip" role="img" aria-label={label}>
      <canvas ref={canvas} />
    </div>
  );
}
