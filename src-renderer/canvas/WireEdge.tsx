import { BaseEdge, EdgeLabelRenderer, getBezierPath, type EdgeProps } from '@xyflow/react';
import { TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import type { NodeId } from '../../src-engine/document/project.ts';
import { useCanvas } from './canvas-store.ts';
import type { FlowEdge } from './flow-types.ts';
import { labelSize } from './place-label.ts';

/** A wire with the type and shape it carries. While one of its ends is dragged the label stays in the middle, if it fits there. */
export const WireEdge = memo(function WireEdge(props: EdgeProps<FlowEdge>) {
  const { id, data, source, target, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, selected } = props;
  const moving = useCanvas(({ dragged }) => dragged.has(source as NodeId) || dragged.has(target as NodeId));
  const targeted = useCanvas(({ targetWire }) => targetWire === id);
  const [path, middleX, middleY] = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition });
  const label = data?.label ?? '';
  const middle = targetX - sourceX > labelSize(label).width + 8 ? { x: middleX, y: middleY } : null;
  const at = moving ? middle : (data?.labelAt ?? null);
  const problem = data?.problem ?? null;
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={18}
        className="wire"
        data-kind={data?.kind}
        data-invalid={problem !== null}
        data-selected={selected}
        data-target={targeted}
      />
      {label === '' || at === null ? null : (
        <EdgeLabelRenderer>
          <div className="wire-label" data-selected={selected} style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}>
            {label}
          </div>
        </EdgeLabelRenderer>
      )}
      {problem === null ? null : (
        <EdgeLabelRenderer>
          <div className="wire-problem" title={problem} style={{ transform: `translate(-50%, -50%) translate(${middleX}px, ${middleY - 20}px)` }}>
            <TriangleAlert size={14} aria-label={problem} />
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
