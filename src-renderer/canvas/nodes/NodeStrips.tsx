import { useEffect, useRef } from 'react';
import type { NodeId } from '../../../src-engine/document/project.ts';
import { placeOnScale } from '../../charts/colour-scale.ts';
import { cssColour } from '../../charts/css-colours.ts';
import { drawHeatmap } from '../../charts/draw-heatmap.ts';
import { STRIP_GAP, STRIP_HEIGHT, STRIP_WIDTH as WIDTH } from '../layout/geometry.ts';
import { useNodeStrips } from './use-node-strip.ts';

/** The node's gradient norm over time, live: one strip for each direction, on the same fixed scale as the heatmap. */
export function NodeStrips({ id, count }: { readonly id: NodeId; readonly count: number }) {
  const strips = useNodeStrips(id);
  const canvas = useRef<HTMLCanvasElement>(null);
  const height = count * STRIP_HEIGHT + (count - 1) * STRIP_GAP;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context || strips === null) return;
    const scale = window.devicePixelRatio * 2;
    canvas.current.width = WIDTH * scale;
    canvas.current.height = height * scale;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    const element = canvas.current;
    const rows = strips.map(({ direction, values }) => ({ label: direction, values, place: (value: number) => placeOnScale(value) }));
    const columns = strips[0]?.values.length ?? 0;
    const colours = { ground: cssColour(element, '--heatbg'), hatch: cssColour(element, '--line2'), bad: cssColour(element, '--bad'), cursor: '' };
    drawHeatmap(
      context,
      { rows, columns, masked: (column) => strips[0]?.rowsAtStep[column] === 0, cursor: null },
      { width: WIDTH, height, rowHeight: STRIP_HEIGHT, rowGap: STRIP_GAP },
      colours,
    );
  }, [strips, height]);
  return (
    <div className="node-strips" style={{ height }} data-empty={strips === null}>
      {Array.from({ length: count }, (_, index) => (
        <i key={index} className="node-strip-track" style={{ top: index * (STRIP_HEIGHT + STRIP_GAP), height: STRIP_HEIGHT }} />
      ))}
      {strips === null ? null : <canvas ref={canvas} style={{ width: WIDTH, height }} role="img" aria-label="Gradient norm over time" />}
    </div>
  );
}
