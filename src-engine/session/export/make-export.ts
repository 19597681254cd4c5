import { makeBatch } from '../../data/batches/batching.ts';
import type { Batch, Dataset } from '../../data/dataset.ts';
import type { FileFormat } from '../../document/export-formats.ts';
import { problem, ProblemError } from '../../document/problems.ts';
import { writeOnnx } from '../../exchange/onnx/write-onnx.ts';
import { textFile, type ProjectFile } from '../../exchange/project-file.ts';
import { writeKerasProject } from '../../exchange/keras/write-keras.ts';
import { holdsData, writePytorchProject } from '../../exchange/pytorch/project/write-project.ts';
import { readModel } from '../../exchange/read-model.ts';
import type { TrainedModel } from '../../exchange/trained-model.ts';
import { runtimeReadme } from '../../exchange/runtime-readme.ts';
import { readWeights, writeWeights } from '../../exchange/weights-file.ts';
import { writeModel } from '../../exchange/write-model.ts';
import type { EngineFiles } from '../engine-files.ts';
import { ModelRunner, type Answer } from '../model-runner.ts';
import { largestDifference, LARGEST_DIFFERENCE } from './compare-answers.ts';
import { onnxAnswers } from './onnx-answers.ts';
import { runtimeAnswers } from './runtime-answers.ts';
import { runPythonProject } from './run-python-project.ts';

/** What came of reading an export back and running it beside the model. */
export interface ExportCheck {
  /** True where it was run and its answers are the model's; `unrun` where nothing here can run it and what was read back is the model's. */
  readonly verified: boolean | 'unrun';
  readonly largestDifference: number;
  readonly examples: number;
  /** What ran it, e.g. `ONNX Runtime`; null where nothing did. */
  readonly ranBy: string | null;
}

export interface MadeExport {
  /** One file has an empty path; those of a project have theirs within its folder. */
  readonly files: readonly ProjectFile[];
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
  async inOneFile(format: FileFormat, options: { readonly arrays: boolean }): Promise<MadeExport> {
    const { model } = this;
    switch (format) {
      case 'json': {
        const bytes = new TextEncoder().encode(writeModel(model, options));
        const text = new TextDecoder().decode(this.readBack(bytes));
        const back = readModel(text);
        if (!back.ok) throw new ProblemError(back.problems);
        const [one, other] = [this.answersOf(back.model), runtimeAnswers(text, this.batches, model.signature, this.stepsOf)];
        const further = largestDifference(this.answers, one) > largestDifference(this.answers, other) ? one : other;
        return this.made(bytes, further, 'Unroll and unroll-runtime');
      }
      case 'safetensors': {
        const bytes = writeWeights(model);
        const parameters = readWeights(this.readBack(bytes), model.project, model.signature);
        return this.made(bytes, this.answersOf({ ...model, parameters }), 'Unroll');
      }
      case 'onnx': {
        const bytes = new Uint8Array(writeOnnx(model));
        const found = await onnxAnswers(this.readBack(bytes), this.batches, model.signature.input, this.stepsOf).catch(refusedByOnnxRuntime);
        return this.made(bytes, found, 'ONNX Runtime');
      }
    }
  }

  /** The model file with the module that runs it and what to do with them. `name` is the model file's. */
  async withRuntime(name: string, options: { readonly arrays: boolean }): Promise<MadeExport> {
    const { runtime } = this.engine;
    if (runtime === undefined) throw new Error('an engine that does not know where unroll-runtime is');
    const { files, check } = await this.inOneFile('json', options);
    const [model] = files;
    if (model === undefined) throw new Error('an export without a file');
    const beside = [textFile('unroll-runtime.js', await runtime()), textFile('unroll-runtime.md', runtimeReadme(this.model, name))];
    return { files: [{ ...model, path: name }, ...beside], check };
  }

  /** A folder of files. What it holds is read back here, and run where there is a Python with PyTorch. */
  async asPytorchProject(dataset: Dataset | null): Promise<MadeExport> {
    const { model, batches, answers } = this;
    return this.asProject(writePytorchProject(model, dataset, { batches, answers, loss: holdsData(dataset) ? this.firstLoss(dataset) : null }), 'torch');
  }

  /** The same for Keras 3. */
  async asKerasProject(): Promise<MadeExport> {
    const { model, batches, answers } = this;
    return this.asProject(writeKerasProject(model, { batches, answers, loss: null }), 'keras');
  }

  private async asProject(files: readonly ProjectFile[], framework: 'torch' | 'keras'): Promise<MadeExport> {
    const { model } = this;
    const back = files.map((file) => (file.path === 'weights.safetensors' ? { ...file, bytes: this.readBack(file.bytes) } : file));
    const weights = back.find(({ path }) => path === 'weights.safetensors')?.bytes ?? new Uint8Array();
    const parameters = readWeights(weights, model.project, model.signature);
    const readBack = this.checkOf(this.answersOf({ ...model, parameters }), null);
    const ran = readBack.verified === false ? null : await runPythonProject(back, framework);
    if (ran === null) return { files, check: readBack };
    const difference = Math.max(ran.largestDifference, ran.lossDifference ?? 0);
    const ranBy = framework === 'torch' ? `PyTorch ${ran.torch ?? ''}` : `Keras ${ran.keras ?? ''}`;
    return { files, check: { ...readBack, verified: difference <= LARGEST_DIFFERENCE, largestDifference: difference, ranBy } };
  }

  /** Loss of the first batch of the training part in its order, the wanted answers given, without dropout. */
  private firstLoss(dataset: Dataset): { readonly examples: number; readonly value: number } {
    const examples = dataset.split.train.subarray(0, this.model.project.training.batchSize);
    const runner = new ModelRunner(this.model, this.engine);
    const program = runner.forward(makeBatch(dataset, examples, examples.length), 'all', true);
    const value = Array.from(runner.machine.readFloats(program.lossRows, program.output.rows)).reduce((total, each) => total + each, 0);
    return { examples: examples.length, value };
  }

  private readBack(written: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    return this.engine.readBack?.(written) ?? written;
  }

  private checkOf(found: readonly (readonly Answer[])[], ranBy: string | null): ExportCheck {
    const difference = largestDifference(this.answers, found);
    const isSame = difference <= LARGEST_DIFFERENCE;
    return { verified: isSame && ranBy === null ? 'unrun' : isSame, largestDifference: difference, examples: this.examples, ranBy };
  }

  private get examples(): number {
    return this.batches.reduce((total, { rows }) => total + rows, 0);
  }

  private made(bytes: Uint8Array<ArrayBuffer>, found: readonly (readonly Answer[])[], ranBy: string): MadeExport {
    return { files: oneFile(bytes), check: this.checkOf(found, ranBy) };
  }

  /** Steps of each row's answer. */
  private readonly stepsOf = (batch: Batch): readonly number[] => (this.answers[this.batches.indexOf(batch)] ?? []).map((answer) => answer.length);

  private answersOf(model: TrainedModel): readonly (readonly Answer[])[] {
    const runner = new ModelRunner(model, this.engine);
    return this.batches.map((batch) => runner.answers(batch));
  }
}

function oneFile(bytes: Uint8Array<ArrayBuffer>): readonly ProjectFile[] {
  return [{ path: '', bytes }];
}

function refusedByOnnxRuntime(error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  throw new ProblemError([
    problem('U046', `ONNX Runtime could not run the file: ${why}`, 'Nothing was exported. Use another format, and report this with the project.'),
  ]);
}
