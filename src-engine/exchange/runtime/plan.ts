import type { ModelFile, StoredArray } from '../model-file.ts';

/** A block of the model's drawing, as the file has it; `params` may leave out what is as usual. */
export interface PlanNode {
  readonly id: string;
  readonly kind: string;
  readonly parent?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

/** What feeds a port. */
export interface Source {
  readonly node: string;
  readonly port: string;
}

/** A block that is in no other, with what feeds its inputs and what its cell starts from. */
export interface Placed {
  readonly node: PlanNode;
  readonly inputs: readonly Source[];
  readonly start: Source | undefined;
}

/** A model's drawing made ready to run. */
export interface Plan {
  /** What is in no block, each after what feeds it. */
  readonly order: readonly Placed[];
  readonly children: ReadonlyMap<string, readonly PlanNode[]>;
  /** A decoder and what it leads to: these run step by step. */
  readonly written: ReadonlySet<string>;
  readonly parameters: ReadonlyMap<string, Float32Array>;
  readonly head: string;
  readonly sizes: Sizes;
}

/** Tokens that the model knows and classes that it tells apart; 0 where it has numbers instead. */
export interface Sizes {
  readonly tokens: number;
  readonly classes: number;
}

/** Ports that bring something in, in their order. */
const PORTS = ['in', 'in1', 'in2', 'in3', 'in4'];

export function makePlan({ project, parameters }: Pick<ModelFile, 'project' | 'parameters'>, sizes: Sizes): Plan {
  const nodes: readonly PlanNode[] = project.graph.nodes;
  const sources = new Map(project.graph.wires.map(({ from, to }) => [`${to.node}.${to.port}`, from]));
  const waiting = new Map<string, Placed>();
  for (const node of nodes) {
    const from = (port: string): Source | undefined => sources.get(`${node.id}.${port}`);
    if (node.parent === undefined) waiting.set(node.id, { node, inputs: PORTS.flatMap((port) => from(port) ?? []), start: from('initial') });
  }
  const head = [...waiting.values()].find(({ node }) => node.kind.endsWith('-head'));
  if (head === undefined) throw new Error('The model has no head.');
  const order: Placed[] = [];
  const written = new Set<string>();
  const place = (id: string): void => {
    const placed = waiting.get(id);
    if (placed === undefined) return;
    // Gone before what feeds it is looked for: a circle ends here, and its blocks find nothing when they run.
    waiting.delete(id);
    const { node, inputs, start } = placed;
    const from = [...inputs, ...(start === undefined ? [] : [start])];
    for (const source of from) place(source.node);
    if (node.kind === 'decoder' || from.some((source) => written.has(source.node))) written.add(id);
    order.push(placed);
  };
  for (const { id } of nodes) place(id);
  return {
    order,
    children: byParent(nodes),
    written,
    parameters: new Map(Object.entries(parameters).map(([name, stored]) => [name, floats(name, stored)])),
    head: head.node.id,
    sizes,
  };
}

/** Written out: `Map.groupBy` is younger than the programs that this runs in. */
function byParent(nodes: readonly PlanNode[]): ReadonlyMap<string, readonly PlanNode[]> {
  const children = new Map<string, PlanNode[]>();
  for (const node of nodes) children.set(node.parent ?? '', [...(children.get(node.parent ?? '') ?? []), node]);
  return children;
}

/** Base64 of little-endian float32, or nested lists of numbers. */
function floats(name: string, { shape, data }: StoredArray): Float32Array {
  const values = typeof data === 'string' ? decoded(data) : Float32Array.from((data as readonly unknown[]).flat(Infinity) as number[]);
  const size = shape.reduce((all, axis) => all * axis, 1);
  if (values.length !== size) throw new Error(`${name} holds ${values.length} numbers where its shape ${shape.join(' x ')} says ${size}.`);
  return values;
}

function decoded(text: string): Float32Array {
  const view = new DataView(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
  return Float32Array.from({ length: view.byteLength / 4 }, (_, place) => view.getFloat32(place * 4, true));
}
