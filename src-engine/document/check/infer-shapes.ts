import type { CheckedNode, ParameterShape, WireType } from '../checked.ts';
import { outputType } from '../checked.ts';
import type { GraphIndex } from '../graph-index.ts';
import { childrenOf, isBlock } from '../graph-index.ts';
import { isKindName, isLayer, kindSpec } from '../node-kinds.ts';
import { booleanParam, choiceParam, numberParam } from '../params.ts';
import type { WireSource } from './port-fit.ts';
import { fitProblem, joinProblems, residualProblem } from './port-fit.ts';
import type { Problem } from '../problems.ts';
import { problem } from '../problems.ts';
import type { GraphNode, NodeId, Wire } from '../project.ts';
import type { Inputs, NodeShapes, ParameterPart } from './shape-rules.ts';
import { featuresOf, SHAPE_RULES } from './shape-rules.ts';
import { isSwitchedOff } from '../switched-off.ts';
import type { DataSignature } from '../signature.ts';

/** One copy of a node: `[0]` for each repeating stack around it, outermost first, then its direction. */
interface Copy {
  readonly indices: string;
  readonly direction: '' | '.forward' | '.backward';
}

const ONLY_COPY: Copy = { indices: '', direction: '' };

/** Nested repeats multiply; more copies than this fit in no memory and would hold up the window. */
const MAX_RUNS = 50_000;

interface MutableNode {
  readonly node: GraphNode;
  readonly inputs: Record<string, WireType | null>;
  readonly outputs: Record<string, WireType | null>;
  readonly parameters: ParameterShape[];
  readonly children: readonly NodeId[];
}

type Outputs = Readonly<Record<string, WireType | null>>;

/** A type with the node it leaves; null where it is not known. */
type Arriving = WireSource | null;

export interface Inferred {
  readonly nodes: ReadonlyMap<NodeId, CheckedNode>;
  readonly parameters: readonly ParameterShape[];
  readonly problems: readonly Problem[];
}

/** Runs the shape rules over the nodes in order, blocks child by child; U011, U013 and U014 on the way. */
export class ShapeInference implements Inferred {
  readonly nodes = new Map<NodeId, MutableNode>();
  readonly parameters: ParameterShape[] = [];
  readonly problems: Problem[] = [];
  private runs = 0;
  /** True inside a block that is switched off: its children have shapes, and neither weights nor problems. */
  private muted = false;
  private readonly index: GraphIndex;
  private readonly incoming: ReadonlyMap<NodeId, readonly Wire[]>;
  private readonly sound: ReadonlySet<GraphNode>;
  private readonly signature: DataSignature | null;

  constructor(index: GraphIndex, incoming: ReadonlyMap<NodeId, readonly Wire[]>, sound: ReadonlySet<GraphNode>, signature: DataSignature | null) {
    this.index = index;
    this.incoming = incoming;
    this.sound = sound;
    this.signature = signature;
  }

  /** A node of the top level; everything that feeds it has been run before. */
  runTopLevel(node: GraphNode): void {
    const wires = this.incoming.get(node.id) ?? [];
    const arriving: Record<string, Arriving> = {};
    for (const port of kindSpec(node.kind)?.inputs ?? []) {
      const wire = wires.find((each) => each.to.port === port.name);
      arriving[port.name] = wire === undefined ? null : this.sourceOf(wire);
      if (wire === undefined && !port.optional) this.problems.push(unfedProblem(node, port.name));
    }
    this.run(node, arriving, ONLY_COPY, wires);
  }

  private sourceOf(wire: Wire): Arriving {
    const source = this.nodes.get(wire.from.node);
    const type = source === undefined ? null : outputType(source, wire.from.port);
    return source === undefined || type === null ? null : { node: source.node, type };
  }

  private record(node: GraphNode): MutableNode {
    const known = this.nodes.get(node.id);
    if (known !== undefined) return known;
    const children = childrenOf(this.index, node.id).map((each) => each.id);
    const fresh: MutableNode = { node, inputs: {}, outputs: {}, parameters: [], children };
    this.nodes.set(node.id, fresh);
    return fresh;
  }

  /** Fits what arrives to the ports, then runs the node's rule or its children. Only the first copy reports. */
  private run(node: GraphNode, arriving: Readonly<Record<string, Arriving>>, copy: Copy, wires: readonly Wire[]): Outputs {
    this.runs += 1;
    if (this.runs === MAX_RUNS) this.problems.push(tooManyProblem(node));
    if (this.runs >= MAX_RUNS) return {};
    const first = !this.nodes.has(node.id);
    const record = this.record(node);
    const inputs: Record<string, Arriving> = {};
    for (const [port, source] of Object.entries(arriving)) {
      const misfit = source === null ? null : fitProblem(this.index, source, node, port, this.signature);
      inputs[port] = misfit === null ? source : null;
      if (!first) continue;
      record.inputs[port] = source?.type ?? null;
      const wire = wires.find((each) => each.to.port === port);
      if (misfit !== null) this.problems.push(wire === undefined ? misfit : { ...misfit, wire: wire.id });
    }
    if (first) this.problems.push(...joinProblems(node, inputs));
    const outputs = isSwitchedOff(node)
      ? this.passThrough(node, inputs, copy)
      : isBlock(node)
        ? this.runBlock(node, inputs['in'] ?? null, copy)
        : this.runRule(node, typesOf(inputs), copy);
    if (first) Object.assign(record.outputs, outputs);
    return outputs;
  }

