import type { Progress } from '../../../src-engine/session/protocol.ts';
import type { Context } from '../context.ts';
import { shortNumber } from './output.ts';

const BAR = 24;
/** Milliseconds between two lines where no bar can be drawn. */
const LINE_EVERY = 2000;

/** Progress on standard error: a bar that redraws itself on a terminal, else a line now and then where `lines` asks for it. */
export class ProgressBar {
  readonly #context: Context;
  readonly #lines: boolean;
  #drawn = false;
  #nextLine = 0;

  constructor(context: Context, lines: boolean) {
    this.#context = context;
    this.#lines = lines;
  }

  show(progress: Progress): void {
    const { errors, now } = this.#context;
    if (errors.isTerminal) {
      errors.write(`\r\u001b[2K${barText(progress).slice(0, Math.max(20, errors.columns - 1))}`);
      this.#drawn = true;
    } else if (this.#lines && now() >= this.#nextLine) {
      this.#nextLine = now() + LINE_EVERY;
      errors.write(`${statusText(progress)}\n`);
    }
  }

  clear(): void {
    if (this.#drawn) this.#context.errors.write('\r\u001b[2K');
    this.#drawn = false;
  }
}

function barText(progress: Progress): string {
  const share = progress.totalSteps > 0 ? Math.min(1, progress.step / progress.totalSteps) : 0;
  const filled = Math.round(share * BAR);
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${statusText(progress)}`;
}

function statusText({ step, totalSteps, epoch, trainLoss, stepsPerSecond, secondsLeft }: Progress): string {
  const left = secondsLeft === null ? '' : `  ${Math.ceil(secondsLeft)} s left`;
  // With --seconds the time ends it, and the project's epochs say nothing of the way.
  const of = step <= totalSteps ? `/${totalSteps}` : '';
  return `epoch ${epoch}  step ${step}${of}  loss ${shortNumber(trainLoss)}  ${Math.round(stepsPerSecond)} steps/s${left}`;
}
