import { problem, ProblemError } from '../document/problems.ts';
import type { ImportServices } from '../data/import/import-services.ts';
import type { Threads } from '../run/wasm-machine.ts';
import type { EngineFiles } from './engine-files.ts';
import { rankReply, sampleReply } from './answers/answer-generate.ts';
import { exportedFile, verifiedModel, type TrainedRun } from './export-model.ts';
import { modelCode } from './answers/answer-code.ts';
import { importReply } from './answers/answer-import.ts';
import { dataReply } from './answers/answer-data.ts';
import { answerDescribe } from './answers/answer-describe.ts';
import { checkpointProblem } from './weights/checkpoint-problem.ts';
import { Debugger } from './debug/debugger.ts';
import { explainHandlers } from './answers/explain-handlers.ts';
import { encodeLosses, type LossPoint } from './probes/frames.ts';
import { LastFinite } from './weights/last-finite.ts';
import { Snapshots } from './weights/snapshots.ts';
import { takeWeights } from './weights/given-weights.ts';
import { keepWeights, leftWeights } from './weights/keep-weights.ts';
import { MemoryLength } from './memory-length.ts';
import { Imports } from './imports.ts';
import { nonFiniteSentence } from './non-finite-sentence.ts';
import { openProject, type OpenedProject } from './open-project.ts';
import { probesReply } from './probes/probes-reply.ts';
import { Prober } from './probes/prober.ts';
import type {
  OpenReply,
  ProbesReply,
  RunState,
  SessionEventName,
  SessionEvents,
  SessionRequestName,
  SessionRequests,
  StatusReply,
  TestScore,
} from './protocol.ts';
import { describeLayers, summariseData, testScore } from './summaries.ts';
import { NO_LIMIT, TrainingTime } from './training-time.ts';
import { weightsReply } from './weights/weights-reply.ts';

export interface SessionSurroundings {
  readonly engine: EngineFiles;
  /** Bytes of memory that the machine has. */
  readonly memory: number;
  /** Kernel threads for a run; `count` null: as many as serve here. */
  readonly threads: (count: number | null) => Threads;
  /** Milliseconds, never going back. */
  readonly now: () => number;
  /** Calls back after other messages have had their turn. */
  readonly later: (work: () => void) => void;
  readonly send: <N extends SessionEventName>(event: N, payload: SessionEvents[N]) => void;
}

/** Milliseconds of training between two looks at the message queue. */
const SLICE = 12;
/** Milliseconds between two progress events. */
const PROGRESS_EVERY = 100;

type Handlers = {
  readonly [N in SessionRequestName]: (argument: SessionRequests[N]['request']) => Promise<SessionRequests[N]['reply']> | SessionRequests[N]['reply'];
};

/** One run after another, asked for by requests, told by events. Knows no thread: `worker.ts` joins it to one. */
export class Session {
  readonly handlers: Handlers = {
    open: (argument) => this.imports.during(argument.folder ?? null, (imports) => this.open(argument, imports)),
    describeFile: (argument) => this.imports.during(argument.folder, (imports) => answerDescribe(argument, this.surroundings.engine, imports)),
    cancelLoading: () => this.imports.cancel(),
    previewData: (argument) => this.imports.during(argument.folder ?? null, (imports) => dataReply(argument, { ...this.surroundings.engine, imports })),
    start: (argument) => this.start(argument),
    pause: () => this.pause(),
    step: () => this.step(),
    stop: () => this.stop(),
    reset: () => this.reset(),
    setLearningRate: ({ value }) => this.setLearningRate(value),
    setProbeEvery: ({ milliseconds }) => this.setProbeEvery(milliseconds),
    exportModel: ({ arrays }) => verifiedModel(this.trainedRun(), this.surroundings.engine, arrays),
    exportFile: (argument) => exportedFile(this.trainedRun(), this.surroundings.engine, argument),
    checkpoint: () => this.checkpoint(),
    resume: ({ checkpoint }) => this.resume(checkpoint),
    probes: (argument) => this.probes(argument),
    importModel: (argument) => this.imports.during(argument.folder ?? null, (imports) => importReply(argument, { ...this.surroundings.engine, imports })),
    modelCode: ({ project }) => modelCode(project, this.opened?.dataset.signature ?? null),
    weights: ({ node }) => weightsReply(this.expectOpened(), node),
    sample: (argument) => sampleReply(this.expectOpened(), argument, this.surroundings),
    rankNext: (argument) => rankReply(this.expectOpened(), argument, this.surroundings.engine),
    ...explainHandlers(() => ({ opened: this.expectOpened(), engine: this.surroundings.engine, snapshots: this.snapshots })),
    debug: (argument) => this.debugging.look(this.expectOpened(), argument, this.surroundings, () => this.opened),
    debugNode: (argument) => this.debugging.node(argument),
    debugCopy: (argument) => this.debugging.copy(argument),
    measureMemory: (argument) => this.memoryLength.measure(argument),
    cancelMemory: () => this.memoryLength.cancel(),
    status: () => this.status(),
  };

