import { epochBatches, makeBatch } from '../data/batching.ts';
import type { Batch, Dataset } from '../data/dataset.ts';
import { createRandom, type Random } from '../data/random.ts';
import type { Initialiser } from '../ir/initialiser.ts';
import { SETTING_CLIP_SCALE, SETTING_CLIPPED, SETTING_FINITE, SETTING_LOSS, SETTING_NORM } from '../ir/opcodes.ts';
import type { CellPlace, Program, SharedLayout } from '../ir/program.ts';
import type { Machine } from '../run/machine.ts';
import { evaluatePart, type OutputScale, type Score } from './evaluate.ts';
import { readParameters, writeInitialValues, type Programs } from './model-state.ts';
import { findNonFinite, type NonFinite } from './non-finite.ts';
import type { TrainingOptions } from './options.ts';
import { meanByLag, meanOverBatch, readRowNorms, rowsAtStep, type RowNorms } from './probes.ts';
import { writeSettings } from './settings.ts';
import { writeBatch, type LossSteps } from './write-batch.ts';

export interface RunParts {
  readonly machine: Machine;
  readonly programs: Programs;
  readonly dataset: Dataset;
  readonly options: TrainingOptions;
  readonly initialisers: ReadonlyMap<string, Initialiser>;
  readonly scale: OutputScale;
}

export interface StepReport {
  /** Updates made so far. */
  readonly step: number;
  /** Epoch of this step, from 1. */
  readonly epoch: number;
  readonly loss: number;
  /** Global gradient norm before clipping. */
  readonly norm: number;
  readonly clipped: boolean;
  /** The update was refused because of this; the parameters are as they were. */
  readonly nonFinite: NonFinite | null;
}

/** Arrays are [L,T] by cell in running order, T of the probed batch. */
export interface Probe {
  readonly steps: number;
  readonly rows: number;
  readonly gradientNorm: readonly Float32Array[];
  readonly flow: readonly Float32Array[];
  readonly lagFlow: readonly Float32Array[];
  readonly rowsAtStep: Float32Array;
}

/**
 * Training by back-propagation through time, one update per call. The same seed, data and options give the same bits, whatever is
 * probed and however the calls are spread in time.
 */
export class TrainingRun {
  learningRate: number;
  private readonly parts: RunParts;
  private readonly layout: SharedLayout;
  private dataRandom: Random;
  private queue: readonly Int32Array[] = [];
  private next = 0;
  private probeBatch: Batch | null = null;
  private steps = 0;
  private epochs = 0;

  constructor(parts: RunParts) {
    this.parts = parts;
    this.learningRate = parts.options.optimizer.learningRate;
    const program = parts.programs.for(parts.options.batchSize, 1);
    parts.machine.load(program);
    this.layout = program.shared;
    this.dataRandom = this.startRandom();
    this.reset();
  }

  get step(): number {
    return this.steps;
  }

  /** Epochs begun. */
  get epoch(): number {
    return this.epochs;
  }

  get stepsPerEpoch(): number {
    return Math.ceil(this.parts.dataset.split.train.length / this.parts.options.batchSize);
  }

  get totalSteps(): number {
    return this.stepsPerEpoch * this.parts.options.epochs;
  }

  /** True when the last batch of an epoch has just been used. */
  get atEpochEnd(): boolean {
    return this.steps > 0 && this.next >= this.queue.length;
  }

  /** Copies of all parameters as they are now, by name. */
  readParameters(): ReadonlyMap<string, Float32Array> {
    return readParameters(this.parts.machine, this.layout);
  }

  /** Rows of every probe. */
  get cells(): readonly CellPlace[] {
    return this.parts.programs.for(this.parts.options.batchSize, 1).cells;
  }

  /** Back to the seed's first weights, an empty optimiser and the first batch. */
  reset(): void {
    const { machine, dataset, options, initialisers } = this.parts;
    writeInitialValues(machine, this.layout, initialisers, dataset.vectors, options.seed);
    machine.fill(this.layout.moments, this.layout.momentSlots * this.layout.trainable.size, 0);
    this.dataRandom = this.startRandom();
    this.queue = [];
    this.next = 0;
    this.steps = 0;
    this.epochs = 0;
    this.learningRate = options.optimizer.learningRate;
  }

