import type { CopyPart, CopyPlace, Program, ProgramParameter } from '../../ir/program.ts';
import type { Machine } from '../../run/machine.ts';
import type { Turns } from '../../train/turns.ts';

type Floats = Float32Array | Float64Array;

/** Consecutive numbers of a parameter. */
interface Chunk {
  readonly begin: number;
  readonly values: Floats;
}

/** All copies of one parameter after a backward section. Arrays over steps are in running order, [steps]. */
export interface MeasuredCopies {
  readonly norms: Float64Array;
  /** L2 norm of the sum of the copies from the last running step down to this one: the gradient's way. */
  readonly running: Float64Array;
  readonly sum: Float64Array;
  /** Each copy and the sum so far, number by number; null unless they were asked for. */
  readonly values: { readonly copies: readonly Float64Array[]; readonly running: readonly Float64Array[] } | null;
}

/** Where the copies of each trainable parameter stand, by name; several places of one parameter hold different rows of it. */
export function copyPlaces(program: Program): ReadonlyMap<string, readonly CopyPlace[]> {
  return Map.groupBy(program.copies, ({ parameter }) => parameter);
}

/** The gradient of one copy of a parameter, [size]. */
export function readCopy(machine: Machine, places: readonly CopyPlace[], size: number, t: number): Float64Array {
  const copy = new Float64Array(size);
  for (const { begin, values } of chunksAt(machine, places, t)) add(copy, begin, values);
  return copy;
}

/** The sum of the copies from the last running step down to t, [size]. */
export function readRunning(machine: Machine, places: readonly CopyPlace[], size: number, t: number): Float64Array {
  const total = new Float64Array(size);
  for (let step = (places[0]?.steps ?? 0) - 1; step >= t; step--) {
    for (const { begin, values } of chunksAt(machine, places, step)) add(total, begin, values);
  }
  return total;
}

/** A turn for each copy. The backward section must have just run; changes nothing of it. */
export function* measureCopies(machine: Machine, places: readonly CopyPlace[], { size }: ProgramParameter, keep: boolean): Turns<MeasuredCopies> {
  const steps = places[0]?.steps ?? 0;
  const [norms, running, sum] = [new Float64Array(steps), new Float64Array(steps), new Float64Array(size)];
  const kept = { copies: new Array<Float64Array>(steps), running: new Array<Float64Array>(steps) };
  let square = 0;
  for (let t = steps - 1; t >= 0; t--) {
    let [own, before, after, touched] = [0, 0, 0, 0];
    for (const { begin, values } of chunksAt(machine, places, t)) {
      const added = add(sum, begin, values);
      own += added.own;
      before += added.before;
      after += added.after;
      touched += values.length;
    }
    // A copy of a table of words touches a row or two: the rest of its norm stays.
    square = touched >= size ? after : square - before + after;
    norms[t] = Math.sqrt(own);
    running[t] = Math.sqrt(Math.max(0, square));
    if (keep) {
      kept.copies[t] = readCopy(machine, places, size, t);
      kept.running[t] = sum.slice();
    }
    yield;
  }
  return { norms, running, sum, values: keep ? kept : null };
}

function* chunksAt(machine: Machine, places: readonly CopyPlace[], t: number): Generator<Chunk, void, undefined> {
  for (const { parts } of places) {
    for (const part of parts) if (part.t === t) yield* readPart(machine, part);
  }
}

function* readPart(machine: Machine, { section, at, place }: CopyPart): Generator<Chunk, void, undefined> {
  machine.run(section);
  if ('begin' in place) {
    yield { begin: place.begin, values: machine.readFloats(at, place.size) };
    return;
  }
  const { rows, width } = place;
  for (const [row, id] of readInts(machine, place.ids, rows).entries()) {
    if (id >= 0) yield { begin: id * width, values: machine.readFloats(at + row * width, width) };
  }
}

/** The reference machine keeps an int as a number, the others as its bits. */
function readInts(machine: Machine, at: number, count: number): Int32Array {
  const floats = machine.readFloats(at, count);
  return floats instanceof Float32Array ? new Int32Array(floats.buffer) : Int32Array.from(floats);
}

/** Sums of squares: of the values, and of the total's numbers that they change, before and after. */
interface Added {
  readonly own: number;
  readonly before: number;
  readonly after: number;
}

/** One pass: a parameter of a million numbers has hundreds of copies. */
function add(total: Float64Array, begin: number, values: Floats): Added {
  let own = 0;
  let before = 0;
  let after = 0;
  for (let e = 0; e < values.length; e++) {
    const value = values[e] ?? 0;
    const old = total[begin + e] ?? 0;
    const next = old + value;
    total[begin + e] = next;
    own += value * value;
    before += old * old;
    after += next * next;
  }
  return { own, before, after };
}
