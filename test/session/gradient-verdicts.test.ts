import { beforeAll, describe, expect, it } from 'vitest';
import { readCellStates, stepOf } from '../../src-engine/analyze/cell-states.ts';
import { readWeights } from '../../src-engine/analyze/cell-statistics.ts';
import { fitDecay } from '../../src-engine/analyze/decay-fit.ts';
import { stepJacobian } from '../../src-engine/analyze/jacobian.ts';
import { largestSingularValue } from '../../src-engine/analyze/singular-value.ts';
import type { ParamValue, Project, TrainingSpec } from '../../src-engine/document/project.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { openProject, type OpenedProject } from '../../src-engine/session/open-project.ts';
import { writeBatch } from '../../src-engine/train/write-batch.ts';
import { decodeProbeFrame } from '../../src-engine/history/decode-frames.ts';
import { engineFiles, openSession, scenarioProject } from './session-fixture.ts';

/*
 * What the gradient lab says of the recall task at lag 60, with the templates' own cells, at the start and after some training: a verdict is of a moment.
 */

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

const LAG = 60;

function recall(cell: 'rnn' | 'lstm', params: Readonly<Record<string, ParamValue>> = {}, training: Partial<TrainingSpec> = {}): Project {
  const project = scenarioProject(`recall-${cell}`);
  const nodes = project.graph.nodes.map((node) => (node.kind === cell ? { ...node, params: { ...node.params, ...params } } : node));
  return {
    ...project,
    data: { ...project.data!, options: { ...project.data!.options, lag: LAG } },
    graph: { ...project.graph, nodes },
    training: { ...project.training, ...training },
  };
}

async function trained(project: Project, updates: number): Promise<OpenedProject> {
  const opening = await openProject(project, null, engine, 2 ** 34);
  if (!opening.ok) throw new Error(JSON.stringify(opening.problems));
  for (let update = 0; update < updates; update++) expect(opening.opened.run.trainStep().nonFinite).toBeNull();
  return opening.opened;
}

/**
 * ln ||J_T J_(T-1) .. J_(T-k+1)|| for k = 1, 2, .., of each row of the probe: the spectral norm of the product, not the product of the norms, which bounds
 * it from above and is larger by more the longer the product is: each step stretches another direction most.
 */
function logProducts({ run }: OpenedProject): readonly (readonly number[])[] {
  return run.onProbeBatch((machine, program, batch) => {
    writeBatch(machine, program, batch, 'all');
    machine.run(program.sections.forward);
    const [cell] = program.cells;
    const { form, units } = cell!;
    const states = readCellStates(machine, program, cell!);
    const weights = readWeights(machine, program, cell!);
    return Array.from({ length: Math.min(8, batch.rows) }, (_, row) => {
      let product: Float64Array | null = null;
      let log = 0;
      return Array.from({ length: batch.lengths[row]! - 1 }, (__, k) => {
        const jacobian = stepJacobian(form, units, weights, stepOf(states, batch.lengths[row]! - 1 - k, row));
        product = product === null ? jacobian : multiplied(product, jacobian, units);
        const norm = largestSingularValue(product, units);
        product = product.map((value) => value / norm);
        return (log += Math.log(norm));
      });
    });
  });
}

function multiplied(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) for (let j = 0; j < n; j++) c[i * n + j]! += a[i * n + k]! * b[k * n + j]!;
  return c;
}

describe('recall at lag 60', () => {
  it.each([0, 100])('after %i updates is called vanishing with a tanh RNN, at the rate of the product of its Jacobians', async (updates) => {
    const opened = await trained(recall('rnn'), updates);
    const fit = fitDecay(opened.run.probe().lagFlow[0]!)!;
    expect(fit.verdict).toBe('vanishing');
    // The geometric mean over the steps of the product's norm, over the rows.
    const products = logProducts(opened);
    const measured = Math.exp(products.reduce((sum, logs) => sum + logs.at(-1)! / logs.length, 0) / products.length);
    expect(products[0]!.length).toBeGreaterThanOrEqual(LAG);
    console.log(`factor per step ${fit.factorPerStep.toFixed(3)}, Jacobian product ${measured.toFixed(3)} per step`);
    expect(Math.abs(fit.factorPerStep / measured - 1)).toBeLessThan(0.1);
    opened.run.close();
  });

  it.each([0, 100, 250])('after %i updates is called healthy with an LSTM', async (updates) => {
    const { run } = await trained(recall('lstm'), updates);
    const fit = fitDecay(run.probe().lagFlow[0]!)!;
    console.log(`factor per step ${fit.factorPerStep.toFixed(3)} over lags ${fit.from} to ${fit.to}`);
    expect(fit.verdict).toBe('healthy');
    run.close();
  });

  // Tanh units of this radius saturate on these inputs, and their gradient fades by 0.85 a step: only a unit without a bound can explode here.
  it('is called exploding with a ReLU RNN of spectral radius 1.5 and no clipping once it has stopped, and says where', async () => {
    const params = { activation: 'relu', recurrentInit: 'spectral', spectralRadius: 1.5 } as const;
    const project = recall('rnn', params, { clip: { kind: 'none' }, optimizer: { kind: 'adam', learningRate: 0.03 } });
    const { session, heard, next } = openSession(engine);
    expect((await session.handlers.open({ project, threads: 1 })).problems).toEqual([]);
    await session.handlers.start({});
    const stopped = await next('stopped');
    console.log(stopped.sentence);
    expect(stopped.place.layer).toBe('rnn1');
    expect(stopped.place.t).toBeGreaterThan(0);
    expect(stopped.sentence).toContain('rnn1');
    const frames = heard.flatMap(({ event, payload }) => (event === 'probe' ? [decodeProbeFrame(payload)] : []));
    expect(fitDecay(frames.at(-1)!.lagFlow)?.verdict).toBe('exploding');
  });
});
