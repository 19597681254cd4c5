import type { EarlyStopOptions } from './course.ts';
import type { ScheduleOptions } from './schedule.ts';

/** The training part of a project, as the trainer needs it (the same fields as `TrainingSpec` of the document). */
export interface TrainingOptions {
  readonly optimizer: OptimizerOptions;
  readonly batchSize: number;
  readonly epochs: number;
  readonly seed: number;
  readonly clip: { readonly kind: 'none' } | { readonly kind: 'norm' | 'value'; readonly max: number };
  /** Constant where it is left out. */
  readonly schedule?: ScheduleOptions | undefined;
  /** `truncated`: sequences are cut into windows of `window` steps, one update each. Full where it is left out. */
  readonly bptt?: { readonly mode: 'full' | 'truncated'; readonly window?: number | undefined } | undefined;
  readonly earlyStop?: EarlyStopOptions | null | undefined;
}

export interface OptimizerOptions {
  readonly kind: 'sgd' | 'adagrad' | 'rmsprop' | 'adam' | 'adamw';
  readonly learningRate: number;
  readonly momentum?: number | undefined;
  readonly nesterov?: boolean | undefined;
  readonly alpha?: number | undefined;
  readonly beta1?: number | undefined;
  readonly beta2?: number | undefined;
  readonly epsilon?: number | undefined;
  readonly weightDecay?: number | undefined;
}
