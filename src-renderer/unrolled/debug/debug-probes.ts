import type { Replies } from '../../../src-main/contract.ts';
import type { ProbesReply } from '../../../src-engine/session/protocol.ts';
import type { Probe } from '../../state/run-store.ts';

type DebugReply = Replies['session.debug'];

/** One example's gradients as a probe of one row, so that the gradient panel's rows and scales paint them too. */
export function probeOf(reply: DebugReply): Probe {
  const { cells, steps } = reply;
  const take = (read: (cell: DebugReply['cells'][number]) => DebugReply['cells'][number]['h']): Float32Array =>
    Float32Array.from({ length: cells.length * steps }, (_, index) => Number(read(cells[Math.floor(index / steps)] ?? none)[index % steps] ?? Number.NaN));
  return {
    step: reply.step,
    layers: cells.length,
    steps,
    rows: 1,
    gradientNorm: take((cell) => cell.gradient),
    flow: take((cell) => cell.flow),
    rowsAtStep: new Float32Array(steps).fill(1),
    lagFlow: new Float32Array(cells.length * steps),
  };
}

const none: DebugReply['cells'][number] = {
  layer: '',
  direction: 'forward',
  node: '',
  path: '',
  units: 0,
  axis: 'inputs',
  length: 0,
  h: [],
  c: null,
  gates: [],
  gradient: [],
  flow: [],
  jacobian: [],
};

/** The same example's quantities that no frame carries. */
export function probesOf(reply: DebugReply): ProbesReply {
  return {
    step: reply.step,
    rows: 1,
    steps: reply.steps,
    cells: reply.cells.map(({ layer, direction, node, units, gates, h, c, jacobian }) => ({
      layer,
      direction,
      node,
      units,
      gates,
      stateNorms: { h, c },
      jacobian: { rows: 1, values: jacobian },
    })),
    recurrent: [],
    update: null,
    copies: reply.parameters.flatMap(({ parameter, node, norms }) => (norms === null ? [] : [{ parameter, node, values: norms }])),
    triangle: null,
  };
}