  private readonly surroundings: SessionSurroundings;
  private readonly imports: Imports;
  private readonly memoryLength: MemoryLength;
  private readonly debugging = new Debugger();
  private opened: OpenedProject | null = null;
  private state: RunState = 'idle';
  private limit = NO_LIMIT;
  private points: LossPoint[] = [];
  private validations: SessionEvents['validation'][] = [];
  private readonly lastFinite = new LastFinite();
  private readonly snapshots = new Snapshots();
  private test: TestScore | null = null;
  private readonly time = new TrainingTime();
  private nextProgress = 0;
  private readonly prober: Prober;

  constructor(surroundings: SessionSurroundings) {
    this.surroundings = surroundings;
    this.imports = new Imports(surroundings);
    this.memoryLength = new MemoryLength(surroundings);
    this.prober = new Prober(surroundings.now, (frame) => {
      surroundings.send('probe', frame);
    });
  }

  /** Stops where it is and gives back the kernel threads; they end by themselves. */
  close(): void {
    this.opened?.run.close();
    this.debugging.forget();
    this.opened = null;
    this.state = 'idle';
  }

  private async open({ project, seed, threads, keep, weights }: SessionRequests['open']['request'], imports: ImportServices): Promise<OpenReply> {
    const { engine, memory } = this.surroundings;
    const left = keep === true && this.opened !== null ? leftWeights(this.opened) : null;
    this.close();
    this.prober.cool();
    const opening = await openProject(project, seed ?? null, { ...engine, imports }, memory, this.surroundings.threads(threads ?? null));
    if (!opening.ok) {
      const { dataset } = opening;
      const data = dataset === null ? null : summariseData(dataset);
      return {
        ...this.status(),
        problems: opening.problems,
        data,
        signature: dataset?.signature ?? null,
        parameters: 0,
        probeLayers: [],
        steps: 0,
        kept: null,
      };
    }
    const { opened } = opening;
    this.opened = opened;
    const kept = weights !== undefined ? takeWeights(opened, weights) : left === null ? null : keepWeights(opened, left);
    this.forget('ready');
    const parameters = opened.checked.parameters.reduce((total, { shape }) => total + shape.reduce((a, b) => a * b, 1), 0);
    const { signature } = opened.dataset;
    return {
      ...this.status(),
      problems: [],
      data: summariseData(opened.dataset),
      signature,
      parameters,
      probeLayers: describeLayers(opened.run),
      steps: signature.longest,
      memory: opened.memory,
      kept,
    };
  }

  /** What belongs to one run goes; the opened project stays. */
  private forget(state: RunState): void {
    this.limit = { ...NO_LIMIT, epochs: this.opened?.project.training.epochs ?? 0 };
    this.points = [];
    this.validations = [];
    this.lastFinite.forget();
    this.snapshots.forget();
    this.test = null;
    this.time.restart();
    this.nextProgress = 0;
    this.prober.restart();
    this.state = state;
  }

