import { makeBatch } from '../data/batches/batching.ts';
import type { Batch, Dataset } from '../data/dataset.ts';
import type { Initialiser } from '../ir/initialiser.ts';
import { SETTING_CLIP_SCALE, SETTING_CLIPPED, SETTING_FINITE, SETTING_LOSS, SETTING_NORM } from '../ir/opcodes.ts';
import type { CellPlace, Program, SharedLayout } from '../ir/program.ts';
import type { Machine } from '../run/machine.ts';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint, type CheckpointHead } from './checkpoint.ts';
import { FRESH_COURSE, validated, type BestPoint, type CourseState, type HistoryPoint } from './course.ts';
import { DataCursor } from './data-cursor.ts';
import type { OnBatch } from './flow-triangle.ts';
import { evaluateByWindows, evaluatePart } from './evaluate.ts';
import { readParameters, writeInitialValues, type Programs } from './model-state.ts';
import { findNonFinite, type NonFinite } from './non-finite.ts';
import type { TrainingOptions } from './options.ts';
import { rateFactor, type ScheduleOptions } from './schedule.ts';
import type { OutputScale, Score } from './score.ts';
import { writeProgress, writeSettings } from './settings.ts';
import { lossLimit } from './loss-limit.ts';
import { probeExamples, takeProbe, type Probe } from './take-probe.ts';
import { measureUpdate, type UpdateMeasure } from './update-measure.ts';
import { firstWindow, updatesPerEpoch, windowLength } from './windows.ts';
import { writeBatch } from './write-batch.ts';

export interface RunParts {
  readonly machine: Machine;
  readonly programs: Programs;
  /** The same model's, in the same memory, whose decoders read their own answers; null or left out where it has none. */
  readonly answering?: Programs | null;
  readonly dataset: Dataset;
  readonly options: TrainingOptions;
  readonly initialisers: ReadonlyMap<string, Initialiser>;
  readonly scale: OutputScale;
  /** Says what the model and its data are; a checkpoint is taken back by a run of the same identity only. */
  readonly identity?: string;
}

export interface StepReport {
  /** Updates made so far. */
  readonly step: number;
  /** Epoch of this step, from 1. */
  readonly epoch: number;
  readonly loss: number;
  /** The one this update used, as the schedule made it. */
  readonly learningRate: number;
  /** Global gradient norm before clipping. */
  readonly norm: number;
  readonly clipped: boolean;
  /** The update was refused because of this; the parameters are as they were. */
  readonly nonFinite: NonFinite | null;
}

/** What a validation at the end of an epoch says. */
export interface EpochReport {
  readonly score: Score;
  /** Early stopping ends the run here. */
  readonly stop: boolean;
}

export type Restored =
  { readonly ok: true; readonly seconds: number } | { readonly ok: false; readonly fault: 'damaged' | 'newer' | 'other'; readonly sentence: string };

const CONSTANT: ScheduleOptions = { kind: 'constant' };

/**
 * Training by back-propagation through time, one update per call. The same seed, data and options give the same bits, whatever is
 * probed and however the calls are spread in time.
 */
export class TrainingRun {
  /** The schedule's starting point; may be changed between two updates. */
  learningRate: number;
  /** Updates of an epoch; with truncated BPTT and sequences of unequal length nearly so. */
  readonly stepsPerEpoch: number;
  private readonly parts: RunParts;
  private readonly layout: SharedLayout;
  private cursor: DataCursor;
  private probeBatch: Batch | null = null;
  private steps = 0;
  private course: CourseState = FRESH_COURSE;
  /** Weights of `course.best`. */
  private bestWeights: Float32Array | Float64Array = new Float32Array(0);
  /** The trainable weights before the update that is to be measured. */
  private watched: { readonly step: number; readonly weights: Float32Array | Float64Array } | null = null;
  private measured: UpdateMeasure | null = null;

  constructor(parts: RunParts) {
    this.parts = parts;
    this.learningRate = parts.options.optimizer.learningRate;
    this.stepsPerEpoch = stepsPerEpoch(parts.dataset, parts.options);
    const program = parts.programs.for(parts.options.batchSize, 1);
    parts.machine.load(program);
    this.layout = program.shared;
    this.cursor = this.startCursor();
    this.reset();
  }

