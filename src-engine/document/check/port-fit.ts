import type { WireType } from '../checked.ts';
import type { GraphIndex } from '../graph-index.ts';
import { childrenOf } from '../graph-index.ts';
import type { WireKind } from '../kind-spec.ts';
import { isBlockKind, isCellKind, isHeadKind, isJoin, kindSpec, NODE_KINDS } from '../node-kinds.ts';
import { numberParam } from '../params.ts';
import type { Problem, Remedy } from '../problems.ts';
import { problem } from '../problems.ts';
import type { GraphNode } from '../project.ts';
import { plainType } from '../shape-text.ts';
import { featuresOf } from './shape-rules.ts';
import type { DataSignature } from '../signature.ts';

/** Axes of each kind of wire in letters, for what a port takes. */
const LETTERS: Readonly<Record<WireKind, string>> = { tokens: 'B x T', sequence: 'B x T x F', vector: 'B x F', state: 'B x H' };

/** Kinds of wire an input port takes; null where anything might fit (unknown kinds, blocks without children). */
function acceptedKinds(index: GraphIndex, node: GraphNode, port: string, signature: DataSignature | null): readonly WireKind[] | null {
  const spec = kindSpec(node.kind);
  const input = spec?.inputs.find((each) => each.name === port);
  if (input === undefined) return null;
  if (isHeadKind(node.kind) && signature !== null) return signature.output.perStep ? ['sequence'] : ['vector', 'state'];
  return isBlockKind(node.kind) ? acceptedByBlock(index, node, input.accepts) : input.accepts;
}

/** A block takes what itself and its first child take; loops because blocks may stand in blocks. */
function acceptedByBlock(index: GraphIndex, block: GraphNode, own: readonly WireKind[]): readonly WireKind[] {
  let accepted = own;
  let first: GraphNode | undefined = childrenOf(index, block.id)[0];
  const seen = new Set<GraphNode>([block]);
  while (first !== undefined && !seen.has(first)) {
    seen.add(first);
    const takes = kindSpec(first.kind)?.inputs.find((each) => each.name === 'in')?.accepts;
    if (takes === undefined) return accepted;
    accepted = accepted.filter((kind) => takes.includes(kind));
    first = isBlockKind(first.kind) ? childrenOf(index, first.id)[0] : undefined;
  }
  return accepted;
}

/** Where a wire comes from, to say so and to suggest a better port. */
export interface WireSource {
  readonly node: GraphNode;
  readonly type: WireType;
}

/** U013 or U014 where the type cannot enter the port; null where it fits. */
export function fitProblem(index: GraphIndex, source: WireSource, target: GraphNode, port: string, signature: DataSignature | null): Problem | null {
  const accepted = acceptedKinds(index, target, port, signature);
  if (accepted !== null && !accepted.includes(source.type.kind)) return kindProblem(source, target, port, accepted);
  return startsFrom(target, port) ? stateSizeProblem(source, target, port) : null;
}

/** True of a port whose vector is a state, so that it must be as wide as the node. */
function startsFrom(target: GraphNode, port: string): boolean {
  return (port === 'initial' && isCellKind(target.kind)) || target.kind === 'decoder';
}

function kindProblem(source: WireSource, target: GraphNode, port: string, accepted: readonly WireKind[]): Problem {
  const shapes = [...new Set(accepted.map((kind) => LETTERS[kind]))].join(' or ');
  const reason = kindReason(source.type.kind, accepted);
  const { fix, remedy } = widthFix(source, target, port, accepted) ?? kindFix(source, target, accepted);
  return problem(
    'U013',
    `${describeSource(source)} meets ${takes(target, port)} ${shapes === '' ? 'nothing' : shapes}: ${reason}.`,
    fix,
    remedy === null ? { node: target.id } : { node: target.id, remedy },
  );
}

function describeSource(source: WireSource): string {
  return `${plainType(source.type)} from ${source.node.id}`;
}

function takes(target: GraphNode, port: string): string {
  const title = kindSpec(target.kind)?.title ?? target.kind;
  return `${target.id} (${title}), whose "${port}" takes`;
}

/** The axis that failed, in words. */
function kindReason(from: WireKind, accepted: readonly WireKind[]): string {
  const wantsSteps = accepted.includes('sequence');
  if (from === 'tokens') return wantsSteps ? 'axis F is missing, token ids have no features' : 'axis F is missing and axis T is left over';
  if (accepted.includes('tokens')) return 'it wants token ids, not numbers';
  if (from === 'sequence') return 'axis T is left over';
  return wantsSteps ? 'axis T is missing' : 'the axes differ';
}

