import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem } from '../../src-engine/document/problems.ts';
import type { NodeId, PortRef, WireId } from '../../src-engine/document/project.ts';
import type { Point } from './layout/geometry.ts';

/** The loose end of a wire: dragged from an output towards inputs, or from an input towards outputs. */
export interface LooseEnd {
  readonly port: PortRef;
  readonly side: 'input' | 'output';
}

/** A wire that could not be drawn, shown where it was let go. */
export interface Refusal {
  readonly from: PortRef;
  readonly to: PortRef;
  readonly problem: Problem;
  readonly at: Point;
  /** What is selected once it is mended, so that the next block goes beside it; the block between where there is none. */
  readonly next?: NodeId;
}

/** What fits: for every port of a node, or for one loose end, with new blocks placed at `drop`. */
export interface ConnectMenuState {
  readonly kind: 'connect';
  readonly node: NodeId;
  readonly end: LooseEnd | null;
  /** Window pixels. */
  readonly at: Point;
  /** Canvas pixels; null places a new block beside the node. */
  readonly drop: Point | null;
}

/** A list at a place of the window (`at`), of which one is chosen. */
export type CanvasMenu =
  | ConnectMenuState
  /** A new block: where `drop` points on the canvas, else beside what is selected, else at `centre`. */
  | { readonly kind: 'add'; readonly at: Point; readonly drop: Point | null; readonly centre: Point }
  /** A new block on a wire. */
  | { readonly kind: 'insert'; readonly at: Point; readonly wire: WireId }
  /** A block for the nodes to go into. */
  | { readonly kind: 'nest'; readonly at: Point; readonly nodes: readonly NodeId[] };

/** A child on its way into a block: the block makes room for it. */
export interface Slot {
  readonly block: NodeId;
  readonly before: NodeId | undefined;
  readonly kind: string;
}

/** What is going on at the canvas and is gone when it ends; nothing here is part of the document. */
export interface CanvasState {
  /** Ports the dragged wire may end at, as `portKey`; null while no wire is dragged. */
  readonly fitting: ReadonlySet<string> | null;
  readonly loose: LooseEnd | null;
  readonly refusal: Refusal | null;
  readonly menu: CanvasMenu | null;
  /** The block that would take what is being dragged. */
  readonly target: NodeId | null;
  /** The wire that would take it. */
  readonly targetWire: WireId | null;
  /** The place in `target` that is kept free for it; null where it already is a child. */
  readonly slot: Slot | null;
  /** The node whose title is being typed over on its card. */
  readonly renaming: NodeId | null;
  /** Zoomed out so far that nothing on a card can be read or taken hold of. */
  readonly farther: boolean;
}

/** Nothing is going on. */
const AT_REST: CanvasState = {
  fitting: null,
  loose: null,
  refusal: null,
  menu: null,
  target: null,
  targetWire: null,
  slot: null,
  renaming: null,
  farther: false,
};

export type CanvasStore = StoreApi<CanvasState>;

/** Positions of nodes being dragged, relative to their block. Apart from the rest, because it changes at every move of the pointer. */
export type DraggedNodes = ReadonlyMap<NodeId, Point>;
export type DragStore = StoreApi<{ readonly dragged: DraggedNodes }>;

interface CanvasStores {
  readonly canvas: CanvasStore;
  readonly drag: DragStore;
}

export function createCanvasStores(): CanvasStores {
  return {
    canvas: createStore<CanvasState>(() => AT_REST),
    drag: createStore<{ readonly dragged: DraggedNodes }>(() => ({ dragged: new Map() })),
  };
}

export const CanvasContext = createContext<CanvasStores | null>(null);

function useStores(): CanvasStores {
  const stores = useContext(CanvasContext);
  if (stores === null) throw new Error('a part of the canvas outside of it');
  return stores;
}

export function useCanvasStore(): CanvasStore {
  return useStores().canvas;
}

export function useCanvas<Value>(select: (state: CanvasState) => Value): Value {
  return useStore(useStores().canvas, select);
}

export function useDragStore(): DragStore {
  return useStores().drag;
}

export function portKey(port: PortRef, side: LooseEnd['side']): string {
  return `${side}|${port.node}|${port.port}`;
}