  /** A node that is switched off hands its input on. What is inside it is run for its shapes alone. */
  private passThrough(node: GraphNode, inputs: Readonly<Record<string, Arriving>>, copy: Copy): Outputs {
    if (isBlock(node)) {
      const [outer, known] = [this.muted, this.problems.length];
      this.muted = true;
      this.runBlock(node, inputs['in'] ?? null, copy);
      this.muted = outer;
      this.problems.length = known;
    }
    return { out: inputs['in']?.type ?? null };
  }

  private runRule(node: GraphNode, inputs: Inputs, copy: Copy): Outputs {
    if (!isKindName(node.kind) || node.kind === 'stack' || node.kind === 'bidirectional') return {};
    const shapes: NodeShapes = SHAPE_RULES[node.kind](node, inputs['in'] ?? null, this.signature, inputs);
    for (const part of shapes.parameters) this.addParameter(node, part, copy);
    return shapes.outputs;
  }

  private addParameter(node: GraphNode, part: ParameterPart, copy: Copy): void {
    const shape = part.shape.filter((size) => size !== null);
    if (this.muted || shape.length < part.shape.length) return;
    const name = `${node.id}${copy.indices}${copy.direction}.${part.name}`;
    const parameter: ParameterShape = { name, shape, trainable: part.trainable, gates: part.gates, node: node.id };
    this.record(node).parameters.push(parameter);
    this.parameters.push(parameter);
  }

  private runBlock(block: GraphNode, input: Arriving, copy: Copy): Outputs {
    const children = childrenOf(this.index, block.id).filter((child) => this.sound.has(child));
    if (block.kind === 'stack') return this.runStack(block, children, input, copy);
    const forward = this.runChain(children, input, { ...copy, direction: '.forward' });
    const backward = this.runChain(children, input, { ...copy, direction: '.backward' });
    const merge = choiceParam(block, 'merge');
    return { out: merged(forward.out, backward.out, merge), state: merged(forward.state, backward.state, merge) };
  }

  private checkResidual(stack: GraphNode, child: GraphNode, source: Arriving, output: WireType | null): void {
    const found = source === null || output === null ? null : residualProblem(stack, child, source.type, output);
    // A repeated layer says so once.
    if (found !== null && !this.problems.some((each) => each.node === child.id && each.message === found.message)) this.problems.push(found);
  }

  private runStack(stack: GraphNode, children: readonly GraphNode[], input: Arriving, copy: Copy): ChainOutputs {
    const repeats = numberParam(stack, 'repeats');
    let outputs: ChainOutputs = { out: input?.type ?? null, state: null };
    for (let repeat = 0; repeat < repeats; repeat++) {
      const source = repeat === 0 ? input : sourceFrom(children.at(-1), outputs.out);
      const indices = repeats > 1 ? `${copy.indices}[${repeat}]` : copy.indices;
      outputs = this.runChain(children, source, { ...copy, indices }, booleanParam(stack, 'residual') ? stack : null);
    }
    return outputs;
  }

  /** With `residual`, the stack whose layers add their input to their output. */
  private runChain(children: readonly GraphNode[], input: Arriving, copy: Copy, residual: GraphNode | null = null): ChainOutputs {
    let source = input;
    let state: WireType | null = null;
    for (const child of children) {
      const outputs = this.run(child, { in: source }, copy, []);
      if (residual !== null && isLayer(child.kind) && !isSwitchedOff(child)) this.checkResidual(residual, child, source, outputs['out'] ?? null);
      source = sourceFrom(child, outputs['out'] ?? null);
      if (!isSwitchedOff(child)) state = outputs['state'] ?? null;
    }
    return { out: source?.type ?? null, state };
  }
}

/** `state` is the last child's final state: a stack has no port for it, but a bidirectional block around the stack joins it. */
type ChainOutputs = { readonly out: WireType | null; readonly state: WireType | null };

function typesOf(arriving: Readonly<Record<string, Arriving>>): Inputs {
  return Object.fromEntries(Object.entries(arriving).map(([port, source]) => [port, source?.type ?? null]));
}

function sourceFrom(node: GraphNode | undefined, type: WireType | null): Arriving {
  return node === undefined || type === null ? null : { node, type };
}

function merged(forward: WireType | null, backward: WireType | null, merge: string): WireType | null {
  if (forward === null || backward === null || forward.kind === 'tokens') return null;
  const [a, b] = [featuresOf(forward), featuresOf(backward)];
  const features = a === null || b === null ? null : merge === 'concat' ? a + b : a;
  return { kind: forward.kind, features };
}

function unfedProblem(node: GraphNode, port: string): Problem {
  return problem('U011', `Nothing feeds the port "${port}" of ${node.id}.`, 'Wire an output to it, or remove the block.', { node: node.id });
}

function tooManyProblem(node: GraphNode): Problem {
  return problem('U041', `The repeats of nested stacks make more than ${MAX_RUNS} copies (first passed at ${node.id}).`, 'Lower the repeats.', {
    node: node.id,
  });
}