  get step(): number {
    return this.steps;
  }

  /** Epochs begun. */
  get epoch(): number {
    return this.cursor.epochs;
  }

  get totalSteps(): number {
    return this.stepsPerEpoch * this.parts.options.epochs;
  }

  /** True when the last batch of an epoch has just been used. */
  get atEpochEnd(): boolean {
    return this.steps > 0 && this.cursor.atEnd;
  }

  /** Learning rate of the next update. */
  get nextLearningRate(): number {
    return this.scheduledRate(this.epoch + (this.cursor.atEnd ? 1 : 0));
  }

  /** Copies of all parameters as they are now, or of those that training changes, by name. */
  readParameters(which: 'all' | 'trainable' = 'all'): ReadonlyMap<string, Float32Array> {
    return readParameters(this.parts.machine, this.layout, which);
  }

  /** Other values for some parameters, by name, each of the parameter's size; the others stay. */
  writeParameters(values: ReadonlyMap<string, Float32Array>): void {
    for (const { name, at, size } of this.layout.parameters) {
      const value = values.get(name);
      if (value === undefined) continue;
      if (value.length !== size) throw new Error(`${name} needs ${size} values`);
      this.parts.machine.writeFloats(at, value);
    }
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
    machine.fill(this.layout.carried.at, this.layout.carried.size, 0);
    this.cursor = this.startCursor();
    this.steps = 0;
    this.course = FRESH_COURSE;
    this.bestWeights = new Float32Array(0);
    this.watched = null;
    this.measured = null;
    this.learningRate = options.optimizer.learningRate;
  }

  /** One update. */
  trainStep(): StepReport {
    const { machine, programs, options } = this.parts;
    const { batch, lossSteps, start, first, before } = this.cursor.next();
    if (first) machine.fill(this.layout.carried.at, this.layout.carried.size, 0);
    const learningRate = this.scheduledRate(this.epoch);
    writeSettings(machine, this.layout.settings, options, learningRate, this.steps + 1, lossLimit(this.parts.dataset.signature));
    writeProgress(machine, this.layout.settings, this.epoch, options.epochs);
    for (const each of before) this.handOn(each);
    const program = programs.for(batch.size, batch.steps);
    machine.load(program);
    writeBatch(machine, program, batch, lossSteps);
    machine.run({ begin: program.sections.forward.begin, end: program.sections.update.end });
    machine.run(program.sections.carry);
    const setting = (slot: number): number => machine.read(this.layout.settings + slot);
    const finite = setting(SETTING_FINITE) === 1;
    if (finite) this.steps += 1;
    return {
      step: this.steps,
      epoch: this.epoch,
      loss: setting(SETTING_LOSS),
      learningRate,
      norm: setting(SETTING_NORM),
      clipped: options.clip.kind === 'value' ? setting(SETTING_CLIPPED) > 0 : setting(SETTING_CLIP_SCALE) < 1,
      nonFinite: finite ? null : this.nonFinite(program, batch, start),
    };
  }

  /**
   * The gradient's way through time with the weights as they are now, on the same examples at each call, so that two probes differ
   * by the weights alone. With truncated BPTT their first window: further than a window no gradient goes. Changes nothing that training reads.
   */
  probe(): Probe {
    return this.onProbeBatch(takeProbe);
  }

  /** Work on the examples of `probe`, with their program loaded. It may write what a batch may, and change nothing else. */
  onProbeBatch<T>(work: (machine: Machine, program: Program, batch: Batch) => T): T {
    const { machine, programs, dataset, options } = this.parts;
    this.probeBatch ??= firstWindow(makeBatch(dataset, probeExamples(dataset, options.batchSize), options.batchSize), windowLength(options));
    const batch = this.probeBatch;
    const program = programs.for(batch.size, batch.steps);
    return this.fromZeroStates(() => {
      machine.load(program);
      return work(machine, program, batch);
    });
  }

