import type { CheckedGraph, CheckedNode } from '../../document/checked.ts';
import { DEFAULT_WINDOW } from '../../document/defaults.ts';
import { isCellKind } from '../../document/node-kinds.ts';
import { numberParam } from '../../document/params.ts';
import { problem, ProblemError } from '../../document/problems.ts';
import type { Project } from '../../document/project.ts';

/** Shares of the wanted class that a decoder reads in training, in the first epoch and in the last. */
export interface TeacherShares {
  readonly begin: number;
  readonly end: number;
}

/** Steps of a window of truncated BPTT; null where sequences are not cut. */
export function windowOf({ training: { bptt } }: Project): number | null {
  return bptt.mode === 'truncated' ? (bptt.window ?? DEFAULT_WINDOW) : null;
}

/** Null where there is no decoder, or where it always reads the wanted class. Throws ProblemError U046 where two decoders do it differently. */
export function teacherShares({ graph }: Project): TeacherShares | null {
  const decoders = graph.nodes.filter(({ kind }) => kind === 'decoder');
  const shares = decoders.map((node) => ({ begin: numberParam(node, 'teacherBegin'), end: numberParam(node, 'teacherEnd') }));
  const [first] = shares;
  if (first === undefined) return null;
  if (shares.some(({ begin, end }) => begin !== first.begin || end !== first.end)) {
    const message = `${decoders.map(({ id }) => id).join(' and ')} read their own answers at different shares of the steps, which train.py cannot do.`;
    throw new ProblemError([problem('U046', message, 'Give them one share, or export the model as ONNX or JSON.')]);
  }
  return first.begin === 1 && first.end === 1 ? null : first;
}

/** Kinds whose weights have a copy for every step, whatever arrives. */
const PER_STEP = new Set(['decoder', 'embedding', 'pool']);

/** Parameters that are used once for every step, and so have as many copies; the others are used once. */
export function copiedParameters(checked: CheckedGraph): ReadonlySet<string> {
  const isCopied = ({ node, inputs }: CheckedNode): boolean =>
    isCellKind(node.kind) || PER_STEP.has(node.kind) || Object.values(inputs).some((type) => type?.kind === 'sequence');
  const copied = new Set([...checked.nodes.values()].flatMap((entry) => (isCopied(entry) ? [entry.node.id] : [])));
  return new Set(checked.parameters.flatMap(({ name, node }) => (copied.has(node) ? [name] : [])));
}
