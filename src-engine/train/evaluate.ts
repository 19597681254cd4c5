import { evaluationBatches, makeBatch, type Part } from '../data/batching.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Machine } from '../run/machine.ts';
import type { Programs } from './model-state.ts';
import { scoreRule, ScoreSum, type OutputScale, type Score } from './score.ts';
import { cutWindow, endsWithin, windowsOf } from './windows.ts';
import { writeBatch } from './write-batch.ts';

/** Loss and score of one part of the data with the machine's parameters as they are. Changes no parameter. */
export function evaluatePart(machine: Machine, programs: Programs, dataset: Dataset, part: Part, batchSize: number, scale: OutputScale): Score {
  const sum = new ScoreSum(scoreRule(dataset.signature, dataset.baseline.metric, scale));
  for (const examples of evaluationBatches(dataset, part, batchSize)) {
    const batch = makeBatch(dataset, examples, batchSize);
    const program = programs.for(batch.size, batch.steps);
    machine.load(program);
    writeBatch(machine, program, batch, 'all');
    machine.run(program.sections.forward);
    sum.add(machine, program, batch, 'all');
  }
  return sum.finish();
}

/**
 * The same by windows of `window` steps, which hand their states on: no more memory than training by windows. Leaves other states behind
 * between windows than it found.
 */
export function evaluateByWindows(
  machine: Machine,
  programs: Programs,
  dataset: Dataset,
  part: Part,
  batchSize: number,
  scale: OutputScale,
  window: number,
): Score {
  const sum = new ScoreSum(scoreRule(dataset.signature, dataset.baseline.metric, scale, false));
  for (const examples of evaluationBatches(dataset, part, batchSize)) {
    const batch = makeBatch(dataset, examples, batchSize);
    for (const each of windowsOf(batch, window)) {
      const piece = cutWindow(batch, each);
      const lossSteps = { endsHere: Array.from(batch.lengths, (length) => endsWithin(length, each)) };
      const program = programs.for(piece.size, piece.steps);
      const { carried } = program.shared;
      machine.load(program);
      if (each.start === 0) machine.fill(carried.at, carried.size, 0);
      writeBatch(machine, program, piece, lossSteps);
      machine.run(program.sections.forward);
      if (each.counts) sum.add(machine, program, piece, lossSteps);
      machine.run(program.sections.carry);
    }
  }
  return sum.finish();
}