  private start({ steps, seconds }: SessionRequests['start']['request']): StatusReply {
    const { run, project } = this.expectOpened();
    this.expectTrainable();
    if (this.state === 'running') return this.status();
    if (steps !== undefined || seconds !== undefined) this.limit = { ...NO_LIMIT, steps: steps ?? Infinity, seconds: seconds ?? Infinity };
    else if (this.atLimit(run)) this.limit = { ...NO_LIMIT, epochs: run.epoch + project.training.epochs };
    this.state = 'running';
    this.time.begin(this.surroundings.now());
    this.surroundings.later(() => {
      this.slice();
    });
    return this.tell();
  }

  private pause(): StatusReply {
    const running = this.running();
    if (running) this.state = 'paused';
    this.flush(true);
    if (running) this.prober.conclude(this.expectOpened());
    return this.tell();
  }

  private step(): StatusReply {
    const { run } = this.expectOpened();
    this.expectTrainable();
    this.state = 'paused';
    if (this.atLimit(run)) this.limit = { ...NO_LIMIT, steps: run.step + 1 };
    this.time.begin(this.surroundings.now());
    this.train(true);
    this.flush(true);
    return this.tell();
  }

  private stop(): StatusReply {
    if (this.state === 'running' || this.state === 'paused') this.finish();
    return this.status();
  }

  private reset(): StatusReply {
    this.expectOpened().run.reset();
    this.forget('ready');
    return this.tell();
  }

  private setLearningRate(value: number): StatusReply {
    this.expectOpened().run.learningRate = value;
    return this.tell();
  }

  private setProbeEvery(milliseconds: number): StatusReply {
    this.prober.choose(milliseconds);
    return this.status();
  }

  private trainedRun(): TrainedRun {
    const opened = this.expectOpened();
    return { opened, test: (this.test ??= this.testScore(opened)) };
  }

  private probes(request: SessionRequests['probes']['request']): Promise<ProbesReply> {
    const opened = this.expectOpened();
    return probesReply(opened, request, this.surroundings, () => this.opened === opened);
  }

  private checkpoint(): SessionRequests['checkpoint']['reply'] {
    const { run } = this.expectOpened();
    const finite = this.state === 'failed' ? this.lastFinite.encode() : null;
    if (finite !== null) return { bytes: finite, step: this.lastFinite.step ?? 0 };
    return { bytes: run.checkpoint(this.time.seconds), step: run.step };
  }

  private resume(checkpoint: Uint8Array): StatusReply {
    const restored = this.expectOpened().run.restore(checkpoint);
    if (!restored.ok) throw new ProblemError([checkpointProblem(restored)]);
    this.forget('paused');
    this.time.restart(this.status().step, restored.seconds);
    return this.tell();
  }

  private status(): StatusReply {
    const run = this.opened?.run;
    return { state: this.state, step: run?.step ?? 0, epoch: run?.epoch ?? 0, totalSteps: this.totalSteps(), learningRate: run?.learningRate ?? 0 };
  }

  /** Updates at the end of the run; where only time limits it, those of the project's epochs. */
  private totalSteps(): number {
    const run = this.opened?.run;
    if (run === undefined) return 0;
    if (Number.isFinite(this.limit.steps)) return this.limit.steps;
    return Number.isFinite(this.limit.epochs) ? run.stepsPerEpoch * this.limit.epochs : run.totalSteps;
  }

  private atLimit(run: OpenedProject['run']): boolean {
    return run.step >= this.limit.steps || (run.atEpochEnd && run.epoch >= this.limit.epochs);
  }

  private tell(): StatusReply {
    const status = this.status();
    this.surroundings.send('state', status);
    return status;
  }

  private expectOpened(): OpenedProject {
    if (this.opened === null) throw new ProblemError([problem('U024', 'No project is open in the engine.', 'Mend the problems listed, then train again.')]);
    return this.opened;
  }

  private expectTrainable(): void {
    if (this.state !== 'failed') return;
    throw new ProblemError([
      problem('U060', 'This run ended at a number that is not finite.', 'Reset it, with a lower learning rate or with clipping, and train again.'),
    ]);
  }

