import { fc } from '../fixtures/laws.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../src-engine/compile/compile.ts';
import { initialValues } from '../../src-engine/compile/initial-values.ts';
import { emptyProject } from '../../src-engine/document/defaults.ts';
import type { Kernels } from '../../src-engine/kernels/load-kernels.ts';
import { createMachine } from '../../src-engine/run/create-machine.ts';
import { debugCopy } from '../../src-engine/session/debug/debug-node.ts';
import type { DebugReply } from '../../src-engine/session/debug/debug-protocol.ts';
import { debugInTurns } from '../../src-engine/session/debug/debug-reply.ts';
import { DebugRun } from '../../src-engine/session/debug/debug-run.ts';
import { Programs } from '../../src-engine/train/model-state.ts';
import { TrainingRun } from '../../src-engine/train/training-run.ts';
import { finish } from '../../src-engine/train/turns.ts';
import { datasetOfLengths } from './arbitrary-dataset.ts';
import { anyModel, drawnModel, type ModelSpec } from './arbitrary-model.ts';
import { kernelsOf, modelOf } from './engine-under-test.ts';

const assets = (): Promise<Uint8Array> => Promise.reject(new Error('no assets'));

interface Looked {
  readonly run: DebugRun;
  readonly reply: DebugReply;
}

/** One of the longest examples, with the copies' gradients reduced and not clipped. */
function lookedAt(spec: ModelSpec, kernels: Kernels, seed: number, reduce: 'sum' | 'mean'): Looked {
  const { graph, signature } = drawnModel(spec);
  const model = modelOf(graph, signature);
  const empty = emptyProject('Test');
  const training = {
    ...empty.training,
    seed,
    batchSize: 4,
    clip: { kind: 'none' },
    bptt: { mode: 'full', reduce },
    optimizer: { kind: 'sgd', learningRate: 0.5 },
  } as const;
  const dataset = datasetOfLengths(signature, 20, 5);
  const run = new TrainingRun({
    machine: createMachine(kernels),
    programs: new Programs((batch, steps) => compile(model, { batch, steps, backward: true, copies: false, optimizer: 'sgd', reduce })),
    dataset,
    options: training,
    initialisers: initialValues(model.checked),
    scale: [],
  });
  const opened = { project: { ...empty, graph, training }, dataset, checked: model.checked, run };
  const debug = new DebugRun(opened, { part: 'train', example: 9 }, { kernels, assets });
  return { run: debug, reply: finish(debugInTurns(debug, 1)) };
}

describe.each([
  ['reference', 1e-6],
  ['relaxed', 1e-4],
] as const)('the debugger on any model, on the %s machine', (kind, tolerance) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await kernelsOf(kind);
  });
  const close = (what: string, actual: unknown, expected: unknown): void => {
    expect(Math.abs(Number(actual) - Number(expected)), `${what}: ${String(actual)} for ${String(expected)}`).toBeLessThanOrEqual(
      tolerance * (Math.abs(Number(expected)) + 1e-3),
    );
  };

  it('has copies that add up to the gradient of the engine, and an update that is plain SGD of it', () => {
    fc.assert(
      fc.property(anyModel(), fc.integer({ min: 0, max: 1e6 }), fc.constantFrom('sum' as const, 'mean' as const), (spec, seed, reduce) => {
        const { reply } = lookedAt(spec, kernels, seed, reduce);
        for (const { parameter, windows, norms, running, backward } of reply.parameters) {
          const [window] = windows;
          const { copies, sum, given, update } = window!;
          close(`${parameter} reduced`, given, Number(sum) / (reduce === 'sum' ? 1 : copies));
          close(`update of ${parameter}`, update, 0.5 * Number(given));
          if (norms === null || running === null) continue;
          expect(copies).toBe(reply.steps);
          const [first, last] = backward ? [norms.length - 1, 0] : [0, norms.length - 1];
          close(`${parameter} added up`, running[first], sum);
          close(`${parameter} begins`, running[last], norms[last]);
        }
      }),
      { seed: 77, numRuns: 25 },
    );
  });

  it('tells of one copy what it tells of all of them', () => {
    fc.assert(
      fc.property(anyModel(), fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 4 }), (spec, seed, t) => {
        const { run, reply } = lookedAt(spec, kernels, seed, 'sum');
        const at = Math.min(t, reply.steps);
        for (const { parameter, norms, running, values } of reply.parameters) {
          const one = debugCopy(run, { id: 1, parameter, t: at });
          expect(one.name).toBe(norms === null ? parameter : `${parameter}:t${at}`);
          close('norm', one.copy.norm, norms === null ? one.running.norm : norms[at - 1]);
          if (running !== null) close('sum so far', one.running.norm, running[at - 1]);
          if (values?.copies !== undefined && values.copies !== null) expect(one.copy.values).toEqual(values.copies[at - 1]);
        }
      }),
      { seed: 78, numRuns: 15 },
    );
  });
});
