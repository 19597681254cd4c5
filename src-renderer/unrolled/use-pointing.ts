import { useEffect, useRef, useState, type RefObject } from 'react';
import type { NodePlace } from './layout.ts';
import type { Painter } from './paint/painter.ts';

interface PointingOptions {
  readonly onPoint: (place: NodePlace | null) => void;
  readonly onChoose: (place: NodePlace) => void;
}

interface Pointing {
  readonly dragging: boolean;
  readonly handlers: Pick<React.ComponentProps<'div'>, 'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel' | 'onPointerLeave'>;
}

/** Further than this a press is a drag. */
const SLACK = 4;
const WHEEL_ZOOM = 0.0022;

/** The habits of the canvas: the wheel pans, with Ctrl it zooms at the pointer; a drag pans, with or without Space; a press chooses. */
export function usePointing(box: RefObject<HTMLElement | null>, painter: Painter, { onPoint, onChoose }: PointingOptions): Pointing {
  const [dragging, setDragging] = useState(false);
  const press = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  useWheel(box, painter);
  const at = (event: React.PointerEvent): { x: number; y: number } => {
    const bounds = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
  };
  const end = (event: React.PointerEvent): void => {
    const { current } = press;
    press.current = null;
    setDragging(false);
    if (current === null || current.moved || event.type !== 'pointerup') return;
    const { x, y } = at(event);
    const place = painter.nodeAt(x, y);
    if (place !== null) onChoose(place);
  };
  return {
    dragging,
    handlers: {
      onPointerDown: (event) => {
        if (event.button > 1) return;
        const { x, y } = at(event);
        press.current = { x, y, moved: false };
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove: (event) => {
        const { x, y } = at(event);
        const { current } = press;
        if (current === null) {
          onPoint(painter.nodeAt(x, y));
          return;
        }
        if (!current.moved && Math.hypot(x - current.x, y - current.y) < SLACK) return;
        if (!current.moved) setDragging(true);
        painter.pan(x - current.x, y - current.y);
        press.current = { x, y, moved: true };
      },
      onPointerUp: end,
      onPointerCancel: end,
      onPointerLeave: () => {
        if (press.current === null) onPoint(null);
      },
    },
  };
}

/** React listens to wheels passively, which cannot keep the page from zooming. */
function useWheel(box: RefObject<HTMLElement | null>, painter: Painter): void {
  useEffect(() => {
    const node = box.current;
    if (node === null) return;
    const turn = (event: WheelEvent): void => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 18 : 1;
      if (event.ctrlKey || event.metaKey) {
        const bounds = node.getBoundingClientRect();
        painter.zoom(Math.exp(-event.deltaY * unit * WHEEL_ZOOM), { x: event.clientX - bounds.left, y: event.clientY - bounds.top });
        return;
      }
      const [dx, dy] = event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
      painter.pan(-dx * unit, -dy * unit);
    };
    node.addEventListener('wheel', turn, { passive: false });
    return () => {
      node.removeEventListener('wheel', turn);
    };
  }, [box, painter]);
}
