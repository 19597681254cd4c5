import {
  SETTING_BETA1,
  SETTING_BETA2,
  SETTING_CLIP_MAX,
  SETTING_CLIP_VALUE,
  SETTING_CORRECTION1,
  SETTING_CORRECTION2,
  SETTING_DROPOUT,
  SETTING_EPSILON,
  SETTING_LEARNING_RATE,
  SETTING_LOSS_LIMIT,
  SETTING_PROGRESS,
  SETTING_WEIGHT_DECAY,
} from '../ir/opcodes.ts';
import type { Machine } from '../run/machine.ts';
import type { OptimizerOptions, TrainingOptions } from './options.ts';

/** Constants where the project names none: those of PyTorch's optimisers. */
const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 };
const RMSPROP_ALPHA = 0.99;
const ADAGRAD_EPSILON = 1e-10;

/** Puts what update number `update` (from 1) needs where the program reads it, at `settings`. */
export function writeSettings(machine: Machine, settings: number, options: TrainingOptions, learningRate: number, update: number, lossLimit: number): void {
  const { optimizer, clip } = options;
  const { beta1, beta2, epsilon } = constants(optimizer);
  const values = new Float64Array(SETTING_CLIP_MAX + 1);
  values[SETTING_LEARNING_RATE] = learningRate;
  values[SETTING_BETA1] = beta1;
  values[SETTING_BETA2] = beta2;
  values[SETTING_EPSILON] = epsilon;
  values[SETTING_CLIP_MAX] = clip.kind === 'norm' ? clip.max : 0;
  machine.writeFloats(settings, values);
  machine.writeFloats(settings + SETTING_CORRECTION1, [correction(machine, settings + SETTING_BETA1, update)]);
  machine.writeFloats(settings + SETTING_CORRECTION2, [correction(machine, settings + SETTING_BETA2, update)]);
  machine.writeInts(settings + SETTING_DROPOUT, dropoutSlots(options.seed, update));
  machine.writeFloats(settings + SETTING_CLIP_VALUE, [clip.kind === 'value' ? clip.max : 0]);
  machine.writeFloats(settings + SETTING_LOSS_LIMIT, [lossLimit]);
  machine.writeFloats(settings + SETTING_WEIGHT_DECAY, [optimizer.weightDecay ?? ADAM.weightDecay]);
}

/** How far the run is: 0 in its first epoch, 1 in its last and after it; decoders' share of wanted classes goes with it. `epoch` counts from 1. */
export function writeProgress(machine: Machine, settings: number, epoch: number, epochs: number): void {
  machine.writeFloats(settings + SETTING_PROGRESS, [epochs > 1 ? Math.min(1, (epoch - 1) / (epochs - 1)) : 0]);
}

/** 1 / (1 - beta^update) for beta as the machine keeps it: float32 rounds 1 - 0.999 by 5e-5 of itself, which must cancel in the first updates. */
function correction(machine: Machine, beta: number, update: number): number {
  return 1 / (1 - machine.read(beta) ** update);
}

/** SETTING_DROPOUT, SETTING_DROPOUT_SEED, SETTING_DROPOUT_COUNTER. The update section ends with dropout off. */
function dropoutSlots(seed: number, update: number): readonly number[] {
  return [1, seed | 0, update];
}

function constants({ kind, momentum, alpha, beta1, beta2, epsilon }: OptimizerOptions): {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
} {
  return {
    beta1: kind === 'sgd' ? (momentum ?? 0) : (beta1 ?? ADAM.beta1),
    beta2: kind === 'rmsprop' ? (alpha ?? RMSPROP_ALPHA) : (beta2 ?? ADAM.beta2),
    epsilon: epsilon ?? (kind === 'adagrad' ? ADAGRAD_EPSILON : ADAM.epsilon),
  };
}