  /** Trains for one slice of time, then gives way to messages. */
  private slice(): void {
    if (this.state !== 'running') return;
    const end = this.untold() ? 0 : this.surroundings.now() + SLICE;
    do this.train(false);
    while (this.running() && this.surroundings.now() < end);
    this.flush(false);
    if (this.running())
      this.surroundings.later(() => {
        this.slice();
      });
  }

  /** No loss of this run has been sent: nothing may hold up the first one, so it is sent after one update without a probe. */
  private untold(): boolean {
    return this.nextProgress === 0;
  }

  /** `state` as it is now: training inside a slice may have changed it. */
  private running(): boolean {
    return this.state === 'running';
  }

  /** One update and all that follows from it. */
  private train(forceProbe: boolean): void {
    const { run } = this.expectOpened();
    const began = this.surroundings.now();
    this.lastFinite.keep(run, this.time.seconds, this.surroundings.now);
    this.snapshots.keep(run, this.surroundings.now);
    const watch = forceProbe || (this.prober.isDue(began) && !this.untold());
    if (watch) this.probe();
    else this.prober.keepStart(run);
    this.test = null;
    const report = run.trainStep();
    if (watch) this.prober.measureUpdate(run);
    this.time.add(this.surroundings.now(), run.step);
    this.points.push({ report, learningRate: report.learningRate });
    if (report.nonFinite !== null) {
      this.state = 'failed';
      this.flush(true);
      this.probe();
      const { nonFinite: place } = report;
      this.surroundings.send('stopped', { step: report.step, reason: 'non-finite', place, sentence: nonFiniteSentence(report.step, place) });
      this.tell();
      return;
    }
    this.lastFinite.confirm();
    if (run.atEpochEnd && this.endEpoch()) this.finish(run.restoreBest());
    else if (this.atLimit(run) || this.time.seconds >= this.limit.seconds) this.finish();
  }

  private probe(): void {
    this.prober.probe(this.expectOpened(), this.time.milliseconds);
  }

  /** Validates, to be told with the losses; true where early stopping ends the run. */
  private endEpoch(): boolean {
    const { run } = this.expectOpened();
    const { score: validation, stop } = run.endEpoch();
    this.validations.push({ step: run.step, ...validation });
    return stop;
  }

  private finish(earlyStop: SessionEvents['done']['earlyStop'] = null): void {
    const opened = this.expectOpened();
    this.state = 'done';
    this.snapshots.keep(opened.run, this.surroundings.now, true);
    this.flush(true);
    this.prober.conclude(opened);
    this.test = this.testScore(opened);
    const { step } = opened.run;
    this.surroundings.send('done', { steps: step, seconds: this.time.seconds, stepsPerSecond: this.time.stepsPerSecond(step), test: this.test, earlyStop });
    this.tell();
  }

  private testScore({ run, dataset }: OpenedProject): TestScore | null {
    return dataset.split.test.length === 0 ? null : testScore(run.evaluate('test'), dataset);
  }

  /** Sends losses and validations since the last time, and how far the run is; not more often than one can read, unless `now`. */
  private flush(now: boolean): void {
    const last = this.points.at(-1);
    const time = this.surroundings.now();
    if (last === undefined || (!now && time < this.nextProgress)) return;
    this.nextProgress = time + PROGRESS_EVERY;
    const { run } = this.expectOpened();
    const limit = Number.isFinite(this.limit.seconds) ? this.limit : { ...this.limit, steps: this.totalSteps() };
    const { report, learningRate } = last;
    this.surroundings.send('losses', encodeLosses(this.points));
    for (const validation of this.validations) this.surroundings.send('validation', validation);
    this.surroundings.send('progress', {
      step: report.step,
      epoch: report.epoch,
      totalSteps: this.status().totalSteps,
      trainLoss: report.loss,
      learningRate,
      gradientNorm: report.norm,
      clipped: report.clipped,
      stepsPerSecond: this.time.stepsPerSecond(run.step),
      secondsLeft: this.time.secondsLeft(run.step, limit),
      probing: this.prober.rate,
    });
    this.points = [];
    this.validations = [];
  }
}
