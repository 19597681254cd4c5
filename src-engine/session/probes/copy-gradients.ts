import type { Batch } from '../../data/dataset.ts';
import type { Program } from '../../ir/program.ts';
import type { Machine } from '../../run/machine.ts';
import { lengthsFor } from '../../train/probes.ts';
import { writeBatch } from '../../train/write-batch.ts';
import type { EngineFiles } from '../engine-files.ts';
import { toJson, type JsonNumber } from '../json-number.ts';
import { ModelRunner } from '../model-runner.ts';
import type { OpenedProject } from '../open-project.ts';

export interface CopyGradient {
  readonly parameter: string;
  /** L2 norm of each copy's part of the parameter's gradient, before the parts are summed or averaged, [T]. */
  readonly values: readonly JsonNumber[];
}

/** Norms of each copy's part, after a backward section on the batch; the gate blocks of one parameter that are made apart add as squares. NaN past the longest row. */
export function readCopies(machine: Machine, program: Program, batch: Batch): readonly CopyGradient[] {
  machine.run(program.sections.copies);
  const squares = new Map<string, Float64Array>();
  for (const { parameter, norms, steps, backward: reversed, axis } of program.copies) {
    const stepwise = steps === program.steps;
    const longest = stepwise ? lengthsFor({ axis }, batch).reduce((most, length) => Math.max(most, length), 0) : steps;
    const sums = squares.get(parameter) ?? new Float64Array(steps).fill(Number.NaN, longest);
    for (const [t, norm] of machine.readFloats(norms, longest).entries()) {
      const place = reversed ? longest - 1 - t : t;
      sums[place] = (sums[place] ?? 0) + norm * norm;
    }
    squares.set(parameter, sums);
  }
  return [...squares].map(([parameter, sums]) => ({ parameter, values: Array.from(sums, (sum) => toJson(Math.sqrt(sum))) }));
}

/** The copies' gradients of the examples of every probe, with the weights as they are now, on a memory of its own. */
export function probedCopies({ project, dataset, checked, run }: OpenedProject, engine: EngineFiles): readonly (CopyGradient & { readonly node: string })[] {
  const batch = run.onProbeBatch((_machine, _program, probed): Batch => probed);
  const runner = new ModelRunner({ project, signature: dataset.signature, parameters: run.readParameters() }, engine);
  const program = runner.program(batch, { backward: true, copies: true });
  writeBatch(runner.machine, program, batch, 'all');
  runner.machine.run({ begin: program.sections.forward.begin, end: program.sections.backward.end });
  const owners = new Map<string, string>(checked.parameters.map(({ name, node }) => [name, node]));
  return readCopies(runner.machine, program, batch).map((each) => ({ ...each, node: owners.get(each.parameter) ?? '' }));
}
