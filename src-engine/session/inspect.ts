import { inspect, type Stage } from '../compile/inspect.ts';
import { loadDataset } from '../data/load-dataset.ts';
import { checkGraph } from '../document/check.ts';
import { parseProject } from '../document/file/parse-project.ts';
import { ProblemError } from '../document/problems.ts';
import type { EngineFiles } from './engine-files.ts';
import { updateOptions } from './update-options.ts';

/** A stage of a project's compilation as text, for `steps` steps (the longest sequence of its data where null). Throws ProblemError. */
export async function inspectProject(text: string, stage: Stage, steps: number | null, engine: EngineFiles): Promise<string> {
  const parsed = parseProject(text);
  if (!parsed.ok) throw new ProblemError(parsed.problems);
  const { graph, data, training } = parsed.project;
  const signature = data === null ? null : (await loadDataset(data, engine.assets, engine.imports)).signature;
  const checked = checkGraph(graph, signature);
  if (!checked.ok || signature === null) throw new ProblemError(checked.problems);
  const options = {
    batch: training.batchSize,
    steps: steps ?? signature.longest,
    backward: true,
    copies: false,
    ...updateOptions(training),
    reduce: training.bptt.reduce,
    carry: training.bptt.mode === 'truncated',
  };
  return inspect({ graph, checked, signature }, options, stage);
}

export type { Stage };
