import { familyOf, readsOf, statesOf, type Family, type FamilyId, type FamilyOp, type PreviousState, type UnrolledGraph } from '../ir/graph.ts';

/** Removes families the loss does not depend on (a bidirectional block offers both its sequence and its states; one is often unread). */
export function pruneDead(graph: UnrolledGraph): UnrolledGraph {
  const alive = new Set<FamilyId>();
  const queue = [graph.loss];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (alive.has(id)) continue;
    alive.add(id);
    const { same, previous } = readsOf(familyOf(graph, id).op);
    queue.push(...same, ...statesOf(previous));
  }
  const kept = graph.families.filter((family) => alive.has(family.id));
  const renumbered = new Map(kept.map((family, index) => [family.id, index as FamilyId]));
  const to = (id: FamilyId): FamilyId => {
    const next = renumbered.get(id);
    if (next === undefined) throw new Error(`family ${id} is read but was found dead`);
    return next;
  };
  const families = kept.map((family): Family => ({ ...family, id: to(family.id), op: renumber(family.op, to) }));
  return { ...graph, families, loss: to(graph.loss) };
}

function renumber(op: FamilyOp, to: (id: FamilyId) => FamilyId): FamilyOp {
  const back = (previous: PreviousState): PreviousState => ({
    family: to(previous.family),
    initial: previous.initial === null ? null : to(previous.initial),
  });
  switch (op.op) {
    case 'tokens':
    case 'features':
    case 'previous-targets':
      return op;
    case 'feedback':
    case 'mixed-targets':
      return { ...op, previous: back(op.previous) };
    case 'embedding':
    case 'one-hot':
      return { ...op, ids: to(op.ids) };
    case 'product':
      return {
        ...op,
        x: to(op.x),
        previous: op.previous === null ? null : back(op.previous),
        onto: op.onto === null ? null : { ...op.onto, family: to(op.onto.family) },
      };
    case 'rnn':
      return { ...op, pre: to(op.pre), previous: back(op.previous) };
    case 'gru-gates':
    case 'gru-blend':
      return { ...op, gates: to(op.gates), previous: back(op.previous) };
    case 'lstm':
      return { ...op, gates: to(op.gates), previous: back(op.previous), initialCell: op.initialCell === null ? null : to(op.initialCell) };
    case 'gru-after':
      return { ...op, gates: to(op.gates), recurrent: to(op.recurrent), previous: back(op.previous) };
    case 'attention':
      return { ...op, x: to(op.x), scores: to(op.scores) };
    case 'merge':
      return { ...op, parts: op.parts.map(to) };
    case 'reverse':
    case 'last-step':
    case 'last-cell':
    case 'activation':
    case 'layer-norm':
    case 'repeat':
    case 'pool':
    case 'dropout':
    case 'softmax-loss':
    case 'sigmoid-loss':
    case 'squared-loss':
    case 'huber-loss':
      return { ...op, x: to(op.x) };
  }
}
