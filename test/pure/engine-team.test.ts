import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INSTRUCTIONS } from '../../src-engine/ir/instruction-set.ts';
import { SETTING_CLIP_MAX, SETTING_LEARNING_RATE } from '../../src-engine/ir/opcodes.ts';
import type { Program, Section } from '../../src-engine/ir/program.ts';
import { RESERVED_SCRATCH } from '../../src-engine/kernels/assembly/reserved.ts';
import type { Machine } from '../../src-engine/run/machine.ts';
import { buildKernels } from '../kernels/build-kernels.ts';
import { anyModel, drawnModel, randomBatch, randomValues, type ModelSpec } from './arbitrary-model.ts';
import { EngineUnderTest, modelOf, resultOf } from './engine-under-test.ts';

type RunTape = (tape: number, begin: number, end: number, thread: number, threads: number) => void;

/**
 * A team without threads: between two barriers each member does all its shares before the next one starts, in the given order. Where a
 * program lacks a barrier, some order reads a share that is not there yet or is gone already.
 */
class InterleavedMachine implements Machine {
  readonly kind = 'simd';
  private readonly memory: WebAssembly.Memory;
  private readonly floats: Float32Array;
  private readonly ints: Int32Array;
  private readonly runTape: RunTape;
  private readonly order: readonly number[];
  private program: Program | null = null;

  constructor(binary: Uint8Array<ArrayBuffer>, order: readonly number[]) {
    this.memory = new WebAssembly.Memory({ initial: 256, maximum: 65536, shared: true });
    const instance = new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { memory: this.memory } });
    this.runTape = instance.exports['run'] as RunTape;
    this.floats = new Float32Array(this.memory.buffer);
    this.ints = new Int32Array(this.memory.buffer);
    this.order = order;
  }

  /** What the program calculates starts as NaN, so that nothing is right by being left over. */
  load(program: Program): void {
    this.program = program;
    this.fill(program.shared.end, program.tapeAt - program.shared.end, Number.NaN);
    this.ints.set(program.tape, program.tapeAt);
    // The kernels' scratch, a piece for each thread, stands behind the program; the memory is large enough for both.
    this.ints[RESERVED_SCRATCH] = Math.ceil(program.size / 16) * 16;
  }

  run({ begin, end }: Section): void {
    const { tape, tapeAt } = this.program!;
    let start = begin;
    for (let word = begin; word < end; word += tape[word + 1]!) {
      if (tape[word] !== INSTRUCTIONS.barrier.code) continue;
      for (const thread of this.order) this.runTape(tapeAt, start, word, thread, this.order.length);
      start = word + tape[word + 1]!;
    }
    expect(start, 'a section ends with a barrier').toBe(end);
  }

  writeFloats(at: number, values: ArrayLike<number>): void {
    this.floats.set(values, at);
  }

  writeInts(at: number, values: ArrayLike<number>): void {
    this.ints.set(values, at);
  }

  fill(at: number, count: number, value: number): void {
    this.floats.fill(value, at, at + count);
  }

  readFloats(at: number, count: number): Float32Array {
    return this.floats.slice(at, at + count);
  }

  read(at: number): number {
    return this.floats[at]!;
  }

  close(): void {}
}

const ORDERS: readonly (readonly number[])[] = [
  [0, 1],
  [1, 0],
  [2, 0, 1],
  [4, 3, 2, 1, 0],
];

/** Everything a step leaves behind: outputs, loss, gradients, norms of hidden states and copies, updated parameters. */
function afterStep(spec: ModelSpec, machine: Machine, lengths: readonly number[], seed: number): unknown {
  const { graph, signature } = drawnModel(spec);
  const batch = randomBatch(signature, lengths, seed);
  const engine = new EngineUnderTest(modelOf(graph, signature), machine, batch, { copies: true, reduce: 'mean' });
  engine.write(randomValues(engine.parameters, seed, 0.5));
  const result = resultOf(engine, batch);
  const norms = engine.gradientNorms(batch);
  machine.writeFloats(engine.program.shared.settings + SETTING_LEARNING_RATE, [0.1]);
  machine.writeFloats(engine.program.shared.settings + SETTING_CLIP_MAX, [0.5]);
  machine.run(engine.program.sections.update);
  return { ...result, norms, parameters: engine.read(), copies: engine.copyGradients() };
}

describe('a team of any size', async () => {
  const binary = await buildKernels('simd');
  const lengths = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 9 });

  it.each(ORDERS)('gives the bits of one thread, whoever comes first between the barriers: %j', (...order) => {
    fc.assert(
      fc.property(anyModel({ min: 1, max: 12 }), lengths, fc.integer({ min: 0, max: 1e6 }), (spec, rows, seed) => {
        const alone = afterStep(spec, new InterleavedMachine(binary, [0]), rows, seed);
        expect(afterStep(spec, new InterleavedMachine(binary, order), rows, seed)).toEqual(alone);
      }),
      { seed: 20050601, numRuns: 15 },
    );
  });
});
