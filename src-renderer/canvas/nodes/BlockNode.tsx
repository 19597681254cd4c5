import { Handle, Position, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useCanvas } from '../canvas-store.ts';
import { INNER_END, INNER_START, showsTheSame, type FlowNode } from '../flow/flow-types.ts';
import { NodeTitle } from './NodeTitle.tsx';
import { Port } from './Port.tsx';
import { ProblemMark } from './ProblemMark.tsx';

/** A stack or bidirectional block: a translucent container that lights up while something is dragged into it. */
export const BlockNode = memo(function BlockNode({ data, selected }: NodeProps<FlowNode>) {
  const targeted = useCanvas(({ target }) => target === data.id);
  const portY = data.ports.find((port) => port.name === 'in')?.y ?? 0;
  return (
    <div className="node-block" data-selected={selected} data-invalid={data.problems.length > 0} data-target={targeted} data-off={data.off}>
      <div className="block-caption">
        <NodeTitle id={data.id} title={data.title} className="block-title" />
        <ProblemMark problems={data.problems} />
        <span className="block-aside">{data.aside}</span>
      </div>
      {data.empty ? <p className="block-hint">Drop a cell here</p> : null}
      {data.ports.map((port) => (
        <Port key={`${port.side}:${port.name}`} node={data.id} port={port} wired={data.wired} />
      ))}
      <Handle
        id={INNER_START}
        type="source"
        position={Position.Right}
        isConnectable={false}
        className="inner-port"
        style={{ top: portY, left: 0, right: 'auto' }}
      />
      <Handle
        id={INNER_END}
        type="target"
        position={Position.Left}
        isConnectable={false}
        className="inner-port"
        style={{ top: portY, right: 0, left: 'auto' }}
      />
    </div>
  );
}, showsTheSame);
