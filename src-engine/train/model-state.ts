import { createRandom, type Random } from '../data/random.ts';
import type { Initialiser } from '../ir/initialiser.ts';
import type { Program, ProgramParameter, SharedLayout } from '../ir/program.ts';
import type { Machine } from '../run/machine.ts';
import { initialise, type Vectors } from './initialise.ts';

/** Programs of one model for any number of rows and steps, made when first asked for. All share one layout of the parameters. */
export class Programs {
  private readonly made = new Map<string, Program>();
  private readonly make: (batch: number, steps: number) => Program;
  private readonly limit: number;

  /** Keeps at most `limit` programs: the longest unused goes first. */
  constructor(make: (batch: number, steps: number) => Program, limit = 64) {
    this.make = make;
    this.limit = limit;
  }

  /** Floats of memory that the program for `batch` rows and `steps` steps takes; nothing is kept. */
  sizeOf(batch: number, steps: number): number {
    return this.make(batch, steps).size;
  }

  for(batch: number, steps: number): Program {
    const key = `${batch}x${steps}`;
    const known = this.made.get(key);
    const program = known ?? this.make(batch, steps);
    this.made.delete(key);
    this.made.set(key, program);
    const [oldest] = this.made.keys();
    if (this.made.size > this.limit && oldest !== undefined) this.made.delete(oldest);
    return program;
  }
}

/** Stream of the weights; the data order has its own, so that a change of one leaves the other. */
function weightRandom(seed: number): Random {
  return createRandom(seed);
}

export function writeInitialValues(
  machine: Machine,
  layout: SharedLayout,
  initialisers: ReadonlyMap<string, Initialiser>,
  vectors: Vectors,
  seed: number,
): void {
  const random = weightRandom(seed);
  for (const parameter of inRunningOrder(layout, initialisers)) {
    const initialiser = initialisers.get(parameter.name);
    if (initialiser === undefined) throw new Error(`nothing says how ${parameter.name} starts`);
    machine.writeFloats(parameter.at, initialise(parameter, initialiser, vectors, random));
  }
}

/** The order of the initialisers is the model's, whatever the memory layout: freezing one parameter changes no other's start. */
function inRunningOrder(layout: SharedLayout, initialisers: ReadonlyMap<string, Initialiser>): readonly ProgramParameter[] {
  const byName = new Map(layout.parameters.map((each) => [each.name, each]));
  return [...initialisers.keys()].flatMap((name) => byName.get(name) ?? []);
}

/** Copies of all parameters, or of those that training changes, float32, by name. */
export function readParameters(machine: Machine, layout: SharedLayout, which: 'all' | 'trainable' = 'all'): ReadonlyMap<string, Float32Array> {
  const wanted = layout.parameters.filter(({ trainable }) => trainable || which === 'all');
  return new Map(wanted.map((each) => [each.name, Float32Array.from(machine.readFloats(each.at, each.size))]));
}

/** Throws where a parameter is missing or has another size: model files are checked before. */
export function writeParameters(machine: Machine, layout: SharedLayout, values: ReadonlyMap<string, Float32Array>): void {
  for (const parameter of layout.parameters) {
    const value = values.get(parameter.name);
    if (value?.length !== parameter.size) throw new Error(`${parameter.name} needs ${parameter.size} values`);
    machine.writeFloats(parameter.at, value);
  }
}
