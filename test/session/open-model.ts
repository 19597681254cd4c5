import { compile } from '../../src-engine/compile/compile.ts';
import { initialValues } from '../../src-engine/compile/initial-values.ts';
import type { Dataset } from '../../src-engine/data/dataset.ts';
import { checkGraph } from '../../src-engine/document/check.ts';
import { hasDecoder } from '../../src-engine/document/decoder-cell.ts';
import type { Project } from '../../src-engine/document/project.ts';
import { createMachine } from '../../src-engine/run/create-machine.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { outputScale, type OpenedProject } from '../../src-engine/session/open-project.ts';
import { updateOptions } from '../../src-engine/session/update-options.ts';
import { Programs } from '../../src-engine/train/model-state.ts';
import { TrainingRun } from '../../src-engine/train/training-run.ts';

export type Numbers = Readonly<Record<string, readonly number[]>>;

/** What a session holds once it has opened a project, with data and weights of the test's own. */
export function openModel(project: Project, dataset: Dataset, { kernels }: EngineFiles, weights: Numbers = {}): OpenedProject {
  const checked = checkGraph(project.graph, dataset.signature);
  if (!checked.ok) throw new Error(checked.problems.map(({ message }) => message).join('\n'));
  const model = { graph: project.graph, checked, signature: dataset.signature };
  const { bptt } = project.training;
  const options = { copies: false, ...updateOptions(project.training), reduce: bptt.reduce };
  const carry = bptt.mode === 'truncated';
  const run = new TrainingRun({
    machine: createMachine(kernels),
    programs: new Programs((batch, steps) => compile(model, { ...options, backward: true, carry, batch, steps })),
    answering: hasDecoder(project.graph)
      ? new Programs((batch, steps) => compile(model, { ...options, backward: false, besideTraining: true, batch, steps }))
      : null,
    dataset,
    options: project.training,
    initialisers: initialValues(checked),
    scale: outputScale(dataset.signature),
  });
  run.writeParameters(new Map(Object.entries(weights).map(([name, values]) => [name, Float32Array.from(values)])));
  return { project, dataset, checked, run, memory: { bytes: 0, limit: 0 } };
}

type Row = readonly (readonly number[])[];

/** Rows of numbers, each with its target: one vector of numbers, or one for each of its steps. */
export function numbersDataset(rows: readonly Row[], targets: readonly (readonly number[] | Row)[]): Dataset {
  const lengths = rows.map((row) => row.length);
  const offsets = Int32Array.from(
    [0, ...lengths],
    (
      (total) => (length) =>
        (total += length)
    )(0),
  );
  const isRow = (target: readonly number[] | Row): target is Row => Array.isArray(target[0]);
  const perStep = targets.every(isRow);
  const flat = targets.flatMap((target) => (isRow(target) ? target : [target]));
  const [width, answers] = [rows[0]![0]!.length, flat[0]!.length];
  const all = Int32Array.from(rows.keys());
  return {
    source: 'test',
    title: 'Test',
    generated: true,
    signature: {
      input: { kind: 'features', width, columns: Array.from({ length: width }, (_, column) => `x${column + 1}`), normalisation: null },
      output: { kind: 'numbers', width: answers, columns: Array.from({ length: answers }, (_, column) => `y${column + 1}`), normalisation: null, perStep },
      longest: Math.max(...lengths),
    },
    count: rows.length,
    offsets,
    inputs: { kind: 'features', width, values: Float32Array.from(rows.flat(2)) },
    targets: { kind: 'numbers', perStep, width: answers, values: Float32Array.from(flat.flat()) },
    split: { train: all, validation: all, test: all },
    baseline: { name: 'none', metric: 'rmse', score: 1 },
    vectors: {},
    describe: (example) => String(example),
  };
}

/** Looks at one example as a session does, without waiting. */
export const PACE = { now: () => 0, later: (work: () => void): void => void setImmediate(work) };
