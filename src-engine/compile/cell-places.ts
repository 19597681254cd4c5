import { isHiddenState, type Family, type FamilyId, type PreviousState } from '../ir/graph.ts';
import type { CellForm, CellPlace } from '../ir/program.ts';
import { placeOf, type MemoryPlan } from './plan-memory.ts';

/** Where the host finds each cell's state and gates, in running order. */
export function cellPlaces(plan: MemoryPlan): readonly CellPlace[] {
  return plan.graph.families.filter((family) => isHiddenState(family.op)).map((family) => cellPlace(plan, family));
}

function cellPlace(plan: MemoryPlan, family: Family): CellPlace {
  const { layer, node, backward, axis, width, id } = family;
  const { value, adjoint } = placeOf(plan, id);
  const { form, gates, previous } = partsOf(plan, family);
  return {
    layer,
    node,
    backward,
    axis,
    units: width,
    h: value,
    dh: adjoint === 0 ? null : adjoint,
    norms: plan.norms.get(id) ?? null,
    form,
    gates: placeOf(plan, gates).value,
    initial: previous.initial === null ? null : placeOf(plan, previous.initial).value,
    recurrentWeight: `${layer}.weight_hh`,
  };
}

interface Parts {
  readonly form: CellForm;
  readonly gates: FamilyId;
  readonly previous: PreviousState;
}

function partsOf(plan: MemoryPlan, { id, op }: Family): Parts {
  switch (op.op) {
    case 'rnn':
      return { form: { kind: 'rnn', activation: op.activation }, gates: op.pre, previous: op.previous };
    case 'gru-blend':
      return { form: { kind: 'gru-before' }, gates: op.gates, previous: op.previous };
    case 'gru-after':
      return { form: { kind: 'gru-after', recurrent: placeOf(plan, op.recurrent).value }, gates: op.gates, previous: op.previous };
    case 'lstm': {
      const c = plan.cells.get(id) ?? 0;
      const initialCell = op.initialCell === null ? null : placeOf(plan, op.initialCell).value;
      return { form: { kind: 'lstm', c, initialCell, outputPeephole: op.peephole?.[2] ?? null, coupled: op.coupled }, gates: op.gates, previous: op.previous };
    }
    default:
      throw new Error(`${op.op} is no cell`);
  }
}
