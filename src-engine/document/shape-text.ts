import type { CheckedGraph, WireType } from './checked.ts';
import type { NodeId } from './project.ts';

/** Axes with letters and sizes, `B`, `T` and a size or its letter where it is not known: `['B','T','100']`. */
export function axesOf(type: WireType): readonly string[] {
  switch (type.kind) {
    case 'tokens':
      return ['B', 'T'];
    case 'sequence':
      return ['B', 'T', String(type.features ?? 'F')];
    case 'vector':
      return ['B', String(type.features ?? 'F')];
    case 'state':
      return ['B', String(type.features ?? 'H')];
  }
}

/** For chips in the window: `B × T × 100`. */
export function describeType(type: WireType): string {
  return axesOf(type).join(' × ');
}

/** For terminals, files and sentences: `B x T x 100`. */
export function plainType(type: WireType): string {
  return axesOf(type).join(' x ');
}

/** Number of weights of a node, its children's included. */
export function countParameters(checked: CheckedGraph, id: NodeId): number {
  const node = checked.nodes.get(id);
  if (node === undefined) return 0;
  const own = node.parameters.reduce((sum, each) => sum + each.shape.reduce((product, size) => product * size, 1), 0);
  return node.children.reduce((sum, child) => sum + countParameters(checked, child), own);
}
