import { deriveBackward, embeddedInputs, type GradientOp } from '../ir/derivatives.ts';
import { familyOf, isHiddenState, type Family, type FamilyId, type UnrolledGraph, type WeightRows } from '../ir/graph.ts';
import { NORM_CHUNK, PANEL, SETTINGS_SIZE } from '../ir/opcodes.ts';
import type { FloatOffset, ProgramParameter, SharedLayout } from '../ir/program.ts';

/** Floats at the start of memory that hold no data: offset 0 means "absent", and the team's barrier lives here. */
const RESERVED = 64;

/** What a family's numbers need, in floats from the start of memory. Letters: T steps, B batch, W width. */
export interface Place {
  /** [T,B,W] values. */
  readonly value: FloatOffset;
  /** Floats between rows of `value`: the width of the storage it shares. */
  readonly ld: number;
  /** [T,B,W] dL/dvalue, same row distance; 0 where no gradient is needed. */
  readonly adjoint: FloatOffset;
}

export interface MemoryPlan {
  readonly graph: UnrolledGraph;
  readonly shared: SharedLayout;
  readonly gradients: ReadonlyMap<FamilyId, readonly GradientOp[]>;
  readonly places: ReadonlyMap<FamilyId, Place>;
  /** Packed weights of a product, forward and (0 where not needed) backward. */
  readonly packs: ReadonlyMap<FamilyId, { readonly forward: FloatOffset; readonly backward: FloatOffset }>;
  /** lstm: c [T,B,H]. */
  readonly cells: ReadonlyMap<FamilyId, FloatOffset>;
  /** lstm: dc [B,H]; gru-gates: gradient of r*h [B,H]. */
  readonly carries: ReadonlyMap<FamilyId, FloatOffset>;
  /** layer-norm: normal [rows,F], then scales [rows]. */
  readonly normals: ReadonlyMap<FamilyId, FloatOffset>;
  /** States that came in from the window before, [B,H]: h of each cell, c of each lstm; none where sequences are not cut. */
  readonly carried: { readonly h: ReadonlyMap<FamilyId, FloatOffset>; readonly c: ReadonlyMap<FamilyId, FloatOffset> };
  /** Norms of dL/dh, [T,B]. */
  readonly norms: ReadonlyMap<FamilyId, FloatOffset>;
  readonly lengths: FloatOffset; //     int32 [B]
  readonly targetLengths: FloatOffset; // int32 [B]; `lengths` where targets have the steps of the inputs
  readonly targets: FloatOffset; //     int32 [rows] or float [rows,O]
  readonly lossWeights: FloatOffset; // [rows]
  readonly lossRows: FloatOffset; //    [rows]
  readonly outputs: FloatOffset; //     [rows,O]
  readonly partials: FloatOffset; //    [chunks] sums of squares
  /** One copy's weight gradient, as large as the largest parameter; 0 where copies are not asked for. */
  readonly scratch: FloatOffset;
  readonly end: FloatOffset;
}

/** Memory that programs of one model share: settings, parameters, gradients, optimiser state, and with `carry` the states between windows. */
export function planShared(graph: UnrolledGraph, momentSlots: number, carry: boolean): SharedLayout {
  const memory = new Cursor(RESERVED);
  const settings = memory.take(SETTINGS_SIZE);
  const trainable = graph.parameters.filter((each) => each.trainable);
  const frozen = graph.parameters.filter((each) => !each.trainable);
  const trainableAt = memory.position;
  const places = trainable.map((each) => ({ each, at: memory.takeTight(size(each.shape)) }));
  const trainableSize = memory.position - trainableAt;
  memory.align();
  const frozenPlaces = frozen.map((each) => ({ each, at: memory.take(size(each.shape)) }));
  const gradients = memory.take(trainableSize);
  const moments = memory.take(momentSlots * trainableSize);
  const parameters = [...places, ...frozenPlaces].map(({ each, at }): ProgramParameter => ({
    name: each.name,
    shape: each.shape,
    trainable: each.trainable,
    at,
    size: size(each.shape),
    gradient: each.trainable ? gradients + (at - trainableAt) : null,
  }));
  const carriedSize = carry ? carriedStates(graph).reduce((total, { size: floats }) => total + floats, 0) : 0;
  const carried = { at: memory.take(carriedSize), size: carriedSize };
  return { settings, parameters, trainable: { at: trainableAt, size: trainableSize }, gradients, moments, momentSlots, carried, end: memory.position };
}

