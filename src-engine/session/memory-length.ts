import { diagnose } from '../analyze/diagnosis.ts';
import { collapseBelow, nextLag, spanOf } from '../analyze/lag-search.ts';
import { isCellKind } from '../document/node-kinds.ts';
import { parseProjectValue } from '../document/file/parse-project.ts';
import { problem, ProblemError } from '../document/problems.ts';
import type { GraphNode, NodeId, Project } from '../document/project.ts';
import { RECALL_SYMBOLS, recallProbe } from '../scenarios/gradient-lab/recall-probe.ts';
import type { TrainingRun } from '../train/training-run.ts';
import type { EngineFiles } from './engine-files.ts';
import type { MemoryDecay, MemoryPoint, MemoryProgress, MemoryReply, MemoryRequest } from './memory-protocol.ts';
import { openProject } from './open-project.ts';

interface Surroundings {
  readonly engine: EngineFiles;
  /** Bytes of memory that the machine has. */
  readonly memory: number;
  /** Milliseconds, never going back. */
  readonly now: () => number;
  /** Calls back after other messages have had their turn. */
  readonly later: (work: () => void) => void;
  readonly send: (event: 'memory', progress: MemoryProgress) => void;
}

/** Milliseconds of training between two looks at the message queue, and between two reports. */
const SLICE = 12;
const REPORT_EVERY = 100;
/** Updates between two looks whether recall is perfect already, and what counts as that. */
const CHECK_EVERY = 50;
const PERFECT = 0.99;

/** One experiment at a time, asked for by `measure`; it goes on in slices, between which `cancel` is heard. */
export class MemoryLength {
  private readonly surroundings: Surroundings;
  private running: { cancelled: boolean } | null = null;

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings;
  }

  /** Throws ProblemError where the project cannot be read, has no such cell, or the cell cannot be trained with its settings. An experiment under way is cancelled. */
  async measure(request: MemoryRequest): Promise<MemoryReply> {
    this.cancel();
    const order = { cancelled: false };
    this.running = order;
    try {
      return await new Experiment(request, this.surroundings, order).run();
    } finally {
      if (this.running === order) this.running = null;
    }
  }

  /** What has been measured so far is then the answer. */
  cancel(): { readonly cancelled: boolean } {
    const { running } = this;
    if (running !== null) running.cancelled = true;
    return { cancelled: running !== null };
  }
}

class Experiment {
  private readonly request: MemoryRequest;
  private readonly surroundings: Surroundings;
  private readonly order: { readonly cancelled: boolean };
  private readonly began: number;
  private readonly project: Project;
  private readonly cell: GraphNode;
  private points: readonly MemoryPoint[] = [];
  private nextReport = 0;

  constructor(request: MemoryRequest, surroundings: Surroundings, order: { readonly cancelled: boolean }) {
    this.request = request;
    this.surroundings = surroundings;
    this.order = order;
    this.began = surroundings.now();
    const parsed = parseProjectValue(request.project);
    if (!parsed.ok) throw new ProblemError(parsed.problems);
    this.project = parsed.project;
    this.cell = cellOf(this.project, request.node);
  }

  async run(): Promise<MemoryReply> {
    const threshold = collapseBelow(RECALL_SYMBOLS);
    let lag = nextLag(this.points, threshold, this.request.longest);
    while (lag !== null && !this.isOver()) {
      const point = await this.train(lag);
      if (point === null) break;
      this.points = [...this.points, point].sort((a, b) => a.lag - b.lag);
      lag = nextLag(this.points, threshold, this.request.longest);
    }
    const span = spanOf(this.points, threshold);
    const found = span.collapsesAt === null ? 'longest' : 'found';
    return {
      ...span,
      cell: { kind: this.cell.kind, units: Number(this.cell.params['units'] ?? 64) },
      points: this.points,
      chance: 1 / RECALL_SYMBOLS,
      threshold,
      ended: lag === null ? found : this.order.cancelled ? 'cancelled' : 'time',
      seconds: this.seconds(),
    };
  }

  /** Null where the experiment is over before the lag is measured. */
  private async train(lag: number): Promise<MemoryPoint | null> {
    const { engine, memory } = this.surroundings;
    const project = recallProbe(this.cell, { ...this.project.training, seed: this.request.seed }, lag);
    const opening = await openProject(project, null, engine, memory);
    if (!opening.ok) throw new ProblemError(opening.problems);
    const { run } = opening.opened;
    try {
      const before = decayOf(run);
      const finite = await this.update(run, lag);
      if (finite === null) return null;
      return { lag, accuracy: run.evaluate('validation').score, updates: run.step, before, after: decayOf(run), finite };
    } finally {
      run.close();
    }
  }

  /** Updates until there are enough, or recall is perfect; whether all were finite. Null where the experiment was over before. */
  private async update(run: TrainingRun, lag: number): Promise<boolean | null> {
    const { now, later } = this.surroundings;
    this.report(lag, run.step);
    for (let end = now() + SLICE; run.step < this.request.updates;) {
      if (run.trainStep().nonFinite !== null) return false;
      if (run.step % CHECK_EVERY === 0 && run.evaluate('validation').score >= PERFECT) return true;
      if (now() < end) continue;
      this.report(lag, run.step);
      await new Promise<void>(later);
      if (this.isOver()) return null;
      end = now() + SLICE;
    }
    return true;
  }

  private isOver(): boolean {
    return this.order.cancelled || this.seconds() >= this.request.seconds;
  }

  private seconds(): number {
    return (this.surroundings.now() - this.began) / 1000;
  }

  private report(lag: number, updates: number): void {
    const time = this.surroundings.now();
    if (time < this.nextReport) return;
    this.nextReport = time + REPORT_EVERY;
    this.surroundings.send('memory', { points: this.points, lag, updates, seconds: this.seconds() });
  }
}

function cellOf({ graph }: Project, id: string): GraphNode {
  const cell = graph.nodes.find((node) => node.id === id);
  if (cell !== undefined && isCellKind(cell.kind)) return cell;
  const place = cell === undefined ? {} : { node: id as NodeId };
  throw new ProblemError([problem('U047', `"${id}" is no cell whose memory could be measured.`, 'Choose an RNN, a GRU or an LSTM of the model.', place)]);
}

function decayOf(run: TrainingRun): MemoryDecay {
  const { factorPerStep, halfLife, doubling } = diagnose(run.probe().lagFlow[0] ?? []);
  return { factor: finiteOrNull(factorPerStep), halfLife: finiteOrNull(doubling === null ? halfLife : -doubling) };
}

const finiteOrNull = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? value : null);
