import { checkGraph } from '../../src-engine/document/check.ts';
import { findNode } from '../../src-engine/document/edits.ts';
import { isBlockKind, KIND_GROUPS, NODE_KINDS } from '../../src-engine/document/node-kinds.ts';
import type { Graph, NodeId, WireId } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { kindLook, nodeTitle } from '../state/document/document-kinds.ts';
import type { Selection } from '../state/document/document-history.ts';
import { addBesideEdit, addEdit } from './edits/add-edits.ts';
import type { CanvasMenu } from './canvas-store.ts';
import { connectOptions, type MenuOption } from './connect-options.ts';
import { landingOf } from './layout/find-target.ts';
import { goesBetween, type Edit } from './edits/flow-to-edits.ts';
import { nestEdit, nestTargets, wrapEdit, wrapKinds } from './edits/nest-edits.ts';

/** What the canvas's lists are made from. */
export interface MenuSurroundings {
  readonly graph: Graph;
  readonly signature: DataSignature | null;
  readonly selection: Selection;
}

const WORDS: Readonly<Record<CanvasMenu['kind'], { readonly label: string; readonly search: string; readonly none: string }>> = {
  connect: { label: 'Connect to', search: 'Connect to', none: 'Nothing fits here.' },
  add: { label: 'Add a block', search: 'Add a block', none: 'No block is called that.' },
  insert: { label: 'Insert on the wire', search: 'Insert on the wire', none: 'No block fits on this wire.' },
  nest: { label: 'Nest in', search: 'Nest in', none: 'No block can hold this.' },
};

export function menuWords(menu: CanvasMenu): (typeof WORDS)[CanvasMenu['kind']] {
  return WORDS[menu.kind];
}

/** Every choice of a list, those of one group side by side. */
export function menuOptions(menu: CanvasMenu, around: MenuSurroundings): readonly MenuOption[] {
  switch (menu.kind) {
    case 'connect':
      return connectOptions(around.graph, around.signature, menu);
    case 'add':
      return newBlocks((kind) => addedAt(kind, menu, around));
    case 'insert':
      return insertable(menu.wire, around);
    case 'nest':
      return nestable(menu.nodes, around.graph);
  }
}

function addedAt(kind: string, { drop, centre }: Extract<CanvasMenu, { kind: 'add' }>, { graph, signature, selection }: MenuSurroundings): Edit {
  if (drop !== null) return addEdit(graph, kind, landingOf(graph, kind, drop));
  return addBesideEdit(graph, signature, kind, selection.nodes.at(-1) ?? null, centre);
}

function newBlocks(edit: (kind: string) => Edit | null): readonly MenuOption[] {
  const kinds = KIND_GROUPS.flatMap((group) => Object.values(NODE_KINDS).filter((spec) => spec.group === group));
  return kinds.flatMap(({ kind, title, purpose, group }) => {
    const found = edit(kind);
    return found === null ? [] : [{ id: `new:${kind}`, title, detail: purpose, kind, group, edit: found }];
  });
}

/** Kinds with which the two halves of the wire still fit; an empty block would feed nothing. */
function insertable(wire: WireId, { graph, signature }: MenuSurroundings): readonly MenuOption[] {
  const before = new Set<string>(graph.wires.map(({ id }) => id));
  return newBlocks((kind) => {
    if (!goesBetween(kind) || isBlockKind(kind)) return null;
    const edit = addEdit(graph, kind, { kind: 'wire', wire });
    const trial = edit.change(graph);
    const fresh = new Set<string>(trial.wires.filter(({ id }) => !before.has(id) || id === wire).map(({ id }) => id));
    return checkGraph(trial, signature).problems.some((each) => each.wire !== null && fresh.has(each.wire)) ? null : edit;
  });
}

function nestable(ids: readonly NodeId[], graph: Graph): readonly MenuOption[] {
  const present = ids.filter((id) => graph.nodes.some((node) => node.id === id));
  const blocks = nestTargets(graph, present).map((id): MenuOption => {
    const block = findNode(graph, id);
    return { id, title: nodeTitle(block), detail: id, kind: block.kind, group: 'Blocks on the canvas', edit: nestEdit(graph, present, id) };
  });
  const fresh = wrapKinds(graph, present).map((kind): MenuOption => {
    const { title } = kindLook(kind);
    return { id: `wrap:${kind}`, title: `New ${title}`, detail: 'around it', kind, group: 'A new block', edit: wrapEdit(graph, present, kind) };
  });
  return [...blocks, ...fresh];
}