/** Every state that one window hands on to the next, in the order of the shared memory; `size` floats each. */
function carriedStates(graph: UnrolledGraph): readonly { readonly family: Family; readonly state: 'h' | 'c'; readonly size: number }[] {
  return graph.families
    .filter(({ op }) => isHiddenState(op))
    .flatMap((family) => {
      const floats = graph.batch * family.width;
      const h = { family, state: 'h', size: floats } as const;
      return family.op.op === 'lstm' ? [h, { family, state: 'c', size: floats } as const] : [h];
    });
}

/** Where the states of `carriedStates` stand. */
function placeCarried(graph: UnrolledGraph, { carried }: SharedLayout): MemoryPlan['carried'] {
  const places = { h: new Map<FamilyId, FloatOffset>(), c: new Map<FamilyId, FloatOffset>() };
  if (carried.size === 0) return places;
  let { at } = carried;
  for (const { family, state, size: floats } of carriedStates(graph)) {
    places[state].set(family.id, at);
    at += floats;
  }
  return places;
}

export interface PlanOptions {
  readonly backward: boolean;
  readonly copies: boolean;
  readonly inputs?: boolean | undefined;
}

/** Pass 8: one function computes the whole layout of a program. */
export function planMemory(graph: UnrolledGraph, shared: SharedLayout, options: PlanOptions): MemoryPlan {
  const memory = new Cursor(shared.end);
  const gradients = options.backward ? deriveBackward(graph, options.inputs) : new Map<FamilyId, readonly GradientOp[]>();
  const rows = familyOf(graph, graph.loss).steps * graph.batch;
  const width = outputWidth(graph);
  const lengths = memory.take(graph.batch);
  const targetLengths = graph.families.some(({ axis }) => axis === 'targets') ? memory.take(graph.batch) : lengths;
  const { op: lossOp } = familyOf(graph, graph.loss);
  const targets = memory.take(lossOp.op === 'softmax-loss' || lossOp.op === 'sigmoid-loss' ? rows : rows * width);
  const lossWeights = memory.take(rows);
  const lossRows = memory.take(rows);
  const outputs = memory.take(rows * width);
  const places = placeFamilies(graph, gradients, new Set(options.inputs === true ? embeddedInputs(graph).map(({ id }) => id) : []), memory);
  const carries = new Map<FamilyId, FloatOffset>();
  const cells = new Map<FamilyId, FloatOffset>();
  const norms = new Map<FamilyId, FloatOffset>();
  const normals = new Map<FamilyId, FloatOffset>();
  for (const family of graph.families) {
    if (family.op.op === 'layer-norm') normals.set(family.id, memory.take(family.steps * graph.batch * (family.width + 1)));
    if (family.op.op === 'lstm') cells.set(family.id, memory.take(family.steps * graph.batch * family.width));
    if (options.backward && (family.op.op === 'lstm' || family.op.op === 'gru-gates')) carries.set(family.id, memory.take(graph.batch * family.width));
    if (options.backward && isHiddenState(family.op)) norms.set(family.id, memory.take(family.steps * graph.batch));
  }
  return {
    graph,
    shared,
    gradients,
    places,
    packs: placePacks(graph, gradients, memory),
    cells,
    carries,
    carried: placeCarried(graph, shared),
    normals,
    norms,
    lengths,
    targetLengths,
    targets,
    lossWeights,
    lossRows,
    outputs,
    partials: memory.take(Math.ceil(shared.trainable.size / NORM_CHUNK)),
    scratch: options.copies ? memory.take(Math.max(0, ...shared.parameters.map((each) => each.size))) : 0,
    end: memory.position,
  };
}

/** Lengths of the rows of a family's sequence, int32 [B]. */
export function lengthsOf(plan: MemoryPlan, { axis }: Family): FloatOffset {
  return axis === 'targets' ? plan.targetLengths : plan.lengths;
}

/** Numbers in each row of the answer. One sigmoid answers for two classes. */
export function outputWidth(graph: UnrolledGraph): number {
  const { op, width } = familyOf(graph, graph.loss);
  return op.op === 'sigmoid-loss' && width === 1 ? 2 : width;
}

