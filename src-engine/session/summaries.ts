import type { Dataset } from '../data/dataset.ts';
import type { CellPlace } from '../ir/program.ts';
import type { TrainingRun } from '../train/training-run.ts';
import type { DataSummary, ProbeLayer } from './protocol.ts';

const SAMPLES = 8;

/** What the Data panel shows. */
export function summariseData(dataset: Dataset): DataSummary {
  const { input, output } = dataset.signature;
  return {
    source: dataset.source,
    title: dataset.title,
    generated: dataset.generated,
    unit: input.kind === 'tokens' ? input.unit : 'number',
    vocabulary: input.kind === 'tokens' ? input.vocabulary.length : 0,
    longest: dataset.signature.longest,
    classes: output.kind === 'classes' ? output.classes : [],
    counts: { train: dataset.split.train.length, validation: dataset.split.validation.length, test: dataset.split.test.length },
    baseline: dataset.baseline,
    samples: [...dataset.split.train.subarray(0, SAMPLES)].map((example) => ({ text: dataset.describe(example), target: describeTarget(dataset, example) })),
  };
}

function describeTarget({ targets, signature }: Dataset, example: number): string {
  if (targets.perStep) return 'at every step';
  const { output } = signature;
  if (targets.kind === 'classes') return output.kind === 'classes' ? (output.classes[targets.values[example] ?? -1] ?? '') : '';
  const norm = output.kind === 'numbers' ? output.normalisation : null;
  const values = Array.from(targets.values.subarray(example * targets.width, (example + 1) * targets.width));
  return values.map((value, column) => (value * (norm?.deviation[column] ?? 1) + (norm?.mean[column] ?? 0)).toPrecision(4)).join(', ');
}

/** Rows of every probe frame, in the order of the program's cells. */
export function describeLayers(run: TrainingRun): readonly ProbeLayer[] {
  return run.cells.map(describeLayer);
}

export function describeLayer({ layer, node, backward }: CellPlace): ProbeLayer {
  return { layer: layer.replace(/\.(forward|backward)$/, ''), direction: backward ? 'backward' : 'forward', node };
}
