import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseProjectValue } from '../../src-engine/document/file/parse-project.ts';
import { decodeProbeFrame, type Probe } from '../../src-engine/history/decode-frames.ts';
import { Debugger } from '../../src-engine/session/debug/debugger.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { encodeProbe } from '../../src-engine/session/probes/frames.ts';
import type { OpenedProject } from '../../src-engine/session/open-project.ts';
import { probesReply } from '../../src-engine/session/probes/probes-reply.ts';
import type { JsonNumber, ProbeLayer, ProbesReply } from '../../src-engine/session/protocol.ts';
import { describeLayers } from '../../src-engine/session/summaries.ts';
import type { Batch } from '../../src-engine/data/dataset.ts';
import type { Program } from '../../src-engine/ir/program.ts';
import type { Machine } from '../../src-engine/run/machine.ts';
import { lengthsFor, readRowNorms } from '../../src-engine/train/probes.ts';
import { writeBatch } from '../../src-engine/train/write-batch.ts';
import { gradientRows, lagFlowOf, type MapRow } from '../../src-renderer/panels/gradients/gradient-rows.ts';
import { quantityNames, type Quantity } from '../../src-renderer/panels/gradients/quantities.ts';
import { engineFiles } from '../session/session-fixture.ts';
import { openModel, PACE } from '../session/open-model.ts';
import { datasetOf, flat, type Golden, type Nested } from './golden-file.ts';

/*
 * Everything that is drawn of a gradient, against PyTorch (make_probe_golden.py): the frame and the replies as the session makes them, the values that the
 * heatmap is handed, and the debugger's numbers.
 */

/** Largest relative error. */
const TOLERANCE = 1e-4;
/** What float32 cannot tell from zero, where everything else is around 1. */
const FLOOR = 1e-6;
/** The same of a difference of two weights of up to 3, each rounded to float32 by 1.2e-7. */
const FLOOR_OF_CHANGE = 2.4e-3;

type Row = readonly JsonNumber[];
type Direction = Pick<ProbeLayer, 'layer' | 'direction'>;
interface Gate {
  readonly gate: string;
  readonly mean: Row;
  readonly shut: Row;
  readonly open: Row;
}
interface Update {
  readonly norm: number;
  readonly clippedNorm: number;
  readonly clipFactor: number;
  readonly ratios: readonly { readonly parameter: string; readonly ratio: number }[];
  readonly parameters: readonly {
    readonly parameter: string;
    readonly copies: number;
    readonly sum: number;
    readonly given: number;
    readonly update: number;
    readonly values: { readonly sum: Nested; readonly mean: Nested; readonly update: Nested };
  }[];
}
interface Copies {
  readonly parameter: string;
  readonly values: readonly number[];
  readonly running: readonly number[];
}
interface ProbeGolden extends Golden {
  readonly probes: {
    readonly cells: readonly (Direction & {
      readonly gradient: Row;
      readonly flow: Row;
      readonly lagFlow: Row;
      readonly jacobian: Row;
      readonly h: Row;
      readonly c: Row | null;
      readonly gates: readonly Gate[];
    })[];
    readonly recurrent: readonly { readonly parameter: string; readonly block: string; readonly radius: number }[];
    readonly update: Update;
    readonly copies: readonly Copies[];
    /** [loss step][cell][T]; only where there is a loss per step. */
    readonly triangle?: readonly (readonly Row[])[];
    readonly debug: readonly {
      readonly loss: number;
      readonly cells: readonly (Direction & {
        readonly gradient: Row;
        readonly flow: Row;
        readonly jacobian: Row;
        readonly h: readonly (readonly number[])[];
        readonly dh: readonly (readonly number[])[];
        readonly c: readonly (readonly number[])[] | null;
        readonly dc: readonly (readonly number[])[] | null;
        readonly gates: readonly Gate[];
      })[];
      readonly copies: readonly Copies[];
      readonly update: Update;
    }[];
  };
}