/** Values; and gradients, which stand in place where nobody needs the value any more (pre-activations, activated dense layers). */
function placeFamilies(
  graph: UnrolledGraph,
  gradients: ReadonlyMap<FamilyId, readonly GradientOp[]>,
  inputs: ReadonlySet<FamilyId>,
  memory: Cursor,
): ReadonlyMap<FamilyId, Place> {
  const values = new Map<FamilyId, { value: FloatOffset; ld: number }>();
  for (const family of graph.families) {
    const onto = family.op.op === 'product' ? family.op.onto : family.op.op === 'activation' && family.op.inPlace ? { family: family.op.x } : null;
    const shared = onto === null ? undefined : values.get(onto.family);
    values.set(family.id, shared ?? { value: memory.take(family.steps * graph.batch * family.width), ld: family.width });
  }
  const inPlace = familiesOverwritten(graph, inputs.size > 0);
  const adjoints = new Map<FamilyId, FloatOffset>();
  for (const family of [...graph.families].reverse()) {
    const lossInput = familyOf(graph, graph.loss).op;
    const needed =
      inputs.has(family.id) || (gradients.get(family.id) ?? []).length > 0 || ('x' in lossInput && lossInput.x === family.id && gradients.size > 0);
    if (!needed) continue;
    const activation = graph.families.find((each) => each.op.op === 'activation' && each.op.inPlace && each.op.x === family.id);
    const adjoint = inPlace.has(family.id) ? values.get(family.id)?.value : activation === undefined ? undefined : adjoints.get(activation.id);
    adjoints.set(family.id, adjoint ?? memory.take(family.steps * graph.batch * family.width));
  }
  return new Map([...values].map(([id, { value, ld }]) => [id, { value, ld, adjoint: adjoints.get(id) ?? 0 }]));
}

/**
 * Products whose storage a cell's backward pass turns from pre-activations or gates into their gradient; and, unless somebody asks for them, the
 * logits, [rows,V], which for a large vocabulary are the largest array there is.
 */
function familiesOverwritten(graph: UnrolledGraph, keepLogits: boolean): ReadonlySet<FamilyId> {
  const overwritten = new Set<FamilyId>();
  const { op: loss } = familyOf(graph, graph.loss);
  if (!keepLogits && 'x' in loss && familyOf(graph, loss.x).op.op === 'product') overwritten.add(loss.x);
  for (const family of [...graph.families].reverse()) {
    const { op } = family;
    if (op.op === 'rnn') overwritten.add(op.pre);
    if (op.op === 'gru-gates' || op.op === 'gru-blend' || op.op === 'lstm' || op.op === 'gru-after') overwritten.add(op.gates);
    if (op.op === 'gru-after') overwritten.add(op.recurrent);
    if (op.op === 'product' && op.onto !== null && overwritten.has(family.id)) overwritten.add(op.onto.family);
  }
  return overwritten;
}

function placePacks(
  graph: UnrolledGraph,
  gradients: ReadonlyMap<FamilyId, readonly GradientOp[]>,
  memory: Cursor,
): ReadonlyMap<FamilyId, { readonly forward: FloatOffset; readonly backward: FloatOffset }> {
  const packs = new Map<FamilyId, { forward: FloatOffset; backward: FloatOffset }>();
  for (const family of graph.families) {
    if (family.op.op !== 'product') continue;
    const backward = (gradients.get(family.id) ?? []).some((each) => each.op === 'product-input');
    packs.set(family.id, {
      forward: memory.take(packedSize(family.op.weight.rows, family.op.weight)),
      backward: backward ? memory.take(packedSize(family.op.weight.columns, family.op.weight)) : 0,
    });
  }
  return packs;
}

/** Panels of 8 along `n`, each as deep as the weight's other side. */
function packedSize(n: number, weight: WeightRows): number {
  return Math.ceil(n / PANEL) * PANEL * (n === weight.rows ? weight.columns : weight.rows);
}

function size(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

/** Hands out memory from low to high, 64-byte aligned: vectors and cache lines never straddle two arrays. */
class Cursor {
  position: number;

  constructor(start: number) {
    this.position = start;
    this.align();
  }

  take(count: number): FloatOffset {
    const at = this.position;
    this.position += count;
    this.align();
    return at;
  }

  takeTight(count: number): FloatOffset {
    const at = this.position;
    this.position += count;
    return at;
  }

  align(): void {
    this.position = Math.ceil(this.position / 16) * 16;
  }
}

/** The family whose place a read of `id` means. */
export function placeOf(plan: MemoryPlan, id: FamilyId): Place {
  const place = plan.places.get(id);
  if (place === undefined) throw new Error(`family ${id} has no place`);
  return place;
}

export function parameterOf(plan: MemoryPlan, name: string): ProgramParameter {
  const parameter = plan.shared.parameters.find((each) => each.name === name);
  if (parameter === undefined) throw new Error(`no parameter ${name}`);
  return parameter;
}

/** Address of node (family, t), or of the whole family at t = 0. */
export function valueAt(plan: MemoryPlan, family: Family, t: number): FloatOffset {
  const place = placeOf(plan, family.id);
  return place.value + (family.steps === 1 ? 0 : t * plan.graph.batch * place.ld);
}

export function adjointAt(plan: MemoryPlan, family: Family, t: number): FloatOffset {
  const place = placeOf(plan, family.id);
  return place.adjoint === 0 ? 0 : place.adjoint + (family.steps === 1 ? 0 : t * plan.graph.batch * place.ld);
}
