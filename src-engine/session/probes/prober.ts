import type { Dataset } from '../../data/dataset.ts';
import { takeProbe } from '../../train/take-probe.ts';
import type { OnBatch } from '../../train/flow-triangle.ts';
import type { TrainingRun } from '../../train/training-run.ts';
import { encodeProbe } from './frames.ts';
import type { OpenedProject } from '../open-project.ts';
import { ProbePace, type ProbeRate } from './probe-pace.ts';
import type { ProbeFrame } from '../protocol.ts';

/** The probe frames of a run: the first is that of the weights it starts from, those after it come as often as the pace allows. */
export class Prober {
  private readonly now: () => number;
  private readonly send: (frame: ProbeFrame) => void;
  private readonly pace = new ProbePace();
  /** Nothing has been probed since the project was opened. */
  private cold = true;
  /** The weights before the first update, where they have not been probed yet. */
  private start: OnBatch | null = null;
  /** The update count of the last frame; null before there was one. */
  private told: number | null = null;

  /** `now` in milliseconds. */
  constructor(now: () => number, send: (frame: ProbeFrame) => void) {
    this.now = now;
    this.send = send;
  }

  /** Another project is opened. */
  cool(): void {
    this.cold = true;
  }

  /** A new run begins: its first frame is due at once. */
  restart(): void {
    this.start = null;
    this.told = null;
    this.pace.restart();
  }

  /** At most a frame in so many milliseconds. */
  choose(every: number): void {
    this.pace.choose(every);
  }

  isDue(now: number): boolean {
    return this.pace.isDue(now);
  }

  get rate(): ProbeRate | null {
    return this.pace.rate;
  }

  /** The first update comes before the first frame: keeps the weights that it changes, if none has been made. */
  keepStart(run: TrainingRun): void {
    if (run.step === 0) this.start ??= run.atThisMoment();
  }

  /** Measures the gradient's flow after `trained` milliseconds of training, and makes ready to measure the update after it. */
  probe({ run, dataset }: OpenedProject, trained: number): void {
    // The first one compiles its program and warms the kernels up: no measure for the cost of those that follow.
    if (this.cold) run.probe();
    this.cold = false;
    const began = this.now();
    if (this.isNews(run)) this.tell(run, dataset);
    run.watchUpdate();
    this.pace.begin(began, trained);
    this.pace.charge(this.now() - began);
  }

  /** Training stands still: the last frame is to be that of the weights as they are now. Outside the pace, since no training waits for it. */
  conclude({ run, dataset }: OpenedProject): void {
    if (this.start !== null) this.tell(run, dataset);
    if (this.isNews(run)) this.tell(run, dataset);
  }

  measureUpdate(run: TrainingRun): void {
    const began = this.now();
    run.measureUpdate();
    this.pace.charge(this.now() - began);
  }

  /** The last frame shows other weights than those of now. */
  private isNews(run: TrainingRun): boolean {
    return this.start !== null || this.told !== run.step;
  }

  private tell(run: TrainingRun, dataset: Dataset): void {
    const { start } = this;
    this.start = null;
    this.told = start === null ? run.step : 0;
    this.send(encodeProbe(this.told, start === null ? run.probe() : start(takeProbe), dataset.signature.longest));
  }
}
