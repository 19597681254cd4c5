import { furtherBaselines } from '../data/baselines.ts';
import type { Dataset, MeasuredBaseline } from '../data/dataset.ts';
import { sampleRows } from '../data/preview-samples.ts';
import { previewDataset } from '../data/preview.ts';
import type { CellPlace } from '../ir/program.ts';
import type { Score } from '../train/score.ts';
import type { TrainingRun } from '../train/training-run.ts';
import type { DataSummary, ProbeLayer, TestScore } from './protocol.ts';

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
    baselines: baselinesOf(dataset),
    samples: sampleRows(dataset),
    preview: previewDataset(dataset),
  };
}

/** A score on the test part, beside what needs no model. */
export function testScore(score: Score, dataset: Dataset): TestScore {
  return { ...score, baseline: dataset.baseline.score, baselines: baselinesOf(dataset) };
}

/** All of them, the main one first. */
function baselinesOf(dataset: Dataset): readonly MeasuredBaseline[] {
  return [dataset.baseline, ...furtherBaselines(dataset)];
}

/** Rows of every probe frame, in the order of the program's cells. */
export function describeLayers(run: TrainingRun): readonly ProbeLayer[] {
  return run.cells.map(describeLayer);
}

export function describeLayer({ layer, node, backward }: CellPlace): ProbeLayer {
  return { layer: layer.replace(/\.(forward|backward)$/, ''), direction: backward ? 'backward' : 'forward', node };
}