  /** One update. */
  trainStep(): StepReport {
    const { machine, programs, options } = this.parts;
    const batch = this.nextBatch();
    const program = programs.for(batch.size, batch.steps);
    machine.load(program);
    writeBatch(machine, program, batch, 'all');
    writeSettings(machine, this.layout.settings, options, this.learningRate, this.steps + 1);
    machine.run({ begin: program.sections.forward.begin, end: program.sections.update.end });
    const setting = (slot: number): number => machine.read(this.layout.settings + slot);
    const finite = setting(SETTING_FINITE) === 1;
    if (finite) this.steps += 1;
    return {
      step: this.steps,
      epoch: this.epochs,
      loss: setting(SETTING_LOSS),
      norm: setting(SETTING_NORM),
      clipped: options.clip.kind === 'value' ? setting(SETTING_CLIPPED) > 0 : setting(SETTING_CLIP_SCALE) < 1,
      nonFinite: finite ? null : this.nonFinite(program),
    };
  }

  /**
   * The gradient's way through time with the weights as they are now, on the same examples at each call, so that two probes differ
   * by the weights alone. Changes nothing that training reads.
   */
  probe(): Probe {
    const { machine, programs, dataset, options } = this.parts;
    this.probeBatch ??= makeBatch(dataset, probeExamples(dataset, options.batchSize), options.batchSize);
    const batch = this.probeBatch;
    const program = programs.for(batch.size, batch.steps);
    machine.load(program);
    const norms = this.backward(program, batch, 'all');
    // One loss per row: its flow is the whole gradient.
    const flowNorms = program.output.rows === program.batch ? norms : this.backward(program, batch, 'last');
    const mean = (each: RowNorms): Float32Array => meanOverBatch(each, batch.size, batch.rows, batch.lengths);
    return {
      steps: batch.steps,
      rows: batch.rows,
      gradientNorm: norms.map(mean),
      flow: flowNorms.map(mean),
      lagFlow: flowNorms.map((each) => meanByLag(each, batch.size, batch.lengths)),
      rowsAtStep: rowsAtStep(batch.lengths, batch.steps),
    };
  }

  evaluate(part: 'train' | 'validation' | 'test'): Score {
    const { machine, programs, dataset, options, scale } = this.parts;
    return evaluatePart(machine, programs, dataset, part, options.batchSize, scale);
  }

  /** Gives back the machine's threads; the run cannot go on. */
  close(): void {
    this.parts.machine.close();
  }

  private startRandom(): Random {
    // Apart from the weights' stream: another seed of the same generator.
    return createRandom(this.parts.options.seed ^ 0x5eed);
  }

  private nextBatch(): Batch {
    const { dataset, options } = this.parts;
    if (this.next >= this.queue.length) {
      this.queue = epochBatches(dataset, 'train', options.batchSize, this.dataRandom);
      this.next = 0;
      this.epochs += 1;
    }
    const examples = this.queue[this.next];
    if (examples === undefined) throw new Error('an epoch without batches');
    this.next += 1;
    return makeBatch(dataset, examples, options.batchSize);
  }

  private nonFinite(program: Program): NonFinite {
    const found = findNonFinite(this.parts.machine, program);
    // The norm itself can overflow while every gradient is finite.
    return found ?? { layer: 'all parameters', t: null, quantity: 'gradient' };
  }

  private backward(program: Program, batch: Batch, lossSteps: LossSteps): readonly RowNorms[] {
    const { machine } = this.parts;
    writeBatch(machine, program, batch, lossSteps);
    machine.run({ begin: program.sections.forward.begin, end: program.sections.backward.end });
    return readRowNorms(machine, program);
  }
}

/** `count` training examples of all lengths, the longest among them. */
function probeExamples({ split, offsets }: Dataset, count: number): Int32Array {
  const length = (example: number): number => (offsets[example + 1] ?? 0) - (offsets[example] ?? 0);
  const sorted = [...split.train].sort((a, b) => length(b) - length(a) || a - b);
  const taken = Math.min(count, sorted.length);
  return Int32Array.from({ length: taken }, (_, index) => sorted[Math.floor((index * sorted.length) / taken)] ?? 0);
}
