import { readCellStates, type CellStates } from '../../analyze/cell-states.ts';
import { readWeights } from '../../analyze/cell-statistics.ts';
import type { CellWeights } from '../../analyze/jacobian.ts';
import type { Batch } from '../../data/dataset.ts';
import type { Project } from '../../document/project.ts';
import type { DataSignature } from '../../document/signature.ts';
import { SETTING_DROPOUT } from '../../ir/opcodes.ts';
import type { CellPlace, CopyPlace, Program } from '../../ir/program.ts';
import type { Machine } from '../../run/machine.ts';
import { lossLimit } from '../../train/loss-limit.ts';
import { lengthsFor } from '../../train/probes.ts';
import { writeSettings } from '../../train/settings.ts';
import { cutWindow, endsWithin, windowLength, windowsOf, type Window } from '../../train/windows.ts';
import { writeBatch, type LossSteps } from '../../train/write-batch.ts';
import { debugExample, type DebugExample } from './debug-example.ts';
import type { EngineFiles } from '../engine-files.ts';
import type { GivenInput } from '../answers/explanations.ts';
import { ModelRunner } from '../model-runner.ts';
import type { OpenedProject } from '../open-project.ts';

type Floats = Float32Array | Float64Array;

/** A part of the example between two truncation boundaries, or all of it. */
export interface Piece {
  readonly window: Window;
  readonly batch: Batch;
  readonly lossSteps: LossSteps;
  readonly program: Program;
}

/** What a forward section left of a cell, and the weights it ran with. */
export interface ForwardCell {
  readonly cell: CellPlace;
  readonly states: CellStates;
  readonly weights: CellWeights;
}

/** What of an opened project is looked at. */
type Debugged = Pick<OpenedProject, 'project' | 'dataset' | 'checked' | 'run'>;

/** One example on a memory of its own, with copies of the weights and the optimiser's state: whatever is run here, training does not see it. */
export class DebugRun {
  readonly example: DebugExample;
  readonly pieces: readonly Piece[];
  readonly project: Project;
  readonly signature: DataSignature;
  /** Updates made when the weights were taken, and the learning rate of the next. */
  readonly step: number;
  readonly learningRate: number;
  /** The node that owns each parameter, by name. */
  readonly owners: ReadonlyMap<string, string>;
  private readonly runner: ModelRunner;
  private readonly moments: Floats;
  /** States that came into each piece. */
  private readonly incoming = new Map<Piece, Floats>();

  /** Throws ProblemError as `debugExample` does. */
  constructor(opened: Debugged, input: GivenInput, engine: EngineFiles) {
    const { project, dataset, run, checked } = opened;
    const model = { project, signature: dataset.signature, parameters: run.readParameters() };
    this.project = project;
    this.signature = dataset.signature;
    this.step = run.step;
    this.learningRate = run.nextLearningRate;
    this.owners = new Map(checked.parameters.map(({ name, node }) => [name, node]));
    this.moments = run.state(0).arrays.moments;
    this.example = debugExample(opened, model, input, engine);
    this.runner = new ModelRunner(model, engine);
    const length = windowLength(project.training);
    const programs = this.runner.programs({ backward: true, copies: true, carry: length !== null });
    this.pieces = cut(this.example.batch, length).map((each) => ({ ...each, program: programs.for(1, each.batch.steps) }));
  }

  get machine(): Machine {
    return this.runner.machine;
  }

  /** The piece that holds step t, from 0. */
  pieceAt(t: number): Piece | null {
    return this.pieces.find(({ window }) => t >= window.start && t < window.start + window.steps) ?? null;
  }

  /** Forward and backward over one piece, from the states that the one before left (or left when it ran last). */
  run(piece: Piece, lossSteps: LossSteps = piece.lossSteps): readonly ForwardCell[] {
    const { machine } = this;
    const { program, batch } = piece;
    this.runner.load(program);
    const { carried, settings } = program.shared;
    const states = this.incoming.get(piece) ?? (piece === this.pieces[0] ? new Float32Array(carried.size) : machine.readFloats(carried.at, carried.size));
    this.incoming.set(piece, states);
    machine.writeFloats(carried.at, states);
    machine.fill(settings + SETTING_DROPOUT, 1, 0);
    writeBatch(machine, program, batch, lossSteps);
    machine.run(program.sections.forward);
    const cells = program.cells.map((cell) => ({ cell, states: readCellStates(machine, program, cell), weights: readWeights(machine, program, cell) }));
    machine.run(program.sections.backward);
    return cells;
  }

  /** The update that training would make of the gradient that stands there; `after` are the weights it leaves, by name. They are then put back. */
  update({ program }: Piece): ReadonlyMap<string, Floats> {
    const { machine } = this;
    const { settings, moments, parameters } = program.shared;
    machine.writeFloats(moments, this.moments);
    writeSettings(machine, settings, this.project.training, this.learningRate, this.step + 1, lossLimit(this.signature));
    machine.run(program.sections.update);
    const after = new Map(parameters.flatMap(({ name, at, size, trainable }) => (trainable ? [[name, machine.readFloats(at, size)] as const] : [])));
    this.runner.load(program);
    return after;
  }

  /** Hands the states of the piece that ran last on to the next. */
  carry({ program }: Piece): void {
    this.machine.run(program.sections.carry);
  }
}

/** The windows of an example, those behind its last loss included: their states are looked at too. */
function cut(batch: Batch, length: number | null): readonly Omit<Piece, 'program'>[] {
  if (length === null) return [{ window: { start: 0, steps: batch.steps, counts: true }, batch, lossSteps: 'all' }];
  const windows = [...windowsOf(batch, length)];
  for (let start = windows.length * length; start < batch.steps; start += length) {
    windows.push({ start, steps: Math.min(length, batch.steps - start), counts: false });
  }
  return windows.map((window) => ({
    window,
    batch: cutWindow(batch, window),
    lossSteps: { endsHere: [endsWithin(batch.lengths[0] ?? 0, window)] },
  }));
}

/** The step of the whole example, from 0, at which a parameter's copy of running step t stands; null where it is masked. */
export function placeOfCopy({ batch, window }: Piece, copies: CopyPlace | undefined, t: number): number | null {
  if (copies === undefined) return null;
  const length = lengthsFor(copies, batch)[0] ?? 0;
  if (t >= length) return null;
  return window.start + (copies.backward ? length - 1 - t : t);
}