  /** `onProbeBatch` with the weights of this moment, however long training goes on meanwhile. */
  atThisMoment(): OnBatch {
    const { machine } = this.parts;
    const then = this.readTrainable();
    return (work) => {
      const present = this.readTrainable();
      machine.writeFloats(this.layout.trainable.at, then);
      const result = this.onProbeBatch(work);
      machine.writeFloats(this.layout.trainable.at, present);
      return result;
    };
  }

  /** Keeps the weights as they are, so that the next update can be measured. */
  watchUpdate(): void {
    this.watched = { step: this.steps, weights: this.readTrainable() };
  }

  /** Measures the update that has just been made, if `watchUpdate` came before it. */
  measureUpdate(): void {
    if (this.watched !== null && this.steps === this.watched.step + 1) {
      this.measured = measureUpdate(this.parts.machine, this.layout, this.watched.weights, this.steps);
    }
    this.watched = null;
  }

  /** The update that was measured last. */
  get measuredUpdate(): UpdateMeasure | null {
    return this.measured;
  }

  /** Validates, and settles what hangs on it: the history, the plateaus of the schedule, early stopping. */
  endEpoch(): EpochReport {
    const { schedule, earlyStop } = this.parts.options;
    const score = this.evaluate('validation');
    const { course, isBest, stop } = validated(this.course, score, { epoch: this.epoch, step: this.steps }, schedule ?? CONSTANT, earlyStop ?? null);
    this.course = course;
    if (isBest) this.bestWeights = this.readTrainable();
    return { score, stop };
  }

  /** The validations so far, thinned with age. */
  get history(): readonly HistoryPoint[] {
    return this.course.history;
  }

  /** Puts the weights of the best validation back; null where early stopping has seen none. */
  restoreBest(): BestPoint | null {
    if (this.course.best !== null) this.parts.machine.writeFloats(this.layout.trainable.at, this.bestWeights);
    return this.course.best;
  }

  /** The whole state of the run as a file (`checkpoint.ts`); `seconds` of training so far are kept with it. */
  checkpoint(seconds: number): Uint8Array {
    return encodeCheckpoint(this.state(seconds));
  }

  /** What `checkpoint` writes: copies. */
  state(seconds: number): Checkpoint {
    const { machine, options } = this.parts;
    const { moments, momentSlots, trainable, carried } = this.layout;
    return {
      head: {
        model: this.describeModel(),
        step: this.steps,
        cursor: this.cursor.state,
        learningRate: { project: options.optimizer.learningRate, present: this.learningRate },
        seconds,
        course: this.course,
      },
      arrays: {
        weights: this.readTrainable(),
        moments: machine.readFloats(moments, momentSlots * trainable.size),
        best: this.bestWeights,
        carried: machine.readFloats(carried.at, carried.size),
      },
    };
  }

  /**
   * Goes on from a checkpoint as if never interrupted, bit for bit. A learning rate that the project has changed since is the project's.
   * Where the file does not fit, nothing is changed.
   */
  restore(bytes: Uint8Array): Restored {
    const decoded = decodeCheckpoint(bytes);
    if (!decoded.ok) return decoded;
    const { head, arrays } = decoded.checkpoint;
    const sentence = this.misfit(decoded.checkpoint);
    if (sentence !== null) return { ok: false, fault: 'other', sentence };
    const cursor = this.startCursor();
    if (!cursor.restore(head.cursor)) return { ok: false, fault: 'other', sentence: 'Its place in the data is past the end of this data.' };
    const { machine, options } = this.parts;
    this.reset();
    this.cursor = cursor;
    machine.writeFloats(this.layout.trainable.at, arrays.weights);
    machine.writeFloats(this.layout.moments, arrays.moments);
    machine.writeFloats(this.layout.carried.at, arrays.carried);
    this.bestWeights = arrays.best;
    this.course = head.course;
    this.steps = head.step;
    if (head.learningRate.project === options.optimizer.learningRate) this.learningRate = head.learningRate.present;
    return { ok: true, seconds: head.seconds };
  }

  evaluate(part: 'train' | 'validation' | 'test'): Score {
    const { machine, programs, answering = null, dataset, options, scale } = this.parts;
    const window = windowLength(options);
    if (window === null) return evaluatePart(machine, { programs, answering }, dataset, part, options.batchSize, scale);
    return this.fromZeroStates(() => evaluateByWindows(machine, programs, dataset, part, options.batchSize, scale, window));
  }

