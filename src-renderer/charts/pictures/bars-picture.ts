import { csvText } from './csv.ts';
import { cssColour } from '../css-colours.ts';
import type { Picture } from './picture.ts';
import { svgFile, svgNumber, svgText } from './svg.ts';
import { LETTERS } from '../letters.ts';

/** A named bar: pieces one behind the other, each in its colour, and the value as text at its end. */
interface NamedBar {
  readonly name: string;
  readonly pieces: readonly { readonly value: number; readonly colour: string }[];
  readonly text: string;
}

interface BarsColours {
  readonly ground: string;
  readonly text: string;
  readonly mute: string;
}

const WIDTH = 720;
const ROW = 24;
const BAR = { left: 220, height: 12 };
const VALUE = 90;
const TOP = 56;
/** Letters of a name; longer ones end in three dots. */
const NAME = 30;

/** Bars below each other, the longest as long as the picture is wide. */
export function barsSvg(title: string, bars: readonly NamedBar[], colours: BarsColours): string {
  const total = ({ pieces }: NamedBar): number => pieces.reduce((sum, { value }) => sum + value, 0);
  const most = Math.max(...bars.map(total), Number.MIN_VALUE);
  const scale = (WIDTH - BAR.left - VALUE) / most;
  const rows = bars.flatMap((bar, index) => {
    const y = TOP + index * ROW;
    let x = BAR.left;
    const pieces = bar.pieces.map(({ value, colour }) => {
      const piece = `<rect x="${svgNumber(x)}" y="${svgNumber(y - BAR.height + 2)}" width="${svgNumber(value * scale)}" height="${BAR.height}" fill="${colour}"/>`;
      x += value * scale;
      return piece;
    });
    const letters = Array.from(bar.name);
    const name = letters.length > NAME ? `${letters.slice(0, NAME - 1).join('')}\u2026` : bar.name;
    return [
      svgText({ x: BAR.left - 12, y, text: name, colour: colours.text, anchor: 'end' }),
      ...pieces,
      svgText({ x: x + 8, y, text: bar.text, colour: colours.mute }),
    ];
  });
  const heading = svgText({ x: 24, y: 28, text: title, colour: colours.text, size: LETTERS.picture.title, bold: true });
  return svgFile({ width: WIDTH, height: TOP + bars.length * ROW + 4 }, title, colours.ground, [heading, ...rows]);
}

/** `columns` and `rows`: of the CSV. `bars` are asked for when a file is written, with the colours of that moment by their variable. */
export function barsPicture(
  name: string,
  title: string,
  bars: (colour: (variable: string) => string) => readonly NamedBar[],
  table: { readonly columns: readonly string[]; readonly rows: readonly (readonly (string | number)[])[] },
): Picture {
  const colour = (variable: string): string => cssColour(document.documentElement, variable);
  return {
    name,
    svg: () => barsSvg(title, bars(colour), { ground: colour('--panel'), text: colour('--text'), mute: colour('--mute') }),
    csv: () => csvText(table.columns, table.rows),
  };
}
