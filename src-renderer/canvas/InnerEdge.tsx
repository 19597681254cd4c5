import { BaseEdge, getBezierPath, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import type { FlowEdge } from './flow/flow-types.ts';

/** The way from one child of a block to the next: their order makes it, so it cannot be taken hold of. */
export const InnerEdge = memo(function InnerEdge(props: EdgeProps<FlowEdge>) {
  const { id, data, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = props;
  const [path] = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition });
  return <BaseEdge id={id} path={path} className="wire wire-inner" data-kind={data?.kind} />;
});
