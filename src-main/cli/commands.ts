import type { Command } from './command.ts';
import { bench } from './commands/bench.ts';
import { check } from './commands/check.ts';
import { evaluate } from './commands/evaluate.ts';
import { exportModel } from './commands/export.ts';
import { gradients } from './commands/gradients.ts';
import { importCommand } from './commands/import.ts';
import { inspect } from './commands/inspect.ts';
import { locate } from './commands/locate.ts';
import { newProject } from './commands/new.ts';
import { predict } from './commands/predict.ts';
import { sample } from './commands/sample.ts';
import { scenarios } from './commands/scenarios.ts';
import { serve } from './commands/serve.ts';
import { train } from './commands/train.ts';

/** In the order of the help. */
export const COMMANDS: readonly Command[] = [
  scenarios,
  newProject,
  locate,
  check,
  train,
  evaluate,
  predict,
  sample,
  gradients,
  inspect,
  exportModel,
  importCommand,
  bench,
  serve,
];
