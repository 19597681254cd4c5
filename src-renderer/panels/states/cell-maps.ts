import type { StatesReply } from '../../../src-engine/session/protocol.ts';
import type { UnitScale } from '../../charts/unit-scale.ts';

export type Cell = StatesReply['cells'][number];

/** One quantity of a cell over the steps. */
interface CellMap {
  readonly name: string;
  readonly title: string;
  readonly scale: UnitScale;
  /** [T][H] */
  readonly values: Cell['h'];
}

/** Everything a cell holds at each step: hidden state, cell state, and each gate by its name. */
export function cellMaps({ h, c, gates }: Cell): readonly CellMap[] {
  return [
    { name: 'h', title: 'hidden state', scale: 'state', values: h },
    ...(c === null ? [] : [{ name: 'c', title: 'cell state', scale: 'state', values: c } as const]),
    ...gates.map(({ gate, values }) => ({ name: letters[gate] ?? gate, title: `${gate} gate`, scale: 'gate', values }) as const),
  ];
}

/** Gates as the equations write them. */
const letters: Readonly<Record<string, string>> = { reset: 'r', update: 'z', input: 'i', forget: 'f', output: 'o' };

export function cellName({ layer, direction }: Pick<Cell, 'layer' | 'direction'>): string {
  return `${layer} ${direction === 'forward' ? '→' : '←'}`;
}
