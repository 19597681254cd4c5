import { GLYPH_HEIGHT, GLYPH_ROWS, GLYPH_WIDTH, hasPixel } from './glyphs.ts';
import type { Picture } from './png.ts';

/** Red, green, blue, 0 to 255. */
export type Colour = readonly [number, number, number];

/** Side of a letter's pixel. */
const ENLARGED = 2;
const ADVANCE = (GLYPH_WIDTH + 1) * ENLARGED;

export const TEXT_HEIGHT = GLYPH_HEIGHT * ENLARGED;

export function textWidth(text: string): number {
  return [...text].length * ADVANCE - ENLARGED;
}

/** Rectangles and letters on a picture of one colour. What is outside the picture is not drawn. */
export class Canvas implements Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;

  constructor(width: number, height: number, background: Colour) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint8Array(width * height * 3);
    this.fill(0, 0, width, height, background);
  }

  fill(x: number, y: number, width: number, height: number, colour: Colour): void {
    for (let row = Math.max(0, y); row < Math.min(this.height, y + height); row++) {
      for (let column = Math.max(0, x); column < Math.min(this.width, x + width); column++) this.pixels.set(colour, (row * this.width + column) * 3);
    }
  }

  /** Stripes that rise to the right, in step over the whole picture. */
  hatch(x: number, y: number, width: number, height: number, light: Colour, dark: Colour): void {
    for (let row = y; row < y + height; row++) {
      for (let column = x; column < x + width; column++) this.fill(column, row, 1, 1, (column + row) % 6 < 3 ? light : dark);
    }
  }

  /** `x` and `y` of the first letter's upper left corner. */
  text(x: number, y: number, text: string, colour: Colour): void {
    for (const [index, letter] of [...text].entries()) {
      for (let row = 0; row < GLYPH_ROWS; row++) {
        for (let column = 0; column < GLYPH_WIDTH; column++) {
          if (hasPixel(letter, column, row)) this.fill(x + index * ADVANCE + column * ENLARGED, y + row * ENLARGED, ENLARGED, ENLARGED, colour);
        }
      }
    }
  }
}
