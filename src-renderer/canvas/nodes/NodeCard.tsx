import type { NodeProps } from '@xyflow/react';
import { memo, useDeferredValue } from 'react';
import { useCanvas } from '../canvas-store.ts';
import { Chip } from '../../ui/Chip.tsx';
import { showsTheSame, type FlowNode } from '../flow/flow-types.ts';
import { NodeTitle } from './NodeTitle.tsx';
import { NodeStrips } from './NodeStrips.tsx';
import { useIsLinked } from '../../state/linked-place.ts';
import { Port } from './Port.tsx';
import { ProblemMark } from './ProblemMark.tsx';

/** A node that is not a block: chip and title, what it is set to, what it weighs, its gradient while it trains. */
export const NodeCard = memo(function NodeCard({ data, selected }: NodeProps<FlowNode>) {
  const [setting, weight] = data.lines;
  const linked = useIsLinked(data.id);
  // Each port listens to every move of the view: by the thousand, and too small to be taken hold of, they would be most of a frame's work.
  const withPorts = useDeferredValue(useCanvas(({ farther, fitting }) => !farther || fitting !== null));
  return (
    <div className="node-card" data-selected={selected} data-linked={linked} data-invalid={data.problems.length > 0} data-off={data.off}>
      <div className="node-head">
        <Chip letter={data.letter} colour={data.colour} />
        <NodeTitle id={data.id} title={data.title} className="node-title" />
        <ProblemMark problems={data.problems} />
      </div>
      <div className="node-body">
        <div className="node-line">{setting}</div>
        <div className="node-line">{weight}</div>
      </div>
      {data.strips === 0 ? null : <NodeStrips id={data.id} count={data.strips} />}
      {withPorts && data.ports.map((port) => <Port key={`${port.side}:${port.name}`} node={data.id} port={port} wired={data.wired} />)}
    </div>
  );
}, showsTheSame);
