import type { UpdateOptions, UpdateRule } from '../compile/emit-update.ts';
import type { OptimizerSpec, TrainingSpec } from '../document/project.ts';

/** How the compiler is to make the update that the project's training names. */
export function updateOptions({ optimizer, clip }: Pick<TrainingSpec, 'optimizer' | 'clip'>): UpdateOptions {
  return { optimizer: updateRule(optimizer), clipValues: clip.kind === 'value' };
}

function updateRule(optimizer: OptimizerSpec): UpdateRule {
  if (optimizer.kind !== 'sgd') return optimizer.kind;
  if ((optimizer.momentum ?? 0) === 0) return 'sgd';
  return optimizer.nesterov === true ? 'nesterov' : 'momentum';
}
