import { readCellStates } from '../analyze/cell-states.ts';
import { gateStatistics, jacobianNorms, recurrentRadii, stateNorms } from '../analyze/cell-statistics.ts';
import { flowTriangle, type FlowTriangle } from '../train/flow-triangle.ts';
import type { Batch } from '../data/dataset.ts';
import type { Program } from '../ir/program.ts';
import type { Machine } from '../run/machine.ts';
import type { TrainingRun } from '../train/training-run.ts';
import type { UpdateMeasure } from '../train/update-measure.ts';
import { lengthsFor } from '../train/probes.ts';
import { writeBatch } from '../train/write-batch.ts';
import { toJson, type JsonNumber } from './json-number.ts';
import type { ProbesReply, SessionRequests } from './protocol.ts';
import { describeLayer } from './summaries.ts';

/** The probes that are made when asked for. Changes nothing that training reads. */
export function probesReply(run: TrainingRun, { jacobian, triangle }: SessionRequests['probes']['request']): ProbesReply {
  const { measuredUpdate } = run;
  return run.onProbeBatch((machine, program, batch) => {
    writeBatch(machine, program, batch, 'all');
    machine.run(program.sections.forward);
    return {
      step: run.step,
      rows: batch.rows,
      steps: batch.steps,
      cells: cellsOf(machine, program, batch, jacobian),
      recurrent: recurrentRadii(machine, program).map((each) => ({ ...each, radius: toJson(each.radius) })),
      update: measuredUpdate === null ? null : updateOf(measuredUpdate),
      triangle: triangle ? triangleOf(flowTriangle(machine, program, batch)) : null,
    };
  });
}

function cellsOf(machine: Machine, program: Program, batch: Batch, jacobian: boolean): ProbesReply['cells'] {
  return program.cells.map((cell) => {
    const states = readCellStates(machine, program, cell);
    const rows = { steps: batch.steps, lengths: lengthsFor(cell, batch) };
    const norms = stateNorms(states, rows);
    const measured = jacobian ? jacobianNorms(machine, program, states, rows) : null;
    return {
      ...describeLayer(cell),
      units: cell.units,
      gates: gateStatistics(states, rows).map(({ gate, mean, shut, open }) => ({ gate, mean: numbers(mean), shut: numbers(shut), open: numbers(open) })),
      stateNorms: { h: numbers(norms.h), c: norms.c === null ? null : numbers(norms.c) },
      jacobian: measured === null ? null : { rows: measured.rows, values: numbers(measured.values) },
    };
  });
}

function updateOf({ step, norm, clippedNorm, ratios }: UpdateMeasure): ProbesReply['update'] {
  return {
    step,
    norm: toJson(norm),
    clippedNorm: toJson(clippedNorm),
    ratios: ratios.map(({ parameter, ratio }) => ({ parameter, ratio: toJson(ratio) })),
  };
}

function triangleOf(triangle: FlowTriangle | null): ProbesReply['triangle'] {
  if (triangle === null) return null;
  return {
    lossSteps: triangle.lossSteps.map((t) => t + 1),
    cells: triangle.cells.map(({ cell, flow }) => ({ ...describeLayer(cell), flow: flow.map(numbers) })),
  };
}

function numbers(values: ArrayLike<number>): readonly JsonNumber[] {
  return Array.from(values, toJson);
}
