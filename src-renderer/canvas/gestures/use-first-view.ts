import { useStore, type Viewport } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { useDocument } from '../../state/document-store.ts';
import type { FlowView } from '../canvas-commands.ts';

/** From this width on there is room to draw larger than 100 %. */
const WIDE = 1600;

/** Everything in sight, as large as it is meant to be where there is room. */
export const FIRST_VIEW = { padding: '16px', maxZoom: 1 } as const;

/** A fresh view of every document that is opened; it follows the size of the canvas until someone moves it. */
export function useFirstView(view: FlowView): void {
  const opened = useDocument((state) => state.opened);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const fitted = useRef<{ readonly opened: number; readonly at: Viewport } | null>(null);
  useEffect(() => {
    const last = fitted.current;
    const untouched = last === null || last.opened !== opened || isSame(last.at, view.getViewport());
    if (!untouched) return;
    const wait = requestAnimationFrame(() => {
      void view.fitView({ ...FIRST_VIEW, maxZoom: width >= WIDE ? 1.4 : FIRST_VIEW.maxZoom }).then(() => {
        fitted.current = { opened, at: view.getViewport() };
      });
    });
    return () => {
      cancelAnimationFrame(wait);
    };
  }, [view, opened, width, height]);
}

function isSame(a: Viewport, b: Viewport): boolean {
  return a.x === b.x && a.y === b.y && a.zoom === b.zoom;
}
