/** When the next checkpoint is due: after so many updates, or so many seconds. */
export type CheckpointEvery = { readonly steps: number } | { readonly seconds: number };

/** Keeping takes at most this share of the time, however often it was asked for. */
const SHARE = 0.02;
/** Milliseconds. */
const RETRY_AFTER = 5000;

/** Says when to keep a checkpoint. Milliseconds never going back; steps are updates made. */
export class CheckpointPace {
  readonly #every: CheckpointEvery;
  #step = 0;
  #ended: number;
  #rest = 0;

  constructor(every: CheckpointEvery, step: number, now: number) {
    this.#every = every;
    this.#step = step;
    this.#ended = now;
  }

  isDue(step: number, now: number): boolean {
    if (step === this.#step || now - this.#ended < this.#rest) return false;
    const every = this.#every;
    return 'steps' in every ? step - this.#step >= every.steps : now - this.#ended >= every.seconds * 1000;
  }

  /** None could be kept: a while goes by before it is tried again. */
  failed(now: number): void {
    this.#ended = now;
    this.#rest = RETRY_AFTER;
  }

  /** One was kept, of the state after `step` updates. */
  kept(step: number, began: number, ended: number): void {
    this.#step = step;
    this.#ended = ended;
    this.#rest = (ended - began) / SHARE;
  }
}