/** Where a Last step alone would not do, because the node's state has another width. */
function widthFix(source: WireSource, target: GraphNode, port: string, accepted: readonly WireKind[]): { readonly fix: string; readonly remedy: null } | null {
  if (source.type.kind !== 'sequence' || !accepted.includes('vector') || !startsFrom(target, port)) return null;
  const [size, units] = [source.type.features, numberParam(target, 'units')];
  if (size === null || size === units) return null;
  return { fix: `Insert a Last step and a Dense from ${size} to ${units}, or wire a state of ${units} numbers to it.`, remedy: null };
}

function kindFix(source: WireSource, target: GraphNode, accepted: readonly WireKind[]): { readonly fix: string; readonly remedy: Remedy | null } {
  const from = source.type.kind;
  if (from === 'tokens' && accepted.includes('sequence')) {
    return { fix: 'Insert an Embedding or a One-hot, which give each token its numbers.', remedy: insert('embedding') };
  }
  if (from === 'sequence' && accepted.includes('vector')) {
    const remedy = insert('last-step');
    if (source.node.kind === 'bidirectional') {
      return { fix: `Wire the "state" port of ${source.node.id} instead: it joins both directions' final states. Or insert a Last step.`, remedy };
    }
    if (isCellKind(source.node.kind)) return { fix: `Insert a Last step, or wire the "state" port of ${source.node.id}.`, remedy };
    return { fix: 'Insert a Last step, which keeps the last valid step of each sequence.', remedy };
  }
  if (from !== 'tokens' && from !== 'sequence' && accepted.includes('sequence')) {
    return { fix: `Wire an output that still has steps (B x T x F) to ${target.id}.`, remedy: null };
  }
  if (accepted.includes('tokens')) return { fix: 'Wire a Tokens block to it, or remove this block: its input already holds numbers.', remedy: null };
  return { fix: 'Wire another output to it.', remedy: null };
}

function insert(kind: 'embedding' | 'last-step'): Remedy {
  return { kind: 'insert', node: kind, label: `Insert ${NODE_KINDS[kind].title}` };
}

/** U013 where a node that joins its inputs gets sequences and vectors, U014 where it adds different widths. */
export function joinProblems(target: GraphNode, arriving: Readonly<Record<string, WireSource | null>>): readonly Problem[] {
  if (!isJoin(target.kind)) return [];
  const [first, ...rest] = Object.values(arriving).filter((source) => source !== null);
  if (first === undefined) return [];
  const title = kindSpec(target.kind)?.title ?? target.kind;
  const meets = (other: WireSource): string => `${describeSource(first)} meets ${describeSource(other)} in ${target.id} (${title})`;
  const place = { node: target.id };
  const found = rest.map((other) => {
    if ((first.type.kind === 'sequence') !== (other.type.kind === 'sequence')) {
      const fix = 'Turn the sequence into a vector (Last step, Pool), or the vector into a sequence (Repeat).';
      return problem('U013', `${meets(other)}: axis T is on one side only.`, fix, place);
    }
    const [a, b] = [featuresOf(first.type), featuresOf(other.type)];
    if (target.kind !== 'add' || a === null || b === null || a === b) return null;
    return problem(
      'U014',
      `${meets(other)}: axis F is ${a} on one side and ${b} on the other.`,
      `Make both equally wide, or insert a Dense from ${b} to ${a}.`,
      place,
    );
  });
  return found.filter((each) => each !== null);
}

/** U014 where a residual would add a layer's input to an output of another width. */
export function residualProblem(stack: GraphNode, child: GraphNode, input: WireType, output: WireType): Problem | null {
  const [a, b] = [featuresOf(input), featuresOf(output)];
  if (a === null || b === null || a === b) return null;
  return problem(
    'U014',
    `${stack.id} adds the input of ${child.id}, ${plainType(input)}, to its output, ${plainType(output)}: axis F is ${a} on one side and ${b} on the other.`,
    `Make ${child.id} ${a} wide, put a Dense of ${b} units before ${stack.id}, or switch its residual off.`,
    { node: child.id },
  );
}

function stateSizeProblem(source: WireSource, target: GraphNode, port: string): Problem | null {
  const units = numberParam(target, 'units');
  if (source.type.kind === 'tokens' || source.type.features === null || source.type.features === units) return null;
  const size = source.type.features;
  return problem(
    'U014',
    `${describeSource(source)} meets ${takes(target, port)} B x ${units}: axis H is ${size} on one side and ${units} on the other.`,
    `Set the units of both to the same number, or insert a Dense from ${size} to ${units}.`,
    { node: target.id, remedy: { kind: 'insert', node: 'dense', label: `Insert Dense ${size} to ${units}`, params: { units } } },
  );
}
