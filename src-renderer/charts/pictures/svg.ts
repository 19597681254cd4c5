import { LETTERS } from '../letters.ts';

/** Text as it may stand between tags or in an attribute. Control characters that XML does not have are left out. */
export function xmlText(text: string): string {
  return Array.from(text, (letter) => (letter < ' ' || letter === '\u007f' || (letter >= '\ufffe' && letter <= '\uffff') ? ' ' : letter))
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A number as short as it is exact enough for a picture. */
export function svgNumber(value: number): string {
  return String(Math.round(value * 100) / 100);
}

interface SvgText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly colour: string;
  readonly size?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly bold?: boolean;
  readonly turned?: boolean;
}

export function svgText({ x, y, text, colour, size = LETTERS.picture.text, anchor = 'start', bold = false, turned = false }: SvgText): string {
  const turn = turned ? ` transform="rotate(-90 ${svgNumber(x)} ${svgNumber(y)})"` : '';
  const weight = bold ? ' font-weight="600"' : '';
  return `<text x="${svgNumber(x)}" y="${svgNumber(y)}" fill="${xmlText(colour)}" font-size="${size}" text-anchor="${anchor}"${weight}${turn}>${xmlText(text)}</text>`;
}

export interface SvgSize {
  readonly width: number;
  readonly height: number;
}

/** A whole file: a ground in the theme's colour, and what stands on it. */
export function svgFile({ width, height }: SvgSize, title: string, ground: string, parts: readonly string[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${svgNumber(width)}" height="${svgNumber(height)}" viewBox="0 0 ${svgNumber(width)} ${svgNumber(height)}" font-family="Inter, 'Segoe UI', system-ui, sans-serif">`,
    `<title>${xmlText(title)}</title>`,
    `<rect width="100%" height="100%" fill="${xmlText(ground)}"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}
