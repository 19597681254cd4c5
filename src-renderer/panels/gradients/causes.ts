import type { JsonNumber, ProbeLayer, ProbesReply } from '../../../src-engine/session/protocol.ts';

interface Cause {
  readonly name: string;
  readonly value: string;
  readonly about: string;
}

/** What of a layer makes its gradient shrink or grow: the spectral radius of what it multiplies by, and gates that no longer move. */
export function causesOf({ layer, direction }: ProbeLayer, reply: ProbesReply | null): readonly Cause[] {
  const cell = reply?.cells.find((each) => each.layer === layer && each.direction === direction);
  if (reply === null || cell === undefined) return [];
  const names = [`${layer}.weight_hh`, `${layer}.${direction}.weight_hh`];
  const blocks = reply.recurrent.filter(({ parameter }) => names.includes(parameter));
  const radii = blocks.map(({ block, radius }) => ({
    name: blocks.length === 1 ? 'spectral radius' : `radius of ${block}`,
    value: Number(radius).toFixed(2),
    about: `Largest absolute eigenvalue of ${blocks.length === 1 ? 'weight_hh' : `the ${block} block of weight_hh`}`,
  }));
  const gates = cell.gates.map(({ gate, shut, open }) => ({
    name: `${gate} saturated`,
    value: `${String(Math.round(100 * (meanOf(shut) + meanOf(open))))} %`,
    about: `Share of the units of the ${gate} gate below 0.05 or above 0.95, over all steps`,
  }));
  return [...radii, ...gates];
}

function meanOf(values: readonly JsonNumber[]): number {
  const finite = values.map(Number).filter(Number.isFinite);
  return finite.reduce((sum, value) => sum + value, 0) / Math.max(1, finite.length);
}
