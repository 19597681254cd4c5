import { BaseEdge, getBezierPath, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { useCanvas } from './canvas-store.ts';
import type { FlowEdge } from './flow/flow-types.ts';
import type { Point } from './layout/geometry.ts';
import { labelSize } from './layout/place-label.ts';

/** A wire with the type and shape it carries. While one of its ends is dragged the label stays in the middle, if it fits there. */
export const WireEdge = memo(function WireEdge(props: EdgeProps<FlowEdge>) {
  const { id, data, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, selected } = props;
  const targeted = useCanvas(({ targetWire }) => targetWire === id);
  const [path, middleX, middleY] = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition });
  if (data === undefined) return null;
  const { label, problem, kind, moving } = data;
  const middle = targetX - sourceX > labelSize(label).width + 8 ? { x: middleX, y: middleY } : null;
  const at = moving ? middle : data.labelAt;
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={18}
        className="wire"
        data-kind={kind}
        data-invalid={problem !== null}
        data-selected={selected}
        data-target={targeted}
      />
      {label === '' || at === null ? null : <WireLabel text={label} at={at} selected={selected === true} />}
      {problem === null ? null : <WireProblem sentence={problem} at={{ x: middleX, y: middleY - 20 }} />}
    </>
  );
});

/** Drawn in the wire's own picture: React Flow's layer for labels costs a search of the page for each wire at every move. */
function WireLabel({ text, at, selected }: { readonly text: string; readonly at: Point; readonly selected: boolean }) {
  const { width, height } = labelSize(text);
  return (
    <g className="wire-label" data-selected={selected} transform={`translate(${at.x} ${at.y})`} aria-hidden>
      <rect x={-width / 2} y={-height / 2} width={width} height={height} rx={5} />
      <text textAnchor="middle" dominantBaseline="central">
        {text}
      </text>
    </g>
  );
}

function WireProblem({ sentence, at }: { readonly sentence: string; readonly at: Point }) {
  return (
    <g className="wire-problem" transform={`translate(${at.x} ${at.y})`} role="img" aria-label={sentence}>
      <title>{sentence}</title>
      <path d="M0 -7 L8 7 H-8 Z M0 -2 V2.5 M0 4.6 V5" />
    </g>
  );
}
