import { plainMeasures } from '../../../src-engine/data/measures.ts';
import type { Problem } from '../../../src-engine/document/problems.ts';
import type { Progress, SessionEvents, Validation } from '../../../src-engine/session/protocol.ts';
import type { Context } from '../context.ts';
import { jsonLine, scoreText, shortNumber } from '../terminal/output.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { furtherLines, testLine } from '../terminal/score-lines.ts';

type Done = SessionEvents['done'];
type Stopped = SessionEvents['stopped'];

/** Milliseconds between two progress lines. */
const PROGRESS_EVERY = 250;

/**
 * What `train` says while it trains: JSON lines or plain ones on standard output, progress on standard error, and every JSON line
 * in `metrics` as well.
 */
export class TrainReport {
  readonly #context: Context;
  readonly #json: boolean;
  readonly #bar: ProgressBar;
  readonly #metrics: ((line: string) => void) | null;
  #last: Progress | null = null;
  #nextProgress = 0;

  constructor(context: Context, json: boolean, metrics: ((line: string) => void) | null) {
    this.#context = context;
    this.#json = json;
    this.#bar = new ProgressBar(context, !json);
    this.#metrics = metrics;
  }

  progress(progress: Progress): void {
    this.#last = progress;
    if (this.#context.now() < this.#nextProgress) return;
    this.#nextProgress = this.#context.now() + PROGRESS_EVERY;
    const { step, epoch, trainLoss, learningRate, gradientNorm, stepsPerSecond } = progress;
    this.#emit({ event: 'progress', step, epoch, trainLoss, learningRate, gradientNorm, stepsPerSecond }, null);
    this.#bar.show(progress);
  }

  validation({ step, loss, metric, score, measures }: Validation): void {
    const before = this.#last;
    const train = before === null ? '' : `  train loss ${shortNumber(before.trainLoss)}`;
    const speed = before === null ? '' : `  ${Math.round(before.stepsPerSecond)} steps/s`;
    const text = `step ${step}${train}  validation loss ${shortNumber(loss)}  ${scoreText(metric, score)}${speed}`;
    this.#emit({ event: 'validation', step, loss, metric, score, measures: plainMeasures(measures) }, text);
  }

  stopped({ place, reason, sentence }: Stopped): void {
    this.#emit({ event: 'stopped', reason, layer: place.layer, t: place.t, quantity: place.quantity }, null);
    this.#bar.clear();
    this.#context.errors.write(`${sentence}\n`);
  }

  /** `lastFinite`: the updates before the state that is kept of a run that stopped at a number that is not finite. */
  checkpoint(path: string, lastFinite: number | null): void {
    const text =
      lastFinite === null
        ? `Saved a checkpoint to ${path}. Go on from it with --resume ${path}.`
        : `Saved the last state that was kept while all numbers were finite, after ${lastFinite} steps, to ${path}. Go on from it with --resume ${path} and a lower learning rate or clipping.`;
    this.#emit({ event: 'checkpoint', path }, text);
  }

  /** One of those that are kept while it trains: no news on a terminal. */
  keptCheckpoint(path: string): void {
    this.#emit({ event: 'checkpoint', path }, null);
  }

  checkpointFailed(problems: readonly Problem[]): void {
    this.#bar.clear();
    for (const { code, message, fix } of problems) this.#context.errors.write(`${code} ${message} ${fix} Training goes on without a checkpoint.\n`);
  }

  done({ steps, seconds, stepsPerSecond, test, earlyStop }: Done, model: string | null): void {
    this.#bar.clear();
    if (model !== null && !this.#json) this.#context.output.write(`Wrote ${model}.\n`);
    const score = test === null ? 'no test score' : testLine(test);
    const further = test === null ? '' : furtherLines(test);
    const speed = `${steps} steps in ${seconds.toFixed(1)} s, ${Math.round(stepsPerSecond)} steps/s`;
    const early =
      earlyStop === null ? '' : `stopped early; the weights are those of epoch ${earlyStop.epoch}, validation loss ${shortNumber(earlyStop.loss)}\n`;
    this.#emit(
      { event: 'done', steps, seconds, stepsPerSecond, test, model, ...(earlyStop === null ? {} : { earlyStop }) },
      `${early}${further}${speed}\n${score}`,
    );
  }

  #emit(value: object, text: string | null): void {
    const line = jsonLine(value);
    this.#metrics?.(line);
    const said = this.#json ? line : text === null ? null : `${text}\n`;
    if (said === null) return;
    this.#bar.clear();
    this.#context.output.write(said);
  }
}
