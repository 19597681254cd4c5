import { problem, ProblemError } from '../../document/problems.ts';
import type { OpenedProject } from '../open-project.ts';
import type { WeightHistogram, WeightsReply } from '../protocol.ts';

const HISTOGRAM_BINS = 40;

/** U023 for a node that is not in the opened project. */
export function weightsReply({ run, checked }: OpenedProject, id: string): WeightsReply {
  const owners = ownersOf(checked.nodes, id);
  if (owners.size === 0)
    throw new ProblemError([problem('U023', `The opened project has no block "${id}".`, 'Train the project on the canvas, then look again.')]);
  const values = run.readParameters();
  const owned = checked.parameters.filter((parameter) => owners.has(parameter.node));
  return { step: run.step, parameters: owned.map(({ name, shape }) => histogram(name, shape, values.get(name) ?? new Float32Array())) };
}

/** The node and everything in it. */
function ownersOf(nodes: OpenedProject['checked']['nodes'], id: string): ReadonlySet<string> {
  const found = new Set<string>();
  const entry = [...nodes].find(([key]) => key === id)?.[1];
  if (entry === undefined) return found;
  found.add(id);
  for (const child of entry.children) for (const each of ownersOf(nodes, child)) found.add(each);
  return found;
}

/** `HISTOGRAM_BINS` bins around zero. */
function histogram(parameter: string, shape: readonly number[], values: Float32Array): WeightHistogram {
  const finite = values.filter(Number.isFinite);
  const limit = finite.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const counts = new Array<number>(HISTOGRAM_BINS).fill(0);
  let [sum, squares] = [0, 0];
  for (const value of finite) {
    const place = limit === 0 ? HISTOGRAM_BINS / 2 : Math.min(HISTOGRAM_BINS - 1, Math.floor(((value / limit + 1) / 2) * HISTOGRAM_BINS));
    counts[place] = (counts[place] ?? 0) + 1;
    sum += value;
    squares += value * value;
  }
  const mean = sum / Math.max(1, finite.length);
  const deviation = Math.sqrt(Math.max(0, squares / Math.max(1, finite.length) - mean * mean));
  return { parameter, shape, limit, counts, mean, deviation, nonFinite: values.length - finite.length };
}
