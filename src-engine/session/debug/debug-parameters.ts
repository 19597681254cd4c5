import { SETTING_CLIP_SCALE } from '../../ir/opcodes.ts';
import type { ProgramParameter } from '../../ir/program.ts';
import type { Turns } from '../../train/turns.ts';
import { copyPlaces, measureCopies, type MeasuredCopies } from './debug-copies.ts';
import type { DebugParameter, DebugUpdate, DebugValues } from './debug-protocol.ts';
import { placeOfCopy, type DebugRun, type Piece } from './debug-run.ts';
import { shortNumber, shortNumbers } from '../short-numbers.ts';

/** Parameters of at most so many numbers are told number by number, as long as all their copies have no more than `MOST_TOLD`. */
const SMALL = 64;
const MOST_TOLD = 6400;

type Floats = Float32Array | Float64Array;
type WindowValues = DebugValues['windows'][number];

/** What one window made of one parameter; numbers only of a small one. */
interface Measured {
  readonly copies: Pick<MeasuredCopies, 'norms' | 'running' | 'values'>;
  /** Where each copy stands in the example, by running step. */
  readonly places: readonly (number | null)[];
  readonly update: DebugUpdate;
  readonly values: (WindowValues & { readonly before: DebugValues['before'] }) | null;
}

/** Of one parameter, in one window. */
interface Updated {
  /** Copies that the mean divides by. */
  readonly count: number;
  readonly sum: Float64Array;
  readonly before: Floats;
  readonly after: Floats;
  /** The gradient as clipping by value left it, and what clipping by norm multiplies it by. */
  readonly gradient: Floats;
  readonly scale: number;
}

/** The copies' gradients of every trainable parameter, and the update they make, piece after piece. */
export class DebugParameters {
  private readonly run: DebugRun;
  private readonly measured = new Map<string, { readonly parameter: ProgramParameter; readonly pieces: Measured[] }>();

  constructor(run: DebugRun) {
    this.run = run;
  }

  /** Right after the backward section of a piece. */
  *measure(piece: Piece): Turns<undefined> {
    const { machine, example } = this.run;
    const { program, window } = piece;
    const places = copyPlaces(program);
    const all: { readonly parameter: ProgramParameter; readonly copies: MeasuredCopies }[] = [];
    for (const parameter of program.shared.parameters.filter(({ gradient }) => gradient !== null)) {
      const told = parameter.size <= SMALL && parameter.size * example.batch.steps <= MOST_TOLD;
      all.push({ parameter, copies: yield* measureCopies(machine, places.get(parameter.name) ?? [], parameter, told) });
    }
    const changed = this.run.update(piece);
    const scale = machine.read(program.shared.settings + SETTING_CLIP_SCALE);
    for (const { parameter, copies } of all) {
      const { name, at, size, gradient } = parameter;
      const before = machine.readFloats(at, size);
      // Without a loss training makes no update at all.
      const after = window.counts ? (changed.get(name) ?? before) : before;
      const updated = { count: copies.norms.length, sum: copies.sum, before, after, gradient: machine.readFloats(gradient ?? 0, size), scale };
      const known = this.measured.get(name) ?? { parameter, pieces: [] };
      this.measured.set(name, known);
      known.pieces.push({
        copies: { norms: copies.norms, running: copies.running, values: copies.values },
        places: Array.from(copies.norms, (_, t) => placeOfCopy(piece, places.get(name)?.[0], t)),
        update: updateOf(updated),
        values: copies.values === null ? null : valuesOf(updated),
      });
      yield;
    }
    return undefined;
  }

  replies(): readonly DebugParameter[] {
    const [first] = this.run.pieces;
    return [...this.measured.values()].map(({ parameter: { name, shape }, pieces }) => {
      const place = first?.program.copies.find(({ parameter }) => parameter === name);
      const once = place === undefined || place.steps !== first?.program.steps;
      return {
        parameter: name,
        node: this.run.owners.get(name) ?? '',
        shape,
        backward: place?.backward ?? false,
        norms: once ? null : this.bySteps(pieces, NaN, ({ norms }, t) => norms[t] ?? NaN).map(shortNumber),
        running: once ? null : this.bySteps(pieces, NaN, ({ running }, t) => running[t] ?? NaN).map(shortNumber),
        windows: pieces.map(({ update }) => update),
        values: this.values(pieces, once),
      };
    });
  }

  private values(pieces: readonly Measured[], once: boolean): DebugValues | null {
    const windows = pieces.flatMap(({ values }) => values ?? []);
    const [first] = windows;
    if (first === undefined) return null;
    const zeros = new Float64Array(first.before.length);
    return {
      copies: once ? null : this.bySteps(pieces, zeros, ({ values }, t) => values?.copies[t] ?? zeros).map(shortNumbers),
      running: once ? null : this.bySteps(pieces, zeros, ({ values }, t) => values?.running[t] ?? zeros).map(shortNumbers),
      before: first.before,
      windows: windows.map(({ before: _, ...window }) => window),
    };
  }

  /** What each copy has at its place in the sequence; `masked` where none is. */
  private bySteps<T>(pieces: readonly Measured[], masked: T, of: (copies: Measured['copies'], t: number) => T): T[] {
    const values = new Array<T>(this.run.example.batch.steps).fill(masked);
    for (const { copies, places } of pieces) {
      for (const [t, place] of places.entries()) if (place !== null) values[place] = of(copies, t);
    }
    return values;
  }
}

function updateOf({ count, sum, before, after, gradient, scale }: Updated): DebugUpdate {
  let [total, given, weight, change] = [0, 0, 0, 0];
  for (let e = 0; e < sum.length; e++) {
    const [summand, old] = [sum[e] ?? NaN, before[e] ?? NaN];
    total += summand * summand;
    given += (gradient[e] ?? NaN) ** 2;
    weight += old * old;
    change += ((after[e] ?? NaN) - old) ** 2;
  }
  return {
    copies: count,
    sum: shortNumber(Math.sqrt(total)),
    mean: shortNumber(Math.sqrt(total) / count),
    given: shortNumber(Math.sqrt(given) * scale),
    weight: shortNumber(Math.sqrt(weight)),
    update: shortNumber(Math.sqrt(change)),
  };
}

function valuesOf({ count, sum, before, after, gradient, scale }: Updated): Measured['values'] {
  return {
    before: shortNumbers(before),
    sum: shortNumbers(sum),
    mean: shortNumbers(sum.map((value) => value / count)),
    given: shortNumbers(gradient.map((value) => value * scale)),
    update: shortNumbers(Float64Array.from(after, (value, e) => value - (before[e] ?? NaN))),
    after: shortNumbers(after),
  };
}
