/** How the learning rate changes in the course of a run; `warmup` updates at its begin raise it evenly from near 0. */
export type ScheduleOptions = { readonly warmup?: number | undefined } & (
  | { readonly kind: 'constant' }
  | { readonly kind: 'step'; readonly every: number; readonly factor: number }
  | { readonly kind: 'cosine'; readonly final: number }
  | { readonly kind: 'plateau'; readonly factor: number; readonly patience: number }
);

/** Where a run stands when it is about to make an update. */
export interface RunPlace {
  /** Updates made. */
  readonly step: number;
  /** Epochs ended. */
  readonly epochsEnded: number;
  readonly totalSteps: number;
  /** What the plateaus so far have made of the rate. */
  readonly plateauFactor: number;
}

/**
 * Learning rate of the next update as a share of the project's. `step`: times `factor` after every `every` epochs. `cosine`: half a
 * cosine from 1 to `final` over the run's updates after the warm-up (Loshchilov and Hutter 2017, without restarts), `final` after them.
 * `plateau`: times `factor` at each plateau of the validation loss (`Course`).
 */
export function rateFactor(schedule: ScheduleOptions, place: RunPlace): number {
  const warmup = schedule.warmup ?? 0;
  const share = place.step < warmup ? (place.step + 1) / warmup : 1;
  return share * afterWarmup(schedule, place, warmup);
}

function afterWarmup(schedule: ScheduleOptions, { step, epochsEnded, totalSteps, plateauFactor }: RunPlace, warmup: number): number {
  switch (schedule.kind) {
    case 'constant':
      return 1;
    case 'step':
      return schedule.factor ** Math.floor(epochsEnded / schedule.every);
    case 'cosine': {
      const done = Math.min(1, Math.max(0, step - warmup) / Math.max(1, totalSteps - warmup));
      return schedule.final + ((1 - schedule.final) * (1 + Math.cos(Math.PI * done))) / 2;
    }
    case 'plateau':
      return plateauFactor;
  }
}
