import { Handle, Position } from '@xyflow/react';
import type { CSSProperties } from 'react';
import type { NodeId } from '../../../src-engine/document/project.ts';
import { portKey, useCanvas } from '../canvas-store.ts';
import type { PortPlace } from '../layout/geometry.ts';

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
      style={placeStyle(port)}
      title={wired ? port.label : undefined}
      data-fit={fit}
      data-main={port.main}
      data-wired={wired}
    />
  );
}

/** Centred on its place by itself: moved there by a transform, as React Flow does it, each port would be a layer to sort in every frame of a pan. */
function placeStyle({ side, y, size }: PortPlace): CSSProperties {
  const edge = -size / 2;
  return { top: y - size / 2, width: size, height: size, transform: 'none', ...(side === 'input' ? { left: edge } : { right: edge }) };
}
