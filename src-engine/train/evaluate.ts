import { evaluationBatches, makeBatch, type Part } from '../data/batches/batching.ts';
import type { Batch, Dataset } from '../data/dataset.ts';
import type { Program } from '../ir/program.ts';
import type { Machine } from '../run/machine.ts';
import type { Programs } from './model-state.ts';
import { scoreRule, ScoreSum, type OutputScale, type Score } from './score.ts';
import { cutWindow, endsWithin, windowsOf } from './windows.ts';
import { writeBatch } from './write-batch.ts';

/** Programs of one model for scoring it. `answering`: those in which its decoders read their own answers; null for a model without decoders. */
export interface ScoringPrograms {
  readonly programs: Programs;
  readonly answering: Programs | null;
}

/**
 * Loss and score of one part of the data with the machine's parameters as they are. Changes no parameter. A decoder's loss is that with the targets given to
 * it (teacher forcing), its score that of the answers it makes alone.
 */
export function evaluatePart(
  machine: Machine,
  { programs, answering }: ScoringPrograms,
  dataset: Dataset,
  part: Part,
  batchSize: number,
  scale: OutputScale,
): Score {
  const sum = new ScoreSum(scoreRule(dataset.signature, dataset.baseline.metric, scale));
  for (const examples of evaluationBatches(dataset, part, batchSize)) {
    const batch = makeBatch(dataset, examples, batchSize);
    const program = forward(machine, programs, batch);
    if (answering === null) {
      sum.add(machine, program, batch, 'all');
      continue;
    }
    sum.addLoss(machine, program, batch, 'all');
    sum.addAnswers(machine, forward(machine, answering, batch), batch, 'all');
  }
  return sum.finish();
}

function forward(machine: Machine, programs: Programs, batch: Batch): Program {
  const program = programs.for(batch.size, batch.steps);
  machine.load(program);
  writeBatch(machine, program, batch, 'all');
  machine.run(program.sections.forward);
  return program;
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
