import { compile, type Model } from '../compile/compile.ts';
import { initialValues } from '../compile/initial-values.ts';
import type { Dataset } from '../data/dataset.ts';
import { loadDataset } from '../data/load-dataset.ts';
import { checkGraph } from '../document/check.ts';
import { checkTraining } from '../document/check/check-training.ts';
import { hasDecoder } from '../document/decoder-cell.ts';
import type { CheckedGraph } from '../document/checked.ts';
import { parseProjectValue } from '../document/file/parse-project.ts';
import { problem, ProblemError, type Problem } from '../document/problems.ts';
import type { Project } from '../document/project.ts';
import type { DataSignature } from '../document/signature.ts';
import { createMachine } from '../run/create-machine.ts';
import type { Threads } from '../run/wasm-machine.ts';
import { Programs } from '../train/model-state.ts';
import { TrainingRun } from '../train/training-run.ts';
import { checkMemory, estimateMemory, type MemoryEstimate } from './check-memory.ts';
import { checkWindows } from '../document/check/check-windows.ts';
import type { EngineFiles } from './engine-files.ts';
import { identityOf } from './project-identity.ts';
import { updateOptions } from './update-options.ts';

/** A project with its data, compiled and initialised: ready for its first step. */
export interface OpenedProject {
  readonly project: Project;
  readonly dataset: Dataset;
  readonly checked: CheckedGraph;
  readonly run: TrainingRun;
  readonly memory: MemoryEstimate;
}

export type Opening =
  { readonly ok: true; readonly opened: OpenedProject } | { readonly ok: false; readonly problems: readonly Problem[]; readonly dataset: Dataset | null };

/** Parse, load the data, check, estimate the memory against the `machineBytes` there are, compile, initialise. A user's mistake comes back as problems; with the data set where it could be loaded. */
export async function openProject(
  value: unknown,
  seed: number | null,
  engine: EngineFiles,
  machineBytes: number,
  threads: Threads | null = null,
): Promise<Opening> {
  const parsed = parseProjectValue(value);
  if (!parsed.ok) return { ok: false, problems: parsed.problems, dataset: null };
  const project = seed === null ? parsed.project : { ...parsed.project, training: { ...parsed.project.training, seed } };
  const loaded = await loadData(project, engine);
  if (!loaded.ok) return { ok: false, problems: [...checkGraph(project.graph, null).problems, ...loaded.problems], dataset: null };
  const { dataset } = loaded;
  const checked = checkGraph(project.graph, dataset.signature);
  if (!checked.ok) return { ok: false, problems: checked.problems, dataset };
  const fit = [...checkVectors(project, dataset), ...checkWindows(project), ...checkTraining(project.training)];
  if (fit.length > 0) return { ok: false, problems: fit, dataset };
  const model = { graph: project.graph, checked, signature: dataset.signature };
  const programs = trainingPrograms(model, project);
  const shortage = checkMemory(programs, project.training, dataset.signature.longest, engine.kernels.kind, machineBytes);
  if (shortage.length > 0) return { ok: false, problems: shortage, dataset };
  const memory = estimateMemory(programs, project.training, dataset.signature.longest, engine.kernels.kind, machineBytes);
  const run = new TrainingRun({
    machine: createMachine(engine.kernels, threads),
    programs,
    answering: hasDecoder(project.graph) ? answeringPrograms(model, project) : null,
    dataset,
    options: project.training,
    initialisers: initialValues(checked),
    scale: outputScale(dataset.signature),
    identity: identityOf(project),
  });
  return { ok: true, opened: { project, dataset, checked, run, memory } };
}

/** The data set that a project names, or why there is none. */
export async function loadData(project: Project, engine: EngineFiles): Promise<{ ok: true; dataset: Dataset } | { ok: false; problems: readonly Problem[] }> {
  if (project.data === null) {
    return {
      ok: false,
      problems: [problem('U024', 'This project has no data to train on.', 'Choose a data set in the Data panel, or set data.source.', { path: 'data' })],
    };
  }
  try {
    return { ok: true, dataset: await loadDataset(project.data, engine.assets, engine.imports) };
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problems: error.problems };
    throw error;
  }
}

/** U021 where an embedding asks for word vectors that the data does not have, or has in another size. */
function checkVectors(project: Project, dataset: Dataset): readonly Problem[] {
  return project.graph.nodes.flatMap((node) => {
    const name = node.params.vectors;
    if (node.kind !== 'embedding' || typeof name !== 'string' || name === 'random') return [];
    const vectors = dataset.vectors[name];
    const size = node.params.size;
    if (vectors?.size === size) return [];
    const message =
      vectors === undefined
        ? `"${node.id}" asks for the vectors ${name}, but ${dataset.title} has none.`
        : `"${node.id}" has size ${String(size)}, but the vectors ${name} have ${vectors.size} numbers a word.`;
    const fix = vectors === undefined ? 'Set its vectors to random.' : `Set its size to ${vectors.size}, or its vectors to random.`;
    return [problem('U021', message, fix, { node: node.id })];
  });
}

function trainingPrograms(model: Model, project: Project): Programs {
  const { bptt } = project.training;
  const options = { backward: true, copies: false, carry: bptt.mode === 'truncated', ...updateOptions(project.training), reduce: bptt.reduce };
  return new Programs((batch, steps) => compile(model, { ...options, batch, steps }));
}

/** Run in the training programs' memory: decoders read their own answers. */
function answeringPrograms(model: Model, project: Project): Programs {
  const options = { backward: false, copies: false, besideTraining: true, ...updateOptions(project.training), reduce: project.training.bptt.reduce };
  return new Programs((batch, steps) => compile(model, { ...options, batch, steps }));
}

/** Factor from the model's numbers to the data's, per output column. */
export function outputScale({ output }: DataSignature): readonly number[] {
  if (output.kind === 'classes') return [];
  return output.normalisation?.deviation ?? Array.from({ length: output.width }, () => 1);
}
