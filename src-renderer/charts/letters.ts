/** Letters where no style sheet reaches: on canvases and in saved pictures. The sizes in px of tokens.css, and the pictures' own. */
export const LETTERS = {
  axis: 10.5,
  note: 11.5,
  code: 12.5,
  /** In an unrolled node, by the room it has. */
  node: [9.5, 11, 13],
  /** In a saved picture of 960 px. */
  picture: { note: 11, text: 12, title: 16 },
} as const;

export const MONO = '"JetBrains Mono", ui-monospace, monospace';
const SANS = '"Inter Variable", Inter, system-ui, sans-serif';

/** A canvas's font of numbers, e.g. `monoFont(LETTERS.axis)`. */
export function monoFont(size: number, bold = false): string {
  return `${bold ? '600 ' : ''}${size}px ${MONO}`;
}

export function sansFont(size: number, bold = false): string {
  return `${bold ? '600 ' : ''}${size}px ${SANS}`;
}
