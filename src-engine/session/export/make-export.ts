import type { Batch } from '../../data/dataset.ts';
import type { ExportFormat } from '../../document/export-formats.ts';
import { ProblemError } from '../../document/problems.ts';
import { writeOnnx } from '../../exchange/onnx/write-onnx.ts';
import { readModel } from '../../exchange/read-model.ts';
import type { TrainedModel } from '../../exchange/trained-model.ts';
import { readWeights, writeWeights } from '../../exchange/weights-file.ts';
import { writeModel } from '../../exchange/write-model.ts';
import type { EngineFiles } from '../engine-files.ts';
import { ModelRunner, type Answer } from '../model-runner.ts';
import { largestDifference, LARGEST_DIFFERENCE } from './compare-answers.ts';
import { onnxAnswers } from './onnx-answers.ts';

/** One file; `path` with forward slashes, within the folder of the export, where it has one, else empty. */
export interface ExportedFile {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What came of reading an export back and running it beside the model. */
export interface ExportCheck {
  /** True where it was run, and its answers are the model's. */
  readonly verified: boolean;
  readonly largestDifference: number;
  readonly examples: number;
  /** What ran it, e.g. `ONNX Runtime`; null where nothing here can. */
  readonly ranBy: string | null;
}

export interface MadeExport {
  readonly files: readonly ExportedFile[];
  readonly check: ExportCheck;
}

/** A model with the batches its export is compared on, and what it answers to them. */
export class ExportedModel {
  readonly model: TrainedModel;
  readonly batches: readonly Batch[];
  readonly answers: readonly (readonly Answer[])[];
  private readonly engine: EngineFiles;

  constructor(model: TrainedModel, batches: readonly Batch[], engine: EngineFiles) {
    this.model = model;
    this.batches = batches;
    this.engine = engine;
    this.answers = this.answersOf(model);
  }

  /** A model in one file. Throws ProblemError where it cannot be read back. */
  async inOneFile(format: Exclude<ExportFormat, 'pytorch'>, options: { readonly arrays: boolean }): Promise<MadeExport> {
    const { model } = this;
    switch (format) {
      case 'json': {
        const text = writeModel(model, options);
        const back = readModel(text);
        if (!back.ok) throw new ProblemError(back.problems);
        return this.made(new TextEncoder().encode(text), this.answersOf(back.model), 'Unroll');
      }
      case 'safetensors': {
        const bytes = writeWeights(model);
        const parameters = readWeights(bytes, model.project, model.signature);
        return this.made(bytes, this.answersOf({ ...model, parameters }), 'Unroll');
      }
      case 'onnx': {
        const bytes = new Uint8Array(writeOnnx(model));
        const steps = new Map(this.batches.map((batch, place) => [batch, this.stepsAt(place)]));
        return this.made(bytes, await onnxAnswers(bytes, this.batches, (batch) => steps.get(batch) ?? []), 'ONNX Runtime');
      }
    }
  }

  checkOf(found: readonly (readonly Answer[])[], ranBy: string): ExportCheck {
    const difference = largestDifference(this.answers, found);
    return { verified: difference <= LARGEST_DIFFERENCE, largestDifference: difference, examples: this.examples, ranBy };
  }

  get examples(): number {
    return this.batches.reduce((total, { rows }) => total + rows, 0);
  }

  private made(bytes: Uint8Array<ArrayBuffer>, found: readonly (readonly Answer[])[], ranBy: string): MadeExport {
    return { files: [{ path: '', bytes }], check: this.checkOf(found, ranBy) };
  }

  /** Steps of each row's answer. */
  private stepsAt(place: number): readonly number[] {
    return (this.answers[place] ?? []).map((answer) => answer.length);
  }

  private answersOf(model: TrainedModel): readonly (readonly Answer[])[] {
    const runner = new ModelRunner(model, this.engine);
    return this.batches.map((batch) => runner.answers(batch));
  }
}
