import { useEffect, useState, type RefObject } from 'react';
import type { Point } from '../layout/geometry.ts';

/** Where the pointer is over the canvas, in pixels of the window; null while it is elsewhere. */
export interface CanvasPointer {
  readonly now: () => Point | null;
  /** Holds the pointer at a place until the reply is called: for a menu that covers the canvas. */
  readonly hold: (at: Point) => () => void;
}

/** Follows the pointer without drawing anything. */
export function useCanvasPointer(frame: RefObject<HTMLElement | null>): CanvasPointer {
  const [follower] = useState(createFollower);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const move = (event: PointerEvent) => {
      follower.set({ x: event.clientX, y: event.clientY });
    };
    const leave = () => {
      follower.set(null);
    };
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerleave', leave);
    return () => {
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerleave', leave);
    };
  }, [frame, follower]);
  return follower;
}

function createFollower(): CanvasPointer & { readonly set: (at: Point | null) => void } {
  let at: Point | null = null;
  let held: Point | null = null;
  return {
    now: () => held ?? at,
    set: (next) => {
      at = next;
    },
    hold: (place) => {
      held = place;
      return () => {
        held = null;
      };
    },
  };
}
