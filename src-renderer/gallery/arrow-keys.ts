export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Which of the boxes of a grid an arrow key leads to from one of them; null where there is none that way. */
export function nextBox(boxes: readonly Box[], from: number, key: string): number | null {
  const start = boxes[from];
  if (start === undefined) return null;
  if (key === 'Home') return 0;
  if (key === 'End') return boxes.length - 1;
  if (key === 'ArrowLeft') return from > 0 ? from - 1 : null;
  if (key === 'ArrowRight') return from < boxes.length - 1 ? from + 1 : null;
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return null;
  const rows = boxes.map(({ top }) => top);
  const onward = key === 'ArrowDown' ? rows.filter((top) => top > start.top + 1) : rows.filter((top) => top < start.top - 1);
  if (onward.length === 0) return null;
  const row = key === 'ArrowDown' ? Math.min(...onward) : Math.max(...onward);
  const distance = ({ left, width }: Box): number => Math.abs(left + width / 2 - start.left - start.width / 2);
  let nearest: number | null = null;
  for (const [index, box] of boxes.entries()) {
    if (Math.abs(box.top - row) > 1) continue;
    const best = nearest === null ? undefined : boxes[nearest];
    if (best === undefined || distance(box) < distance(best)) nearest = index;
  }
  return nearest;
}