const FOLDER = join(import.meta.dirname, 'probes');
const GOLDENS = readdirSync(FOLDER).map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as ProbeGolden);

/** Number by number; NaN where the oracle has none. */
function same(what: string, actual: ArrayLike<unknown>, expected: ArrayLike<unknown>, floor = FLOOR): void {
  expect(actual.length, what).toBe(expected.length);
  for (let place = 0; place < expected.length; place++) {
    const [is, should] = [Number(actual[place]), Number(expected[place])];
    if (Number.isNaN(should)) expect(is, `${what}[${place}]`).toBeNaN();
    else expect(Math.abs(is - should) / Math.max(Math.abs(should), floor), `${what}[${place}]: ${is} for ${should}`).toBeLessThanOrEqual(TOLERANCE);
  }
}

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

function open(golden: ProbeGolden): OpenedProject {
  const parsed = parseProjectValue(golden.project);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  const weights = Object.fromEntries(Object.entries(golden.parameters).map(([name, { data }]) => [name, flat(data)]));
  return openModel(parsed.project, datasetOf(golden), engine, weights);
}

/** Norms of each row's steps under the loss of its last one, the last step first. */
function lastLossNorms(machine: Machine, program: Program, batch: Batch): readonly (readonly (readonly number[])[])[] {
  writeBatch(machine, program, batch, 'last');
  machine.run({ begin: program.sections.forward.begin, end: program.sections.backward.end });
  return readRowNorms(machine, program).map(({ cell, values }) =>
    Array.from(lengthsFor(cell, batch).subarray(0, batch.rows), (length, row) =>
      Array.from({ length }, (_, lag) => values[(length - 1 - lag) * batch.size + row]!),
    ),
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const lagsOf = (rows: readonly (readonly number[])[]): readonly number[] => Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, lag) => lag);

function meanByLag(rows: readonly (readonly number[])[]): readonly number[] {
  return lagsOf(rows).map((lag) => {
    const reaching = rows.flatMap((row) => row[lag] ?? []);
    return sum(reaching) / reaching.length;
  });
}

/** Each step back on the rows that have both of its ends. */
function linked(rows: readonly (readonly number[])[]): readonly number[] {
  return lagsOf(rows).reduce<readonly number[]>((flow, lag) => {
    if (lag === 0) return meanByLag(rows).slice(0, 1);
    const both = rows.filter((row) => row.length > lag);
    const nearer = sum(both.map((row) => row[lag - 1]!));
    return [...flow, nearer === 0 ? meanByLag(rows)[lag]! : (flow.at(-1)! * sum(both.map((row) => row[lag]!))) / nearer];
  }, []);
}

const isCell = (cell: Direction) => (each: Direction) => each.layer === cell.layer && each.direction === cell.direction;

