import { SETTING_CLIP_SCALE } from '../ir/opcodes.ts';
import type { ProgramParameter } from '../ir/program.ts';
import type { Turns } from '../train/turns.ts';
import { copyPlaces, measureCopies, type MeasuredCopies } from './debug-copies.ts';
import type { DebugParameter, DebugUpdate, DebugValues } from './debug-protocol.ts';
import { placeOfCopy, type DebugRun, type Piece } from './debug-run.ts';
import { shortNumber, shortNumbers } from './short-numbers.ts';

/** Parameters of at most so many numbers are told number by number, as long as all their copies have no more than `MOST_TOLD`. */
const SMALL = 64;
const MOST_TOLD = 6400;

interface Measured {
  readonly parameter: ProgramParameter;
  readonly pieces: { readonly piece: Piece; readonly copies: MeasuredCopies; readonly update: Updated; readonly places: readonly (number | null)[] }[];
}

/** One parameter before and after the update of one window, and what the optimiser was given. */
interface Updated {
  readonly copies: number;
  readonly before: ArrayLike<number>;
  readonly given: ArrayLike<number>;
  readonly after: ArrayLike<number>;
}

/** The copies' gradients of every trainable parameter, and the update they make, piece after piece. */
export class DebugParameters {
  private readonly run: DebugRun;
  private readonly measured = new Map<string, Measured>();

  constructor(run: DebugRun) {
    this.run = run;
  }

  /** Right after the backward section of a piece. */
  *measure(piece: Piece): Turns<undefined> {
    const { machine, example } = this.run;
    const { program } = piece;
    const places = copyPlaces(program);
    const trainable = program.shared.parameters.filter((each) => each.gradient !== null);
    const copies = new Map<string, MeasuredCopies>();
    for (const parameter of trainable) {
      const told = parameter.size <= SMALL && parameter.size * example.batch.steps <= MOST_TOLD;
      copies.set(parameter.name, yield* measureCopies(machine, places.get(parameter.name) ?? [], parameter, told));
    }
    const after = this.run.update(piece);
    const scale = machine.read(program.shared.settings + SETTING_CLIP_SCALE);
    for (const parameter of trainable) {
      const { name, at, size, gradient } = parameter;
      const own = copies.get(name);
      if (own === undefined || gradient === null) continue;
      const before = machine.readFloats(at, size);
      const known = this.measured.get(name) ?? { parameter, pieces: [] };
      this.measured.set(name, known);
      known.pieces.push({
        piece,
        copies: own,
        update: {
          copies: own.norms.length,
          before,
          given: machine.readFloats(gradient, size).map((value) => value * scale),
          // Without a loss training makes no update at all.
          after: piece.window.counts ? (after.get(name) ?? before) : before,
        },
        places: Array.from(own.norms, (_, t) => placeOfCopy(piece, places.get(name)?.[0], t)),
      });
      yield;
    }
    return undefined;
  }

  replies(): readonly DebugParameter[] {
    return [...this.measured.values()].map((each) => this.reply(each));
  }

  private reply({ parameter: { name, shape }, pieces }: Measured): DebugParameter {
    const { program } = pieces[0]?.piece ?? {};
    const [place] = program?.copies.filter(({ parameter }) => parameter === name) ?? [];
    const once = place === undefined || place.steps !== program?.steps;
    return {
      parameter: name,
      node: this.run.owners.get(name) ?? '',
      shape,
      backward: place?.backward ?? false,
      norms: once ? null : this.bySteps(pieces, NaN, ({ norms }, t) => norms[t] ?? NaN).map(shortNumber),
      running: once ? null : this.bySteps(pieces, NaN, ({ running }, t) => running[t] ?? NaN).map(shortNumber),
      windows: pieces.map(({ copies, update }) => updateOf(copies, update)),
      values: this.values(pieces, once),
    };
  }

  private values(pieces: Measured['pieces'], once: boolean): DebugValues | null {
    if (pieces.some(({ copies }) => copies.values === null)) return null;
    const size = pieces[0]?.copies.sum.length ?? 0;
    const zeros = new Float64Array(size);
    return {
      copies: once ? null : this.bySteps(pieces, zeros, ({ values }, t) => values?.copies[t] ?? zeros).map(shortNumbers),
      running: once ? null : this.bySteps(pieces, zeros, ({ values }, t) => values?.running[t] ?? zeros).map(shortNumbers),
      before: shortNumbers(pieces[0]?.update.before ?? []),
      windows: pieces.map(({ copies: { sum }, update }) => ({
        sum: shortNumbers(sum),
        mean: shortNumbers(sum.map((value) => value / update.copies)),
        given: shortNumbers(update.given),
        update: shortNumbers(difference(update)),
        after: shortNumbers(update.after),
      })),
    };
  }

  /** What each copy has at its place in the sequence; `masked` where none is. */
  private bySteps<T>(pieces: Measured['pieces'], masked: T, of: (copies: MeasuredCopies, t: number) => T): T[] {
    const values = new Array<T>(this.run.example.batch.steps).fill(masked);
    for (const { copies, places } of pieces) {
      for (const [t, place] of places.entries()) if (place !== null) values[place] = of(copies, t);
    }
    return values;
  }
}

function updateOf({ sum }: MeasuredCopies, update: Updated): DebugUpdate {
  const total = norm(sum);
  return {
    copies: update.copies,
    sum: shortNumber(total),
    mean: shortNumber(total / update.copies),
    given: shortNumber(norm(update.given)),
    weight: shortNumber(norm(update.before)),
    update: shortNumber(norm(difference(update))),
  };
}

function difference({ before, after }: Updated): Float64Array {
  return Float64Array.from({ length: before.length }, (_, e) => (after[e] ?? NaN) - (before[e] ?? NaN));
}

function norm(values: ArrayLike<number>): number {
  let total = 0;
  for (let e = 0; e < values.length; e++) total += (values[e] ?? 0) ** 2;
  return Math.sqrt(total);
}
