import type { OptimizerSpec, TrainingSpec } from '../project.ts';
import { problem, type Problem } from '../problems.ts';

/** What each optimiser reads beside its learning rate. */
const CONSTANTS: Readonly<Record<OptimizerSpec['kind'], readonly string[]>> = {
  sgd: ['momentum', 'nesterov'],
  adagrad: ['epsilon'],
  rmsprop: ['alpha', 'epsilon'],
  adam: ['beta1', 'beta2', 'epsilon'],
  adamw: ['beta1', 'beta2', 'epsilon', 'weightDecay'],
};
const NAMES: Readonly<Record<OptimizerSpec['kind'], string>> = { sgd: 'SGD', adagrad: 'Adagrad', rmsprop: 'RMSProp', adam: 'Adam', adamw: 'AdamW' };

/** U040 for a constant of another optimiser: it would silently have no effect. Keys that no optimiser has are the file's own business. */
export function checkTraining({ optimizer }: TrainingSpec): readonly Problem[] {
  const { kind } = optimizer;
  const known = new Set(Object.values(CONSTANTS).flat());
  const idle = Object.entries(optimizer).filter(([key, value]) => known.has(key) && !CONSTANTS[kind].includes(key) && value !== undefined);
  const problems = idle.map(([key]) => {
    const owners = Object.entries(CONSTANTS).flatMap(([owner, keys]) => (keys.includes(key) ? [NAMES[owner as OptimizerSpec['kind']]] : []));
    const fix = `Remove it, or train with ${owners.join(' or ')}.`;
    return problem('U040', `${NAMES[kind]} has no ${key}: it would have no effect.`, fix, { path: `training.optimizer.${key}` });
  });
  const idleNesterov = optimizer.kind === 'sgd' && optimizer.nesterov === true && (optimizer.momentum ?? 0) === 0;
  if (!idleNesterov) return problems;
  const fix = 'Set training.optimizer.momentum, e.g. to 0.9, or remove nesterov.';
  return [...problems, problem('U040', 'Nesterov needs momentum: without it SGD is plain.', fix, { path: 'training.optimizer.nesterov' })];
}
