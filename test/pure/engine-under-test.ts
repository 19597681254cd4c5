import { compile, type CompileOptions, type Model } from '../../src-engine/compile/compile.ts';
import type { Batch } from '../../src-engine/data/dataset.ts';
import { checkGraph } from '../../src-engine/document/check.ts';
import type { Graph } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { SETTING_LOSS } from '../../src-engine/ir/opcodes.ts';
import type { Program, ProgramParameter } from '../../src-engine/ir/program.ts';
import type { Kernels } from '../../src-engine/kernels/load-kernels.ts';
import type { Machine } from '../../src-engine/run/machine.ts';
import { meanOverBatch, readRowNorms } from '../../src-engine/train/probes.ts';
import { writeBatch, type LossSteps } from '../../src-engine/train/write-batch.ts';
import { buildKernels } from '../kernels/build-kernels.ts';

/** A machine of each kind; the SIMD kernels are compiled where that has not been done. */
export async function kernelsOf(kind: Kernels['kind']): Promise<Kernels> {
  return kind === 'reference' ? { kind } : { kind, module: await WebAssembly.compile(await buildKernels(kind)) };
}

/** The graph, checked against the data; throws with the check's own words where it finds a problem. */
export function modelOf(graph: Graph, signature: DataSignature): Model {
  const checked = checkGraph(graph, signature);
  if (!checked.ok) throw new Error(checked.problems.map((each) => each.message).join('\n'));
  return { graph, checked, signature };
}

export type Values = ReadonlyMap<string, ArrayLike<number>>;

const OPTIONS = { optimizer: 'sgd', reduce: 'sum', backward: true, copies: false } as const;

/** Of the central differences. */
const STEP = 1e-5;

/** A model on a machine: one section at a time, everything readable. Arrays as the engine has them, time-major. */
export class EngineUnderTest {
  readonly model: Model;
  readonly machine: Machine;
  readonly options: Omit<CompileOptions, 'batch' | 'steps'>;
  program: Program;

  constructor(model: Model, machine: Machine, batch: { readonly size: number; readonly steps: number }, options: Partial<CompileOptions> = {}) {
    this.model = model;
    this.machine = machine;
    this.options = { ...OPTIONS, ...options };
    this.program = this.reshape(batch);
  }

  /** Another B and T on the same parameters and optimiser state. */
  reshape(batch: { readonly size: number; readonly steps: number }): Program {
    this.program = compile(this.model, { ...this.options, batch: batch.size, steps: batch.steps });
    this.machine.load(this.program);
    return this.program;
  }

  get parameters(): readonly ProgramParameter[] {
    return this.program.shared.parameters;
  }

  write(values: Values): void {
    for (const { name, at, size } of this.parameters) {
      const value = values.get(name);
      if (value?.length !== size) throw new Error(`${name} needs ${size} values`);
      this.machine.writeFloats(at, value);
    }
  }

  read(): ReadonlyMap<string, Float64Array> {
    return new Map(this.parameters.map(({ name, at, size }) => [name, Float64Array.from(this.machine.readFloats(at, size))]));
  }

  gradients(): ReadonlyMap<string, Float64Array> {
    return new Map(
      this.parameters.flatMap(({ name, gradient, size }) =>
        gradient === null ? [] : [[name, Float64Array.from(this.machine.readFloats(gradient, size))] as const],
      ),
    );
  }

  /** Forward over the batch; the loss. */
  forward(batch: Batch, steps: LossSteps = 'all'): number {
    writeBatch(this.machine, this.program, batch, steps);
    this.machine.run(this.program.sections.forward);
    return this.machine.read(this.program.shared.settings + SETTING_LOSS);
  }

  backward(): void {
    this.machine.run(this.program.sections.backward);
  }

  /** The gradient of the loss by a parameter, as central differences give it: in float64 to a relative error of about 1e-7. */
  centralDifferences(name: string, batch: Batch): Float64Array {
    const { at, size } = this.parameters.find((each) => each.name === name)!;
    const lossWith = (place: number, value: number): number => {
      this.machine.writeFloats(place, [value]);
      return this.forward(batch);
    };
    return Float64Array.from({ length: size }, (_, e) => {
      const value = this.machine.read(at + e);
      const rise = lossWith(at + e, value + STEP) - lossWith(at + e, value - STEP);
      this.machine.writeFloats(at + e, [value]);
      return rise / (2 * STEP);
    });
  }

  /** Probabilities or numbers, [rows,width]. */
  outputs(): Float64Array {
    const { values, rows, width } = this.program.output;
    return Float64Array.from(this.machine.readFloats(values, rows * width));
  }

  /** gradientNorm of each cell in reading order, after a backward section. */
  gradientNorms(batch: Batch): readonly { readonly layer: string; readonly backward: boolean; readonly values: Float32Array }[] {
    return readRowNorms(this.machine, this.program).map((norms) => ({
      layer: norms.cell.layer,
      backward: norms.cell.backward,
      values: meanOverBatch(norms, batch),
    }));
  }

  /** Norm of each copy's gradient by parameter, in running order; destroys the gradients. */
  copyGradients(): ReadonlyMap<string, Float64Array> {
    this.machine.run(this.program.sections.copies);
    const squares = new Map<string, Float64Array>();
    for (const { parameter, norms, steps } of this.program.copies) {
      const total = squares.get(parameter) ?? new Float64Array(steps);
      this.machine.readFloats(norms, steps).forEach((norm, t) => (total[t]! += norm ** 2));
      squares.set(parameter, total);
    }
    return new Map([...squares].map(([name, total]) => [name, total.map(Math.sqrt)]));
  }
}

/** What a batch gave: outputs of each row within its length, [length * O] or [O]; loss; gradients. */
export interface Result {
  readonly outputs: readonly Float64Array[];
  readonly loss: number;
  readonly gradients: ReadonlyMap<string, Float64Array>;
}

/** Forward and backward over a batch of any B and T. */
export function resultOf(engine: EngineUnderTest, batch: Batch): Result {
  engine.reshape(batch);
  const loss = engine.forward(batch);
  const outputs = rowsOf(engine, batch);
  engine.backward();
  return { outputs, loss, gradients: engine.gradients() };
}

function rowsOf(engine: EngineUnderTest, batch: Batch): readonly Float64Array[] {
  const { width, rows } = engine.program.output;
  const outputs = engine.outputs();
  const perStep = rows !== batch.size;
  const row = (t: number, b: number): Float64Array => outputs.subarray((t * batch.size + b) * width, (t * batch.size + b + 1) * width);
  return [...batch.lengths].map((length, b) => {
    const count = perStep ? length : Math.min(1, length);
    return Float64Array.from(Array.from({ length: count }, (_, t) => [...row(t, b)]).flat());
  });
}

/** ||a - b|| / max(||b||, floor). */
export function distance(actual: ArrayLike<number>, expected: ArrayLike<number>, floor = 0): number {
  if (actual.length !== expected.length) throw new Error(`${actual.length} values instead of ${expected.length}`);
  let difference = 0;
  let norm = 0;
  for (let e = 0; e < expected.length; e++) {
    difference += (actual[e]! - expected[e]!) ** 2;
    norm += expected[e]! ** 2;
  }
  return difference === 0 ? 0 : Math.sqrt(difference) / Math.max(Math.sqrt(norm), floor);
}
