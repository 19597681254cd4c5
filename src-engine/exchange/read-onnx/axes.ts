import type { Draft } from './draft.ts';
import type { OnnxNode } from './onnx-file.ts';
import { integerAttribute, integersAttribute, NoBlock, placeOf, wholeNumbers, type Axis, type Data, type Value } from './values.ts';

type Read = (place: number) => Value | null;

export function transposed(value: Data, node: OnnxNode): Data {
  const order = integersAttribute(node, 'perm') ?? value.axes.map((_, place) => value.axes.length - 1 - place);
  return { ...value, axes: order.map((place) => axisAt(value, place)) };
}

export function axisAt({ axes }: Data, place: number): Axis {
  const axis = axes[placeOf(place, axes.length)];
  if (axis === undefined) throw new NoBlock(`names axis ${place} of a tensor that has ${axes.length}`);
  return axis;
}

/** Axes as an attribute, or, since opset 13, as an input. */
function namedAxes(node: OnnxNode, read: Read): readonly number[] | null {
  return integersAttribute(node, 'axes') ?? wholeNumbers(read(1));
}

/** Takes axes of size 1 away: those of one direction, and those that were put in. */
export function squeezed(value: Data, node: OnnxNode, read: Read): Data {
  const isOne = (axis: Axis): boolean => axis === '1' || (axis === 'D' && value.directions === 1);
  const places = namedAxes(node, read)?.map((place) => placeOf(place, value.axes.length)) ?? value.axes.flatMap((axis, place) => (isOne(axis) ? [place] : []));
  if (places.some((place) => !isOne(axisAt(value, place)))) throw new NoBlock('takes away an axis that is not of size 1');
  return { ...value, axes: value.axes.filter((_, place) => !places.includes(place)) };
}

export function unsqueezed(value: Data, node: OnnxNode, read: Read): Data {
  const places = namedAxes(node, read);
  if (places === null) throw new NoBlock('puts in axes that are not known');
  const axes = [...value.axes];
  for (const place of places.map((each) => placeOf(each, value.axes.length + places.length)).sort((a, b) => a - b)) axes.splice(place, 0, '1');
  return { ...value, axes };
}

/** Directions beside each other in the features, or an axis of size 1 gone; nothing else has a block. */
export function reshaped(draft: Draft, value: Data, node: OnnxNode, read: Read): Data {
  const { axes } = value;
  const beside = axes.at(-1) === 'F' && axes.at(-2) === 'D';
  const rank = node.opType === 'Flatten' ? 2 : (wholeNumbers(read(1))?.length ?? axes.length - 1);
  if (beside && rank === axes.length - 1) {
    if (value.directions === 2) draft.merge(value.node, 'concat');
    return { ...value, axes: [...axes.slice(0, -2), 'F'], directions: 1 };
  }
  const left = axes.filter((axis) => axis !== '1' && !(axis === 'D' && value.directions === 1));
  if (rank === left.length) return { ...value, axes: left };
  if (rank === axes.length && axes.length === 2) return value;
  throw new NoBlock(`gives a tensor with the axes ${axes.join(', ')} another shape`);
}

/** One entry of an axis: a direction, or the last step. */
export function gathered(draft: Draft, value: Data, node: OnnxNode, read: Read): Data {
  const place = placeOf(integerAttribute(node, 'axis', 0), value.axes.length);
  const indices = read(1);
  const [index] = wholeNumbers(indices) ?? [];
  if (index === undefined || indices?.kind !== 'constant' || indices.values.length !== 1) throw new NoBlock('picks entries that are not known');
  const kept = indices.dims.length > 0 ? value.axes.with(place, '1') : value.axes.filter((_, each) => each !== place);
  if (axisAt(value, place) === 'D') {
    const direction = placeOf(index, value.directions);
    return { ...value, axes: kept, half: value.directions === 1 ? null : direction === 0 ? 0 : 1 };
  }
  if (draft.named(value)[place] !== 'T' || index !== -1) throw new NoBlock('picks one entry other than the last step');
  return { ...draft.follow('last-step', value, value.width), axes: kept };
}

/** The last step, kept as an axis of size 1. */
export function sliced(draft: Draft, value: Data, node: OnnxNode, read: Read): Data {
  const starts = integersAttribute(node, 'starts') ?? wholeNumbers(read(1));
  const axes = integersAttribute(node, 'axes') ?? wholeNumbers(read(3)) ?? [0];
  const [start] = starts ?? [];
  const [axis = 0] = axes;
  const place = placeOf(axis, value.axes.length);
  if (starts?.length !== 1 || start !== -1 || draft.named(value)[place] !== 'T') throw new NoBlock('cuts out something other than the last step');
  return { ...draft.follow('last-step', value, value.width), axes: value.axes.with(place, '1') };
}

/** Features of several values beside each other; the two directions of one state belong together already. */
export function concatenated(draft: Draft, values: readonly Value[], node: OnnxNode): Value {
  const data = values.flatMap((value) => (value.kind === 'data' ? [value] : value.kind === 'states' ? value.items : []));
  const [first, second] = data;
  if (first === undefined) throw new NoBlock('joins nothing');
  const axis = integerAttribute(node, 'axis', 0);
  if (values.some((value) => value.kind === 'states' || (value.kind === 'data' && axisAt(value, axis) === 'D'))) return stacked(values);
  if (axisAt(first, axis) !== 'F') throw new NoBlock('joins its inputs along another axis than their features');
  if (data.length === 2 && second !== undefined && first.half === 0 && second.half === 1 && first.node === second.node && first.port === second.port) {
    draft.merge(first.node, 'concat');
    return { ...first, half: null, directions: 1 };
  }
  if (data.length < 2 || data.length > 4 || data.length < values.length)
    throw new NoBlock(`joins ${values.length} inputs, of which ${data.length} are computed`);
  return joined(
    draft,
    'concat',
    data,
    data.reduce((total, { width }) => total + width, 0),
  );
}

export function joined(draft: Draft, kind: 'concat' | 'add', data: readonly Data[], width: number): Data {
  const settled = data.map((each) => draft.settled(each));
  const [first] = settled;
  if (first === undefined) throw new NoBlock('joins nothing');
  const axes = draft.named(first).join();
  if (settled.some((each) => draft.named(each).join() !== axes)) throw new NoBlock('joins tensors of different axes');
  const node = draft.add(kind, {});
  for (const [place, each] of settled.entries()) draft.wire(each, node, `in${place + 1}`);
  return { ...first, node, port: 'out', width, directions: 1 };
}

/** More layers and directions than any model has: a list that is joined to itself again and again would grow without end. */
const MOST_STATES = 1024;

function stacked(values: readonly Value[]): Value {
  const items = values.flatMap(directionsOf);
  if (items.length > MOST_STATES) throw new NoBlock(`puts ${items.length} states above each other`);
  return { kind: 'states', items };
}

function directionsOf(value: Value): readonly Data[] {
  if (value.kind === 'states') return value.items;
  if (value.kind !== 'data') throw new NoBlock('puts states and something else above each other');
  const axes = value.axes.filter((axis) => axis !== 'D');
  if (value.directions === 1) return [{ ...value, axes }];
  return [0, 1].map((half) => ({ ...value, axes, half: half === 0 ? 0 : 1 }));
}
