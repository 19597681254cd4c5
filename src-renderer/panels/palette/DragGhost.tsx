import { createPortal } from 'react-dom';
import { kindLook } from '../../state/document/document-kinds.ts';
import { usePaletteDrag } from '../../state/palette-drag.ts';
import { Chip } from '../../ui/Chip.tsx';

/** The block under the pointer while it is dragged out of the palette. */
export function DragGhost() {
  const drag = usePaletteDrag();
  if (drag === null) return null;
  const look = kindLook(drag.kind);
  return createPortal(
    <div className="palette-ghost" style={{ transform: `translate(${drag.x}px, ${drag.y}px)` }} aria-hidden>
      <Chip letter={look.letter} colour={look.colour} />
      {look.title}
    </div>,
    document.body,
  );
}
