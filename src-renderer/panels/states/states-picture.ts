import type { ConnectivityReply, StatesReply } from '../../../src-engine/session/protocol.ts';
import { csvText } from '../../charts/pictures/csv.ts';
import { cssColour } from '../../charts/css-colours.ts';
import { mapSvg, NON_FINITE } from '../../charts/pictures/map-picture.ts';
import type { Picture } from '../../charts/pictures/picture.ts';
import { unitColour, type UnitColours } from '../../charts/unit-scale.ts';
import { visible } from '../data/visible-token.ts';
import { cellMaps, cellName, type Cell } from './cell-maps.ts';

function pageColours(): { readonly units: UnitColours; readonly map: Parameters<typeof mapSvg>[0]['colours'] } {
  const page = document.documentElement;
  const colour = (name: string): string => cssColour(page, name);
  return {
    units: { ground: colour('--panel'), positive: colour('--positive'), negative: colour('--negative') },
    map: { ground: colour('--panel'), none: colour('--hover'), bad: colour('--bad'), text: colour('--text'), mute: colour('--mute') },
  };
}

/** The tokens of the steps where the cell reads them. */
function stepNames(cell: Cell, { read }: StatesReply): readonly string[] | null {
  return cell.h.length === read.length && read.every(({ text }) => text !== '') ? read.map(({ text }) => visible(text)) : null;
}

/** All that a cell holds over the steps: hidden state, cell state and gates. */
export function statesPicture(cell: Cell, reply: StatesReply): Picture {
  return { name: 'states', svg: () => statesSvg(cell, reply), csv: () => statesCsv(cell, reply) };
}

function statesSvg(cell: Cell, reply: StatesReply): string {
  const { units, map } = pageColours();
  const names = stepNames(cell, reply);
  return mapSvg({
    title: `${cellName(cell)}, training step ${reply.step.toLocaleString('en')}`,
    columnLabel: 'step t; units down',
    ...(names === null ? {} : { columnNames: names }),
    blocks: cellMaps(cell).map(({ name, title, scale, values }) => {
      const colour = unitColour(scale, units);
      return {
        title: `${name}: ${title}`,
        rows: Array.from({ length: cell.units }, (_, unit) => ({
          label: String(unit + 1),
          colours: values.map((row) => {
            const value = row[unit];
            return value === undefined ? null : typeof value === 'number' ? colour(value) : NON_FINITE;
          }),
        })),
      };
    }),
    scale: { name: 'states', colours: Array.from({ length: 41 }, (_, index) => unitColour('state', units)(index / 20 - 1)), ticks: ['≤ −1', '0', '≥ 1'] },
    colours: map,
  });
}

function statesCsv(cell: Cell, { read }: Pick<StatesReply, 'read'>): string {
  const reads = cell.h.length === read.length;
  return csvText(
    ['layer', 'direction', 'quantity', 't', 'token', 'unit', 'value'],
    cellMaps(cell).flatMap(({ name, values }) =>
      values.flatMap((row, step) =>
        row.map((value, unit) => [cell.layer, cell.direction, name, step + 1, reads ? (read[step]?.text ?? '') : '', unit + 1, Number(value)]),
      ),
    ),
  );
}

/** A row for each answer, a column for each step that is read. */
export function connectivityPicture(reply: ConnectivityReply, scale: 'absolute' | 'relative'): Picture {
  return { name: 'connectivity', svg: () => connectivitySvg(reply, scale), csv: () => connectivityCsv(reply) };
}

function connectivitySvg(reply: ConnectivityReply, scale: 'absolute' | 'relative'): string {
  const { units, map } = pageColours();
  const colour = unitColour('gate', units);
  const matrix = reply[scale].map((row) => row.map(Number));
  const largest = (rows: readonly (readonly number[])[]): number => Math.max(...rows.flat().filter(Number.isFinite), Number.MIN_VALUE);
  const most = largest(matrix);
  return mapSvg({
    title: `Connectivity, ${scale}, training step ${reply.step.toLocaleString('en')}`,
    columnLabel: 'what is read',
    columnNames: reply.read.map(({ text }) => visible(text)),
    blocks: [
      {
        title: '',
        rows: matrix.map((row, step) => {
          const end = scale === 'relative' ? largest([row]) : most;
          return {
            label: `t = ${step + 1}: ${visible(reply.answers[step]?.of ?? '')}`,
            colours: row.map((value) => (Number.isFinite(value) ? colour(value / end) : NON_FINITE)),
          };
        }),
      },
    ],
    scale: {
      name: scale === 'relative' ? 'share of the strongest' : 'norm of the gradient',
      colours: Array.from({ length: 41 }, (_, index) => colour(index / 40)),
      ticks: ['0', scale === 'relative' ? '1' : most.toPrecision(3)],
    },
    colours: map,
  });
}

function connectivityCsv({ answers, read, absolute, relative }: ConnectivityReply): string {
  return csvText(
    ['answer step', 'answer', 'input step', 'input', 'norm', 'share'],
    absolute.flatMap((row, step) =>
      row.map((norm, at) => [step + 1, answers[step]?.of ?? '', at + 1, read[at]?.text ?? '', Number(norm), Number(relative[step]?.[at] ?? Number.NaN)]),
    ),
  );
}
