import { csvText } from '../../charts/pictures/csv.ts';
import { cssColour } from '../../charts/css-colours.ts';
import { shadeAt } from '../../charts/colour-scale.ts';
import { mapSvg, NON_FINITE } from '../../charts/pictures/map-picture.ts';
import type { Picture } from '../../charts/pictures/picture.ts';
import type { MapRow } from './gradient-rows.ts';
import { lagOf } from '../../state/lined-up.ts';
import { quantities, type Quantity } from './quantities.ts';

interface PaintedMap {
  readonly quantity: Quantity;
  readonly rows: readonly MapRow[];
  readonly columns: number;
  /** Columns count steps back from the loss. */
  readonly linedUp?: boolean;
  readonly masked: (column: number, row: number) => boolean;
  /** The training step that it was measured at. */
  readonly measured: number;
  /** On the fixed scale, or each row over its own range. */
  readonly absolute: boolean;
}

/** The gradient map as it is painted: its colours, or its numbers. */
export function gradientPicture(map: PaintedMap): Picture {
  return { name: 'gradients', svg: () => mapDrawing(map), csv: () => gradientCsv(map) };
}

/** One line for each painted cell; a hatched one that no example reaches has no value. Where rows are more than layers, `of` says of what. */
export function gradientCsv({ rows, columns, linedUp = false, masked }: PaintedMap): string {
  const cells = rows.map((row) => ({ row, ...placeOf(row) }));
  const parts = cells.some(({ of }) => of !== '');
  return csvText(
    ['layer', 'direction', ...(parts ? ['of'] : []), linedUp ? 'steps before the loss' : 't', 'value'],
    cells.flatMap(({ row, layer, direction, of }, index) =>
      Array.from({ length: columns }, (_, column) => [
        layer,
        direction,
        ...(parts ? [of] : []),
        linedUp ? lagOf(column, columns) : column + 1,
        masked(column, index) ? null : (row.values[column] ?? null),
      ]),
    ),
  );
}

/** `gru1 ← reset shut` is of the layer gru1, backward, and of "reset shut"; without an arrow it is a parameter, or one loss step of a layer. */
function placeOf(row: MapRow): { readonly layer: string; readonly direction: string; readonly of: string } {
  const [, layer = '', arrow = '', of = ''] = /^(.*?) ([→←]) ?(.*)$/u.exec(row.label) ?? [];
  if (arrow !== '') return { layer, direction: arrow === '→' ? 'forward' : 'backward', of };
  const path = row.name(1).replace(/:t1$/u, '');
  return { layer: path, direction: '', of: row.label === path ? '' : row.label };
}

function mapDrawing({ quantity, rows, columns, linedUp = false, masked, measured, absolute }: PaintedMap): string {
  const page = document.documentElement;
  const { label, scale } = quantities[quantity];
  const colourAt = (row: MapRow, column: number, index: number): string | null => {
    const value = row.values[column] ?? Number.NaN;
    if (masked(column, index)) return null;
    return Number.isFinite(value) ? shadeAt(row.place(value)) : NON_FINITE;
  };
  return mapSvg({
    title: `${label}, training step ${measured.toLocaleString('en')}`,
    columnLabel: linedUp ? 'steps before the loss' : 'step t',
    blocks: [
      {
        title: label,
        rows: rows.map((row, index) => ({ label: row.label, colours: Array.from({ length: columns }, (_, column) => colourAt(row, column, index)) })),
      },
    ],
    scale: {
      name: absolute ? scale.name : 'each row over its own range',
      colours: Array.from({ length: 49 }, (_, index) => shadeAt(index / 48)),
      ticks: absolute ? scale.ticks : ['least', 'most'],
    },
    colours: {
      ground: cssColour(page, '--panel'),
      none: cssColour(page, '--heatbg'),
      bad: cssColour(page, '--bad'),
      text: cssColour(page, '--text'),
      mute: cssColour(page, '--mute'),
    },
    hatched: 'masked',
  });
}
