import type { Dataset } from '../data/dataset.ts';
import { plainMeasures } from '../data/measures.ts';
import { isFileFormat, type ExportFormat } from '../document/export-formats.ts';
import { problem, ProblemError } from '../document/problems.ts';
import type { TrainedModel } from '../exchange/trained-model.ts';
import type { EngineFiles } from './engine-files.ts';
import { ExportedModel, type MadeExport } from './export/make-export.ts';
import { heldOutBatches } from './export/verification-batches.ts';
import { zipFiles } from './export/zip-files.ts';
import type { OpenedProject } from './open-project.ts';
import type { ExportReply, TestScore } from './protocol.ts';

export interface TrainedRun {
  readonly opened: OpenedProject;
  readonly test: TestScore | null;
}

/** The model file's text, read back and run beside the model it came from on held-out examples. Throws ProblemError where it cannot be read back. */
export async function verifiedModel(
  run: TrainedRun,
  engine: EngineFiles,
  arrays: boolean,
): Promise<{ readonly text: string; readonly largestDifference: number; readonly examples: number }> {
  const { bytes, largestDifference, examples } = await exportedFile(run, engine, { format: 'json', arrays, name: '' });
  return { text: new TextDecoder().decode(bytes), largestDifference, examples };
}

/**
 * The model for another program, read back and run beside it on held-out examples; a folder as a zip archive named `name`.
 * Throws ProblemError U046 where what was written does not answer as the model does.
 */
export async function exportedFile(
  { opened, test }: TrainedRun,
  engine: EngineFiles,
  { format, arrays, name }: { readonly format: ExportFormat; readonly arrays: boolean; readonly name: string },
): Promise<ExportReply> {
  const { project, dataset, run } = opened;
  const model: TrainedModel = {
    project,
    signature: dataset.signature,
    parameters: run.readParameters(),
    metrics: { steps: run.step, ...(test === null ? {} : testMetrics(test)) },
    history: run.history,
  };
  const exported = new ExportedModel(model, heldOutBatches(dataset, format), engine);
  const made = await madeAs(exported, format, { arrays, name, dataset });
  const { verified, ...check } = made.check;
  if (verified === false) throw differs(made);
  const bytes = isFileFormat(format) ? made.files[0]?.bytes : zipFiles(name, made.files);
  return { bytes: bytes ?? new Uint8Array(), ...check };
}

async function madeAs(
  exported: ExportedModel,
  format: ExportFormat,
  { arrays, name, dataset }: { readonly arrays: boolean; readonly name: string; readonly dataset: Dataset },
): Promise<MadeExport> {
  if (isFileFormat(format)) return await exported.inOneFile(format, { arrays });
  if (format === 'keras') return await exported.asKerasProject();
  return format === 'pytorch' ? await exported.asPytorchProject(dataset) : await exported.withRuntime(`${name}.model.json`, { arrays });
}

function differs({ check }: MadeExport): ProblemError {
  const { ranBy, largestDifference, examples } = check;
  const where = ranBy === null ? 'when it is read back' : `in ${ranBy}`;
  const message = `The file would not answer ${where} as the model does here: they differ by up to ${largestDifference.toPrecision(2)} on ${String(examples)} examples.`;
  return new ProblemError([problem('U046', message, 'Nothing was exported. Use another format, and report this with the project.')]);
}

function testMetrics({ metric, score, loss, baseline, baselines, measures }: TestScore): TrainedModel['metrics'] {
  return { metric, testScore: score, testLoss: loss, baseline, baselineName: baselines[0]?.name ?? null, ...plainMeasures(measures) };
}
