import { readsAnswers, readsOf, statesOf, type Family, type FamilyId, type UnrolledGraph } from './graph.ts';

/** What runs as one: a single family over all its steps at once, or a recurrence, step by step. */
export type Unit = { readonly kind: 'whole'; readonly family: Family } | { readonly kind: 'stepwise'; readonly families: readonly Family[] };

/**
 * Splits a graph into units in running order. Families that reach themselves through a read one step back form a recurrence and must run
 * step by step; all others run over all steps at once (Tarjan's strongly connected components,
 * which come out in an order in which each follows what it reads; families in building order).
 */
export function splitRecurrences(graph: UnrolledGraph, way: Way = 'forward'): readonly Unit[] {
  const components = stronglyConnected(graph, way);
  return components
    .map((ids) => [...ids].sort((a, b) => a - b))
    .map((ids) => ids.flatMap((id) => graph.families[id] ?? []))
    .map((families): Unit => {
      const [only] = families;
      if (only === undefined) throw new Error('an empty component');
      const alone = families.length === 1 && !readsAlong(only, way).includes(only.id);
      return alone ? { kind: 'whole', family: only } : { kind: 'stepwise', families };
    });
}

/** A decoder that reads its own answers runs forward step by step, the head with it; no gradient comes back through an answer, so backward they are apart. */
type Way = 'forward' | 'backward';

function readsAlong({ op }: Family, way: Way): readonly FamilyId[] {
  const { same, previous } = readsOf(op);
  return way === 'backward' && readsAnswers(op) ? same : [...same, ...statesOf(previous)];
}

function stronglyConnected(graph: UnrolledGraph, way: Way): readonly (readonly FamilyId[])[] {
  const index = new Map<FamilyId, number>();
  const low = new Map<FamilyId, number>();
  const stack: FamilyId[] = [];
  const onStack = new Set<FamilyId>();
  const components: FamilyId[][] = [];

  const visit = (family: Family): void => {
    index.set(family.id, index.size);
    low.set(family.id, index.size - 1);
    stack.push(family.id);
    onStack.add(family.id);
    for (const id of readsAlong(family, way)) {
      const next = graph.families[id];
      if (next === undefined) throw new Error(`family ${family.id} reads family ${id}, which does not exist`);
      if (!index.has(id)) {
        visit(next);
        low.set(family.id, Math.min(low.get(family.id) ?? 0, low.get(id) ?? 0));
      } else if (onStack.has(id)) {
        low.set(family.id, Math.min(low.get(family.id) ?? 0, index.get(id) ?? 0));
      }
    }
    if (low.get(family.id) === index.get(family.id)) components.push(popComponent(stack, onStack, family.id));
  };

  for (const family of graph.families) if (!index.has(family.id)) visit(family);
  return components;
}

function popComponent(stack: FamilyId[], onStack: Set<FamilyId>, root: FamilyId): FamilyId[] {
  const component: FamilyId[] = [];
  for (;;) {
    const id = stack.pop();
    if (id === undefined) throw new Error('component without a root');
    onStack.delete(id);
    component.push(id);
    if (id === root) return component;
  }
}
