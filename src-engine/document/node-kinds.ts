import type { KindGroup, KindSpec } from './kind-spec.ts';
import { BLOCK_KINDS } from './kinds/blocks.ts';
import { CELL_KINDS, GENERATOR_KINDS } from './kinds/cells.ts';
import { HEAD_KINDS } from './kinds/heads.ts';
import { INPUT_KINDS } from './kinds/inputs.ts';
import { SHAPING_KINDS } from './kinds/shaping.ts';

const TABLE = { ...INPUT_KINDS, ...CELL_KINDS, ...GENERATOR_KINDS, ...BLOCK_KINDS, ...SHAPING_KINDS, ...HEAD_KINDS };

export type KindName = keyof typeof TABLE;
export type CellKind = keyof typeof CELL_KINDS;
export type HeadKind = keyof typeof HEAD_KINDS;

/** The one table of node kinds, in palette order. */
export const NODE_KINDS: Readonly<Record<KindName, KindSpec>> = TABLE;

export const KIND_GROUPS: readonly KindGroup[] = ['Inputs', 'Cells', 'Blocks', 'Shaping', 'Heads'];

export function isKindName(kind: string): kind is KindName {
  return Object.hasOwn(TABLE, kind);
}

/** The table's row, or null for a kind this version does not know. */
export function kindSpec(kind: string): KindSpec | null {
  return isKindName(kind) ? NODE_KINDS[kind] : null;
}

export function isCellKind(kind: string): kind is CellKind {
  return Object.hasOwn(CELL_KINDS, kind);
}

export function isHeadKind(kind: string): kind is HeadKind {
  return Object.hasOwn(HEAD_KINDS, kind);
}

/** Kinds that count as a layer of a stack: dropout stands between them, a residual leads around them. */
export function isLayer(kind: string): boolean {
  return isCellKind(kind) || isBlockKind(kind) || kind === 'dense';
}

/** Kinds that bring several inputs together. */
export function isJoin(kind: string): boolean {
  return kind === 'concat' || kind === 'add';
}

export function isInputKind(kind: string): boolean {
  return Object.hasOwn(INPUT_KINDS, kind);
}

export function isBlockKind(kind: string): boolean {
  return Object.hasOwn(BLOCK_KINDS, kind);
}