  /** Gives back the machine's threads; the run cannot go on. */
  close(): void {
    this.parts.machine.close();
  }

  private startCursor(): DataCursor {
    const { dataset, options } = this.parts;
    return new DataCursor(dataset, options.batchSize, options.seed, windowLength(options));
  }

  /** What the schedule makes of the learning rate for an update in this epoch. */
  private scheduledRate(epoch: number): number {
    const { totalSteps } = this;
    const place = { step: this.steps, epochsEnded: epoch - 1, totalSteps, plateauFactor: this.course.plateau.factor };
    return this.learningRate * rateFactor(this.parts.options.schedule ?? CONSTANT, place);
  }

  /** Runs a window without a loss, for the states it leaves behind. */
  private handOn(batch: Batch): void {
    const { machine, programs } = this.parts;
    const program = programs.for(batch.size, batch.steps);
    machine.load(program);
    writeBatch(machine, program, batch, 'all');
    machine.run(program.sections.forward);
    machine.run(program.sections.carry);
  }

  /** Work that starts from zero states; those between two windows are put back after it. */
  private fromZeroStates<T>(work: () => T): T {
    const { machine } = this.parts;
    const { at, size } = this.layout.carried;
    if (size === 0) return work();
    const states = machine.readFloats(at, size);
    machine.fill(at, size, 0);
    const result = work();
    machine.writeFloats(at, states);
    return result;
  }

  private readTrainable(): Float32Array | Float64Array {
    const { at, size } = this.layout.trainable;
    return this.parts.machine.readFloats(at, size);
  }

  private describeModel(): CheckpointHead['model'] {
    const { identity, options } = this.parts;
    const trainable = this.layout.parameters.filter((each) => each.trainable).map(({ name, shape }) => ({ name, shape: [...shape] }));
    return { identity: identity ?? '', optimizer: ruleOf(options.optimizer), batchSize: options.batchSize, seed: options.seed, trainable };
  }

  /** Why a checkpoint is not of this run; null where it is. */
  private misfit({ head: { model, course }, arrays }: Checkpoint): string | null {
    const own = this.describeModel();
    if (JSON.stringify(model.trainable) !== JSON.stringify(own.trainable)) return 'Its weights have other names or shapes than this model has.';
    if (model.identity !== own.identity) return 'It was made by another model, or on other data.';
    if (model.optimizer !== own.optimizer) return `It was made with the optimiser ${model.optimizer}; this project has ${own.optimizer}.`;
    if (model.batchSize !== own.batchSize) return `It was made with batches of ${model.batchSize}; this project has ${own.batchSize}.`;
    if (model.seed !== own.seed) return `It was made with the seed ${model.seed}; this project has ${own.seed}.`;
    const { size } = this.layout.trainable;
    const best = course.best === null ? 0 : size;
    const fits =
      arrays.weights.length === size &&
      arrays.moments.length === this.layout.momentSlots * size &&
      arrays.best.length === best &&
      arrays.carried.length === this.layout.carried.size;
    return fits ? null : 'Its numbers are not as many as this model has.';
  }

  /** `start`: steps of the sequence before the program's first. */
  private nonFinite(program: Program, batch: Batch, start: number): NonFinite {
    const found = findNonFinite(this.parts.machine, program, batch);
    // The norm itself can overflow while every gradient is finite.
    if (found === null) return { layer: 'all parameters', t: null, quantity: 'gradient' };
    return found.t === null ? found : { ...found, t: found.t + start };
  }
}

/** The optimiser by name, as far as its state depends on it. */
function ruleOf({ kind, momentum }: TrainingOptions['optimizer']): string {
  return kind === 'sgd' && (momentum ?? 0) > 0 ? 'sgd with momentum' : kind;
}

function stepsPerEpoch(dataset: Dataset, options: TrainingOptions): number {
  const window = windowLength(options);
  return window === null ? Math.ceil(dataset.split.train.length / options.batchSize) : updatesPerEpoch(dataset, options.batchSize, window);
}
