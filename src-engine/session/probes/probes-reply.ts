import { readCellStates, type BatchRows, type CellStates } from '../../analyze/cell-states.ts';
import { gateStatistics, jacobianNorms, readWeights, recurrentRadii, stateNorms } from '../../analyze/cell-statistics.ts';
import type { CellWeights } from '../../analyze/jacobian.ts';
import { flowTriangle, type FlowTriangle } from '../../train/flow-triangle.ts';
import { lengthsFor } from '../../train/probes.ts';
import type { TrainingRun } from '../../train/training-run.ts';
import type { Turns } from '../../train/turns.ts';
import type { UpdateMeasure } from '../../train/update-measure.ts';
import { writeBatch } from '../../train/write-batch.ts';
import { probedCopies } from './copy-gradients.ts';
import type { EngineFiles } from '../engine-files.ts';
import { inPieces, type Pace } from '../in-pieces.ts';
import { toJson, type JsonNumber } from '../json-number.ts';
import type { OpenedProject } from '../open-project.ts';
import type { ProbesReply, SessionRequests } from '../protocol.ts';
import { describeLayer } from '../summaries.ts';

/** What measuring needs of a session's surroundings. */
interface Surroundings extends Pace {
  readonly engine: EngineFiles;
}

/** `probesInTurns` in pieces; what they measure are the weights at its begin. Throws ProblemError where `isOpen` turns false meanwhile. */
export function probesReply(
  opened: OpenedProject,
  request: SessionRequests['probes']['request'],
  surroundings: Surroundings,
  isOpen: () => boolean,
): Promise<ProbesReply> {
  const work = probesInTurns(opened.run, request, () => probedCopies(opened, surroundings.engine));
  return inPieces(work, surroundings, isOpen, 'its probes were');
}

/** The probes that are made when asked for. Changes nothing that training reads, and may be left in the middle. */
export function* probesInTurns(
  run: TrainingRun,
  { jacobian, triangle, copies = false }: SessionRequests['probes']['request'],
  measureCopies: () => ProbesReply['copies'] = () => null,
): Turns<ProbesReply> {
  const { measuredUpdate, step } = run;
  const onBatch = run.atThisMoment();
  const {
    rows,
    steps,
    cells: places,
  } = onBatch((machine, program, batch) => {
    writeBatch(machine, program, batch, 'all');
    machine.run(program.sections.forward);
    const read = program.cells.map((cell) => ({
      states: readCellStates(machine, program, cell),
      weights: readWeights(machine, program, cell),
      lengths: { steps: batch.steps, lengths: lengthsFor(cell, batch) },
    }));
    return { rows: batch.rows, steps: batch.steps, cells: read };
  });
  const measuredCopies = copies ? measureCopies() : null;
  yield;
  const cells: ProbesReply['cells'][number][] = [];
  const recurrent: ProbesReply['recurrent'][number][] = [];
  for (const place of places) {
    cells.push(yield* cellInTurns(place, jacobian));
    for (const each of yield* recurrentRadii(place.states.cell, place.weights)) recurrent.push({ ...each, radius: toJson(each.radius) });
  }
  return {
    step,
    rows,
    steps,
    cells,
    recurrent,
    update: measuredUpdate === null ? null : updateOf(measuredUpdate),
    copies: measuredCopies,
    triangle: triangle ? triangleOf(yield* flowTriangle(onBatch)) : null,
  };
}

interface Place {
  readonly states: CellStates;
  readonly weights: CellWeights;
  readonly lengths: BatchRows;
}

function* cellInTurns({ states, weights, lengths }: Place, jacobian: boolean): Turns<ProbesReply['cells'][number]> {
  const norms = stateNorms(states, lengths);
  yield;
  const gates = gateStatistics(states, lengths).map(({ gate, mean, shut, open }) => ({ gate, mean: numbers(mean), shut: numbers(shut), open: numbers(open) }));
  yield;
  const measured = jacobian ? yield* jacobianNorms(weights, states, lengths) : null;
  return {
    ...describeLayer(states.cell),
    units: states.cell.units,
    gates,
    stateNorms: { h: numbers(norms.h), c: norms.c === null ? null : numbers(norms.c) },
    jacobian: measured === null ? null : { rows: measured.rows, values: numbers(measured.values) },
  };
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