describe.each(GOLDENS.map((golden) => [golden.name, golden] as const))('what is drawn of %s is PyTorch’s', (_, golden) => {
  const { probes: oracle } = golden;
  let opened: OpenedProject;
  let frame: Probe;
  let reply: ProbesReply;
  let layers: readonly ProbeLayer[];

  beforeAll(async () => {
    opened = open(golden);
    layers = describeLayers(opened.run);
    frame = decodeProbeFrame(encodeProbe(0, opened.run.probe(), golden.signature.longest));
    opened.run.watchUpdate();
    opened.run.trainStep();
    opened.run.measureUpdate();
    const { measuredUpdate } = opened.run;
    // The update is of one step later; all else of the weights it began with.
    opened.run.reset();
    opened.run.writeParameters(new Map(Object.entries(golden.parameters).map(([name, { data }]) => [name, Float32Array.from(flat(data))])));
    reply = await probesReply(opened, { jacobian: true, triangle: true, copies: true }, { engine, ...PACE }, () => true);
    same('norm before clipping', [measuredUpdate!.norm], [oracle.update.norm]);
    same('norm after clipping', [measuredUpdate!.clippedNorm], [oracle.update.clippedNorm]);
    for (const { parameter, ratio } of oracle.update.ratios) {
      same(`update over weight of ${parameter}`, [measuredUpdate!.ratios.find((each) => each.parameter === parameter)!.ratio], [ratio]);
    }
  });

  it('in the frame and the reply', () => {
    expect(layers.map(({ layer, direction }) => ({ layer, direction }))).toEqual(oracle.cells.map(({ layer, direction }) => ({ layer, direction })));
    for (const [index, cell] of oracle.cells.entries()) {
      const name = `${cell.layer} ${cell.direction}`;
      const rows = opened.run.onProbeBatch((...probed) => lastLossNorms(...probed)[index]!);
      same(`norms by lag of ${name}`, meanByLag(rows), cell.lagFlow);
      same(`lag flow of ${name}`, lagFlowOf(frame, index), linked(rows));
      const found = reply.cells.find(isCell(cell))!;
      same(`Jacobian of ${name}`, found.jacobian!.values, cell.jacobian);
      same(`h of ${name}`, found.stateNorms.h, cell.h);
      expect(found.stateNorms.c === null).toBe(cell.c === null);
      if (cell.c !== null) same(`c of ${name}`, found.stateNorms.c!, cell.c);
      expect(found.gates.map(({ gate }) => gate)).toEqual(cell.gates.map(({ gate }) => gate));
      for (const [at, gate] of cell.gates.entries())
        for (const part of ['mean', 'shut', 'open'] as const) same(`${name} ${gate.gate} ${part}`, found.gates[at]![part], gate[part]);
    }
    for (const { parameter, block, radius } of oracle.recurrent) {
      same(`radius of ${parameter} ${block}`, [reply.recurrent.find((each) => each.parameter === parameter && each.block === block)!.radius], [radius]);
    }
    expect(reply.recurrent).toHaveLength(oracle.recurrent.length);
  });

  /** What the heatmap is handed: `values` of each row, by its label. */
  function painted(quantity: Quantity, more: { readonly lossStep?: number; readonly layer?: number } = {}): readonly MapRow[] {
    const sources = { frame, layers, reply, lossStep: more.lossStep ?? null, layer: more.layer ?? 0 };
    const rows = gradientRows(quantity, 'absolute', sources);
    // Colours hang on the value alone, whatever the scale.
    expect(gradientRows(quantity, 'row', sources).map(({ values }) => Array.from(values))).toEqual(rows.map(({ values }) => Array.from(values)));
    return rows;
  }

  const masked = (row: MapRow, column: number): boolean => (frame.rowsAtStep[column] ?? 0) === 0 || row.beyond(column);

  const drawn: Readonly<Record<Quantity, () => void>> = {
    gradient: () =>
      expectRows(
        painted('gradient'),
        oracle.cells.map(({ gradient }) => gradient),
      ),
    flow: () =>
      expectRows(
        painted('flow'),
        oracle.cells.map(({ flow }) => flow),
      ),
    'flow-from': () => {
      for (const [s, flows] of (oracle.triangle ?? []).entries()) expectRows(painted('flow-from', { lossStep: s + 1 }), flows);
      if (oracle.triangle === undefined) expect(painted('flow-from')).toEqual([]);
    },
    triangle: () => {
      for (const layer of layers.keys())
        expectRows(
          painted('triangle', { layer }),
          (oracle.triangle ?? []).map((flows) => flows[layer]!),
        );
    },
    copies: () => {
      const rows = painted('copies');
      for (const { parameter, values } of oracle.copies) same(parameter, rows.find(({ label }) => label === parameter)!.values, values);
      const stepwise = oracle.copies.map(({ parameter }) => parameter);
      for (const { label } of rows) if (!stepwise.includes(label)) expect(label).toMatch(/^head[.]/u);
    },
    jacobian: () =>
      expectRows(
        painted('jacobian'),
        oracle.cells.map(({ jacobian }) => jacobian),
      ),
    gates: () =>
      expectRows(
        painted('gates'),
        oracle.cells.flatMap(({ gates }) => gates.flatMap(({ shut, open: wide }) => [shut, wide])),
      ),
    states: () =>
      expectRows(
        painted('states'),
        oracle.cells.flatMap(({ h, c }) => (c === null ? [h] : [h, c])),
      ),
  };
  const expectRows = (rows: readonly MapRow[], expected: readonly Row[]): void => {
    expect(rows).toHaveLength(expected.length);
    for (const [index, row] of rows.entries()) {
      same(row.label, row.values, expected[index]!);
      // Hatched as masked, not as a number that is not finite.
      for (const [column, value] of expected[index]!.entries()) if (value === 'NaN') expect(masked(row, column), `${row.label} at ${column + 1}`).toBe(true);
    }
  };

  it.each(quantityNames)('as the heatmap is handed it: %s', (quantity) => {
    drawn[quantity]();
  });

  it.each([0, 1, 2])('in the debugger, row %i alone', async (example) => {
    const expected = oracle.debug[example]!;
    const debug = new Debugger();
    const shown = await debug.look(opened, { input: { part: 'train', example } }, { engine, ...PACE }, () => opened);
    same('loss', [shown.loss], [expected.loss]);
    for (const cell of expected.cells) {
      const name = `${cell.layer} ${cell.direction}`;
      const found = shown.cells.find(isCell(cell))!;
      for (const part of ['gradient', 'flow', 'jacobian'] as const) same(`${part} of ${name}`, found[part], cell[part]);
      for (const [at, gate] of cell.gates.entries())
        for (const part of ['mean', 'shut', 'open'] as const) same(`${name} ${gate.gate} ${part}`, found.gates[at]![part], gate[part]);
      for (const [place, h] of cell.h.entries()) {
        const one = debug.node({ id: shown.id, layer: cell.layer, direction: cell.direction, t: place + 1 });
        same(`h of ${one.name}`, one.h, h);
        same(`dh of ${one.name}`, one.dh, cell.dh[place]!);
        same(`Jacobian of ${one.name}`, [one.jacobian.norm], [cell.jacobian[place]]);
        if (cell.c !== null && cell.dc !== null) same(`c, dc of ${one.name}`, [...one.c!, ...one.dc!], [...cell.c[place]!, ...cell.dc[place]!]);
      }
    }
    for (const { parameter, values, running } of expected.copies) {
      const found = shown.parameters.find((each) => each.parameter === parameter)!;
      same(`copies of ${parameter}`, found.norms!, values);
      same(`their sum so far`, found.running!, running);
    }
    const [window] = shown.windows;
    same('clipping', [window!.norm, window!.clippedNorm, window!.clipFactor], [expected.update.norm, expected.update.clippedNorm, expected.update.clipFactor]);
    for (const { parameter, copies, sum, given, update, values } of expected.update.parameters) {
      const found = shown.parameters.find((each) => each.parameter === parameter)!;
      const [of] = found.windows;
      same(
        `${parameter}: copies, sum, mean, given, update`,
        [of!.copies, of!.sum, of!.mean, of!.given, of!.update],
        [copies, sum, sum / copies, given, update],
      );
      const numbers = found.values!.windows[0]!;
      // A number in which the copies nearly cancel has their error, not its own.
      const among = (all: Nested): number => Math.max(...flat(all).map(Math.abs)) / 10;
      same(`sum of ${parameter}`, numbers.sum, flat(values.sum), among(values.sum));
      same(`mean of ${parameter}`, numbers.mean, flat(values.mean), among(values.mean));
      same(`update of ${parameter}`, numbers.update, flat(values.update), FLOOR_OF_CHANGE);
    }
  });
});
