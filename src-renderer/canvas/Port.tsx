import { Handle, Position } from '@xyflow/react';
import type { NodeId } from '../../src-engine/document/project.ts';
import { portKey, useCanvas } from './canvas-store.ts';
import type { PortPlace } from './geometry.ts';

interface PortProps {
  readonly node: NodeId;
  readonly port: PortPlace;
  /** False inside a block, where the order of the children joins them. */
  readonly wired: boolean;
}

/** An end for wires at the edge of a card. While a wire is dragged it glows where the wire fits and dims where it does not. */
export function Port({ node, port, wired }: PortProps) {
  const key = portKey({ node, port: port.name }, port.side);
  const fit = useCanvas(({ fitting, loose }) => {
    if (fitting === null || loose === null) return 'idle';
    return fitting.has(key) || portKey(loose.port, loose.side) === key ? 'fits' : 'dim';
  });
  return (
    <Handle
      id={port.name}
      type={port.side === 'input' ? 'target' : 'source'}
      position={port.side === 'input' ? Position.Left : Position.Right}
      isConnectable={wired}
      className="port"
      style={{ top: port.y, width: port.size, height: port.size }}
      title={wired ? port.label : undefined}
      data-fit={fit}
      data-main={port.main}
      data-wired={wired}
    />
  );
}
