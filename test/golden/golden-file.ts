import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeBatch } from '../../src-engine/data/batches/batching.ts';
import type { Batch, Dataset, DatasetInputs, DatasetTargets } from '../../src-engine/data/dataset.ts';
import { stepOffsets } from '../../src-engine/data/sequences.ts';
import { parseProjectValue } from '../../src-engine/document/file/parse-project.ts';
import type { Graph } from '../../src-engine/document/project.ts';
import { hasOwnSteps, type DataSignature } from '../../src-engine/document/signature.ts';
import type { TrainedModel } from '../../src-engine/exchange/trained-model.ts';
import type { TrainingOptions } from '../../src-engine/train/options.ts';

/** Numbers, or lists of them, however deep. */
export type Nested = number | readonly Nested[];

export interface CellNorms {
  readonly layer: string;
  readonly backward: boolean;
  readonly values: readonly number[];
}

export interface GoldenTraining {
  readonly optimizer: TrainingOptions['optimizer'];
  readonly clip: TrainingOptions['clip'];
  readonly reduce: 'sum' | 'mean';
  readonly losses: readonly number[];
}

/** One file of make_golden.py. Rows are sequences without padding; everything is in float64, 9 digits. */
export interface Golden {
  readonly name: string;
  readonly about: string;
  readonly project: unknown;
  readonly signature: DataSignature;
  readonly batch: {
    readonly sequences?: readonly (readonly (readonly number[])[])[];
    readonly vectors?: readonly (readonly number[])[];
    readonly tokens?: readonly (readonly number[])[];
    readonly targets: readonly Nested[];
    readonly lengths: readonly number[];
  };
  readonly parameters: Readonly<Record<string, { readonly shape: readonly number[]; readonly trainable: boolean; readonly data: Nested }>>;
  /** [O] of each row, or [length,O]. */
  readonly outputs: readonly Nested[];
  readonly loss: number;
  readonly gradients: Readonly<Record<string, Nested>>;
  readonly gradientNorm: readonly CellNorms[];
  /** gradientNorm of the loss at each row's last step alone; only where there is a loss per step. */
  readonly flowFromLast?: readonly CellNorms[];
  readonly copyGradient?: readonly { readonly parameter: string; readonly values: readonly number[] }[];
  readonly training: readonly GoldenTraining[];
}

export function readGoldens(): readonly Golden[] {
  const names = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as Golden);
}

export function graphOf(golden: Golden): Graph {
  const parsed = parseProjectValue(golden.project);
  if (!parsed.ok) throw new Error(parsed.problems.map((each) => each.message).join('\n'));
  return parsed.project.graph;
}

/** The golden project with its first weights. */
export function trainedModelOf(golden: Golden): TrainedModel {
  const parsed = parseProjectValue(golden.project);
  if (!parsed.ok) throw new Error(golden.name);
  const parameters = new Map(Object.entries(golden.parameters).map(([name, { data }]) => [name, Float32Array.from(flat(data))]));
  return { project: parsed.project, signature: golden.signature, parameters, metrics: {}, history: [] };
}

export function flat(values: Nested): number[] {
  return typeof values === 'number' ? [values] : values.flatMap(flat);
}

/** The rows as a data set whose training part is all of them. */
export function datasetOf({ name, signature, batch }: Golden): Dataset {
  const offsets = Int32Array.from([0, ...batch.lengths]);
  for (let n = 1; n < offsets.length; n++) offsets[n]! += offsets[n - 1]!;
  const all = Int32Array.from(batch.lengths.keys());
  return {
    source: `golden:${name}`,
    title: name,
    generated: false,
    signature,
    count: all.length,
    offsets,
    inputs: inputsOf(signature, batch),
    targets: targetsOf(signature, batch.targets),
    split: { train: all, validation: new Int32Array(0), test: new Int32Array(0) },
    baseline: { name: 'none', metric: 'accuracy', score: 0 },
    vectors: {},
    describe: String,
  };
}

function inputsOf({ input }: DataSignature, batch: Golden['batch']): DatasetInputs {
  if (input.kind === 'tokens') return { kind: 'tokens', ids: Int32Array.from(flat(batch.tokens!)) };
  if (input.kind === 'vector') return { kind: 'vectors', width: input.width, values: Float32Array.from(flat(batch.vectors!)) };
  return { kind: 'features', width: input.width, values: Float32Array.from(flat(batch.sequences!)) };
}

function targetsOf({ output }: DataSignature, targets: readonly Nested[]): DatasetTargets {
  const values = Int32Array.from(output.kind === 'classes' ? flat(targets) : []);
  if (hasOwnSteps(output)) return { kind: 'classes', perStep: true, values, offsets: stepOffsets(targets.map(flat)) };
  if (output.kind === 'classes') return { kind: 'classes', perStep: output.perStep, values };
  return { kind: 'numbers', perStep: output.perStep, width: output.width, values: Float32Array.from(flat(targets)) };
}

/** All rows in the file's order. */
export function batchOf(golden: Golden): Batch {
  const dataset = datasetOf(golden);
  return makeBatch(dataset, dataset.split.train, dataset.count);
}

/** Outputs of the valid rows and steps, in the file's order, out of the engine's [T,B,O] or [B,O]. */
export function validOutputs(golden: Golden, outputs: Float64Array): number[] {
  const { output } = golden.signature;
  const lengths = hasOwnSteps(output) ? golden.batch.targets.map((each) => flat(each).length) : golden.batch.lengths;
  const width = output.kind === 'classes' ? output.classes.length : output.width;
  return lengths.flatMap((length, b) => {
    const rows = output.perStep ? Array.from({ length }, (_, t) => t * lengths.length + b) : [b];
    return rows.flatMap((row) => [...outputs.subarray(row * width, (row + 1) * width)]);
  });
}
