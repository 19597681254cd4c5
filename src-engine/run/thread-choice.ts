/** Runs of each kind that are timed before one is preferred; the first of each warms up and is not counted. */
const TRIALS = 4;
/** Runs after which the choice is looked at again: other programs come and go on the same cores. */
const LASTS = 500;
/** The team must be faster by this much: it costs others their cores. */
const MARGIN = 0.95;

/**
 * Decides, by timing its own runs, whether one section of one program is faster alone or with the team. The numbers come out the same
 * either way, so only time is at stake.
 */
export class ThreadChoice {
  private runs = 0;
  private best = { alone: Infinity, team: Infinity };
  private preferred: 'alone' | 'team' = 'alone';

  /** How the next run is to be made. */
  next(): 'alone' | 'team' {
    if (this.runs >= 2 * TRIALS) return this.preferred;
    return this.runs % 2 === 0 ? 'alone' : 'team';
  }

  /** Tells how long (in any unit) the run took that `next` asked for. */
  took(time: number): void {
    if (this.runs >= 2 && this.runs < 2 * TRIALS) {
      const kind = this.next();
      this.best[kind] = Math.min(this.best[kind], time);
    }
    this.runs += 1;
    if (this.runs === 2 * TRIALS) this.preferred = this.best.team < MARGIN * this.best.alone ? 'team' : 'alone';
    if (this.runs < 2 * TRIALS + LASTS) return;
    this.runs = 0;
    this.best = { alone: Infinity, team: Infinity };
  }
}
