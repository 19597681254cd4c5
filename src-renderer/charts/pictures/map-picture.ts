import { svgFile, svgNumber, svgText } from './svg.ts';
import { LETTERS } from '../letters.ts';

/** In place of a colour: the cell holds no finite number. */
export const NON_FINITE = 'non-finite';

/** Rows of coloured cells under one heading; null where there is nothing to show. */
export interface MapBlock {
  readonly title: string;
  readonly rows: readonly { readonly label: string; readonly colours: readonly (string | null)[] }[];
}

export interface MapDrawing {
  readonly title: string;
  /** Under the last row: `step t`. */
  readonly columnLabel: string;
  /** Named columns in place of numbers from 1. */
  readonly columnNames?: readonly string[];
  readonly blocks: readonly MapBlock[];
  /** Colours of the scale from its low to its high end, with what stands under it; null where it needs none. */
  readonly scale: { readonly name: string; readonly colours: readonly string[]; readonly ticks: readonly string[] } | null;
  readonly colours: { readonly ground: string; readonly none: string; readonly bad: string; readonly text: string; readonly mute: string };
  /** What a hatched cell means, where there are some. */
  readonly hatched?: string;
}

const cells = { left: 180, width: 740 } as const;
const tall = 26;
const thin = 5;
/** More rows than this are drawn thin, and only some are named. */
const manyRows = 24;
const titleSpace = 26;
const legendWidth = 240;

/** Cells as rectangles: columns along the steps, a null cell hatched, a non-finite one crossed, the scale's colours with their numbers at the top right. */
export function mapSvg(drawing: MapDrawing): string {
  const { title, blocks, colours, columnLabel, columnNames } = drawing;
  const parts = [
    hatch('none', colours.mute, colours.none),
    hatch('non-finite', colours.bad, colours.none),
    svgText({ x: 24, y: 34, text: title, colour: colours.text, size: LETTERS.picture.title, bold: true }),
    ...scaleParts(drawing),
  ];
  let top = 76;
  for (const block of blocks) {
    if (blocks.length > 1) {
      parts.push(svgText({ x: cells.left, y: top + 14, text: block.title, colour: colours.text, bold: true }));
      top += titleSpace;
    }
    const height = block.rows.length > manyRows ? thin : tall;
    parts.push(...blockParts(block, top, height, colours.mute));
    top += block.rows.length * height + 14;
  }
  const columns = blocks[0]?.rows[0]?.colours.length ?? 0;
  parts.push(...columnTicks(columns, columnNames, top, colours.mute));
  parts.push(svgText({ x: cells.left + cells.width / 2, y: top + 26, text: columnLabel, colour: colours.mute, anchor: 'middle' }));
  parts.push(...markParts(drawing, top + 26));
  return svgFile({ width: 960, height: top + 44 }, title, colours.ground, parts);
}

function hatch(id: 'none' | 'non-finite', colour: string, ground: string): string {
  const across = id === 'none' ? '' : `<line x1="0" y1="0" x2="6" y2="0" stroke="${colour}"/>`;
  return `<pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="${ground}"/><line x1="0" y1="0" x2="0" y2="6" stroke="${colour}"/>${across}</pattern>`;
}

/** At the foot: what the hatches mean that occur. */
function markParts({ blocks, colours, hatched }: MapDrawing, y: number): readonly string[] {
  const used = new Set(blocks.flatMap(({ rows }) => rows.flatMap((row) => row.colours)));
  const marks = [
    ...(used.has(null) && hatched !== undefined ? [{ fill: 'url(#none)', text: hatched }] : []),
    ...(used.has(NON_FINITE) ? [{ fill: 'url(#non-finite)', text: 'not finite' }] : []),
  ];
  return marks.flatMap(({ fill, text }, index) => {
    const x = 24 + index * 90;
    return [
      `<rect x="${x}" y="${svgNumber(y - 10)}" width="16" height="11" fill="${fill}"/>`,
      svgText({ x: x + 22, y, text, colour: colours.mute, size: LETTERS.picture.note }),
    ];
  });
}

function blockParts({ rows }: MapBlock, top: number, height: number, mute: string): readonly string[] {
  const named = Math.ceil(14 / height);
  return rows.flatMap(({ label, colours }, row) => {
    const y = top + row * height;
    const width = cells.width / Math.max(1, colours.length);
    const gap = height === tall ? 2 : 0;
    const text =
      row % named === 0 ? [svgText({ x: cells.left - 10, y: y + height / 2 + 4, text: label, colour: mute, size: LETTERS.picture.note, anchor: 'end' })] : [];
    const drawn = colours.map((colour, column) => {
      const fill = colour === null ? 'url(#none)' : colour === NON_FINITE ? 'url(#non-finite)' : colour;
      return `<rect x="${svgNumber(cells.left + column * width)}" y="${svgNumber(y)}" width="${svgNumber(width)}" height="${height - gap}" fill="${fill}" shape-rendering="crispEdges"/>`;
    });
    return [...text, ...drawn];
  });
}

/** As many names or numbers as have room. */
function columnTicks(columns: number, names: readonly string[] | undefined, top: number, colour: string): readonly string[] {
  const width = cells.width / Math.max(1, columns);
  const wanted = names === undefined ? 48 : Math.max(14, ...names.map((name) => name.length * 7 + 6));
  const every = Math.max(1, Math.ceil(wanted / width));
  return Array.from({ length: columns }, (_, column) => column)
    .filter((column) => column % every === 0)
    .map((column) =>
      svgText({
        x: cells.left + (column + 0.5) * width,
        y: top + 6,
        text: names?.[column] ?? String(column + 1),
        colour,
        size: LETTERS.picture.note,
        anchor: 'middle',
      }),
    );
}

function scaleParts({ scale, colours }: MapDrawing): readonly string[] {
  if (scale === null) return [];
  const left = cells.left + cells.width - legendWidth;
  const width = legendWidth / scale.colours.length;
  const last = Math.max(1, scale.ticks.length - 1);
  return [
    ...scale.colours.map(
      (colour, index) =>
        `<rect x="${svgNumber(left + index * width)}" y="22" width="${svgNumber(width + 0.5)}" height="10" fill="${colour}" shape-rendering="crispEdges"/>`,
    ),
    ...scale.ticks.map((tick, index) =>
      svgText({
        x: left + (index / last) * legendWidth,
        y: 46,
        text: tick,
        colour: colours.mute,
        size: LETTERS.picture.note,
        anchor: index === 0 ? 'start' : index === last ? 'end' : 'middle',
      }),
    ),
    svgText({ x: left - 10, y: 32, text: scale.name, colour: colours.mute, size: LETTERS.picture.note, anchor: 'end' }),
  ];
}
