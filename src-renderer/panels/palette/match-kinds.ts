import type { KindGroup, KindSpec } from '../../../src-engine/document/kind-spec.ts';
import { KIND_GROUPS, NODE_KINDS } from '../../../src-engine/document/node-kinds.ts';

export interface PaletteGroup {
  readonly title: KindGroup;
  readonly kinds: readonly KindSpec[];
}

/** The kinds whose title, purpose or explanation holds every word of the query, by group; all of them for an empty query. */
export function matchKinds(query: string): readonly PaletteGroup[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const matches = (spec: KindSpec) => {
    const text = [spec.title, spec.kind, spec.purpose, spec.about, spec.group].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return KIND_GROUPS.map((title) => ({ title, kinds: Object.values(NODE_KINDS).filter((spec) => spec.group === title && matches(spec)) })).filter(
    (group) => group.kinds.length > 0,
  );
}
