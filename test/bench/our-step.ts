import { Worker } from 'node:worker_threads';
import { compile } from '../../src-engine/compile/compile.ts';
import { initialValues } from '../../src-engine/compile/initial-values.ts';
import { createRandom, randomUniform } from '../../src-engine/data/random.ts';
import { checkGraph } from '../../src-engine/document/check.ts';
import { parseProjectValue } from '../../src-engine/document/file/parse-project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import type { Program } from '../../src-engine/ir/program.ts';
import type { Kernels } from '../../src-engine/kernels/load-kernels.ts';
import { createMachine } from '../../src-engine/run/create-machine.ts';
import type { Machine } from '../../src-engine/run/machine.ts';
import type { Threads } from '../../src-engine/run/wasm-machine.ts';
import { writeInitialValues } from '../../src-engine/train/model-state.ts';
import { writeBatch } from '../../src-engine/train/write-batch.ts';
import type { Cell, Shape } from './shapes.ts';

export interface OurStep {
  readonly machine: Machine;
  readonly program: Program;
  readonly compileMs: number;
  /** Forward, loss, backward, clip, Adam. */
  readonly step: () => void;
}

/** `features` into the cells, last step, a linear head of one number, squared error; GRU as PyTorch has it (reset after). */
export function ourStep(cell: Cell, shape: Shape, kernels: Kernels, threads: Threads | null, backward = true): OurStep {
  const { input, layers, batch, steps } = shape;
  const names = Array.from({ length: layers }, (_, layer) => `${cell}${layer + 1}`);
  const chain = ['x', ...names, 'last', 'head'];
  const nodes = [
    { id: 'x', kind: 'features' },
    ...names.map((id) => ({ id, kind: cell, params: { units: shape.hidden, ...(cell === 'gru' ? { reset: 'after' } : {}) } })),
    { id: 'last', kind: 'last-step' },
    { id: 'head', kind: 'regression-head' },
  ];
  const wires = chain.slice(1).map((id, index) => ({ id: `w${index}`, from: { node: chain[index], port: 'out' }, to: { node: id, port: 'in' } }));
  const parsed = parseProjectValue({ format: 'unroll/project', version: 1, name: 'bench', graph: { nodes, wires }, data: null });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const signature: DataSignature = {
    input: { kind: 'features', width: input, columns: [], normalisation: null },
    output: { kind: 'numbers', width: 1, columns: [], normalisation: null, perStep: false },
    longest: steps,
  };
  const { graph } = parsed.project;
  const checked = checkGraph(graph, signature);
  const began = performance.now();
  const program = compile({ graph, checked, signature }, { batch, steps, backward, copies: false, optimizer: 'adam', reduce: 'sum' });
  const compileMs = performance.now() - began;
  const machine = createMachine(kernels, threads);
  machine.load(program);
  writeInitialValues(machine, program.shared, initialValues(checked), {}, 1);
  const random = createRandom(1);
  const numbers = (count: number): Float32Array => Float32Array.from({ length: count }, () => 2 * randomUniform(random) - 1);
  const inputs = { kind: 'features', width: input, values: numbers(steps * batch * input) } as const;
  const targets = { kind: 'numbers', perStep: false, width: 1, values: numbers(batch) } as const;
  writeBatch(machine, program, { rows: batch, size: batch, steps, lengths: new Int32Array(batch).fill(steps), inputs, targets }, 'all');
  // Learning rate, beta1, beta2, epsilon, both corrections of the first update, largest norm: see opcodes.ts.
  machine.writeFloats(program.shared.settings, [1e-3, 0.9, 0.999, 1e-8, 10, 1000, 5]);
  const section = { begin: 0, end: backward ? program.sections.update.end : program.sections.forward.end };
  return { machine, program, compileMs, step: () => machine.run(section) };
}

export function teamOf(count: number, use: Threads['use']): Threads {
  const file = new URL('../../src-engine/session/kernel-thread.ts', import.meta.url);
  return { count, use, now: () => performance.now(), start: (place) => new Worker(file, { workerData: place }).unref() };
}

/** Milliseconds of the median call, over at least `milliseconds` of them. */
export function timeMedian(call: () => void, milliseconds: number): number {
  const times: number[] = [];
  const end = performance.now() + milliseconds;
  while (performance.now() < end || times.length < 15) {
    const began = performance.now();
    call();
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}
