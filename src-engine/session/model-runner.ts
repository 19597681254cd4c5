import { compile, type Model } from '../compile/compile.ts';
import { targetLengthsOf } from '../data/batches/batching.ts';
import type { Batch } from '../data/dataset.ts';
import { checkGraph } from '../document/check.ts';
import { hasDecoder } from '../document/decoder-cell.ts';
import { ProblemError } from '../document/problems.ts';
import type { Project } from '../document/project.ts';
import type { DataSignature } from '../document/signature.ts';
import type { TrainedModel } from '../exchange/trained-model.ts';
import type { Program } from '../ir/program.ts';
import { Stepper } from '../generate/stepper.ts';
import { createMachine } from '../run/create-machine.ts';
import type { Machine } from '../run/machine.ts';
import type { ScoringPrograms } from '../train/evaluate.ts';
import { Programs, writeParameters } from '../train/model-state.ts';
import { writeBatch, type LossSteps } from '../train/write-batch.ts';
import type { EngineFiles } from './engine-files.ts';
import { updateOptions } from './update-options.ts';

/** What a model answers for one input: numbers of its one output row, or one row per step of that input. */
export type Answer = readonly number[] | readonly (readonly number[])[];

interface RunnerOptions {
  readonly backward: boolean;
  readonly copies: boolean;
  readonly feedback?: boolean;
  /** The gradient of the embedded input as well. */
  readonly inputs?: boolean;
  /** States are taken over from the window before and handed on. */
  readonly carry?: boolean;
}

const ANSWERING = { backward: false, copies: false } as const;

/** A model with weights, ready to run: to answer, to be scored, to show its gradients. */
export class ModelRunner {
  readonly machine: Machine;
  readonly signature: DataSignature;
  private readonly model: Model;
  private readonly project: Project;
  private readonly parameters: ReadonlyMap<string, Float32Array>;

  /** Throws ProblemError where the graph has problems. */
  constructor({ project, signature, parameters }: Pick<TrainedModel, 'project' | 'signature' | 'parameters'>, engine: EngineFiles) {
    const checked = checkGraph(project.graph, signature);
    if (!checked.ok) throw new ProblemError(checked.problems);
    this.machine = createMachine(engine.kernels);
    this.signature = signature;
    this.model = { graph: project.graph, checked, signature };
    this.project = project;
    this.parameters = parameters;
  }

  /** Programs to score the model by. */
  get scoring(): ScoringPrograms {
    const answering = hasDecoder(this.project.graph) ? this.programs(ANSWERING) : null;
    return { programs: this.programs({ ...ANSWERING, feedback: false }), answering };
  }

  /** Reads one token after another, from zero states; throws where the graph needs whole sequences (`wholeSequenceNodes`). */
  stepper(): Stepper {
    return new Stepper(this.machine, this.load(compile(this.model, { ...this.settings, ...ANSWERING, carry: true, batch: 1, steps: 1 })));
  }

  program(batch: Batch, options: RunnerOptions): Program {
    return this.load(this.programs(options).for(batch.size, batch.steps));
  }

  /** Programs for any B and T, to be loaded by `load`. */
  programs(options: RunnerOptions): Programs {
    return new Programs((batch, steps) => compile(this.model, { ...this.settings, ...options, batch, steps }));
  }

  /** Makes the program current, with this model's weights in place. */
  load(program: Program): Program {
    this.machine.load(program);
    writeParameters(this.machine, program.shared, this.parameters);
    return program;
  }

  /** Runs the forward section on a batch; the outputs and losses stand in the machine afterwards. With `teacher` a decoder reads the batch's targets, else its own answers. */
  forward(batch: Batch, lossSteps: LossSteps, teacher = false): Program {
    const program = this.program(batch, { ...ANSWERING, feedback: !teacher });
    writeBatch(this.machine, program, batch, lossSteps);
    this.machine.run(program.sections.forward);
    return program;
  }

  /** Class probabilities, or numbers in the unit of the data; one answer for each row of the batch that is present. */
  answers(batch: Batch): readonly Answer[] {
    const program = this.forward(batch, 'all');
    const { rows, width, values } = program.output;
    const outputs = this.machine.readFloats(values, rows * width);
    const lengths = targetLengthsOf(batch);
    const row = (index: number): readonly number[] =>
      Array.from(outputs.subarray(index * width, (index + 1) * width), (value, column) => this.inDataUnits(value, column));
    return Array.from({ length: batch.rows }, (_, b) =>
      !this.signature.output.perStep ? row(b) : Array.from({ length: lengths[b] ?? 0 }, (__, t) => row(t * batch.size + b)),
    );
  }

  private inDataUnits(value: number, column: number): number {
    const { output } = this.signature;
    const norm = output.kind === 'numbers' ? output.normalisation : null;
    return norm === null ? value : value * (norm.deviation[column] ?? 1) + (norm.mean[column] ?? 0);
  }

  private get settings() {
    const { training } = this.project;
    return { ...updateOptions(training), reduce: training.bptt.reduce };
  }
}
