import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** A block on its way from the palette to the canvas; places in pixels of the window. */
export interface PaletteDrag {
  readonly kind: string;
  readonly x: number;
  readonly y: number;
}

/** Set by the palette while a block is dragged, read by the canvas, which takes it when it is let go. */
export const paletteDragStore = createStore<{ readonly drag: PaletteDrag | null }>(() => ({ drag: null }));

export function usePaletteDrag(): PaletteDrag | null {
  return useStore(paletteDragStore, ({ drag }) => drag);
}
