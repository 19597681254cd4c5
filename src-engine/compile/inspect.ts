import type { FamilyId } from '../ir/graph.ts';
import { printGraph } from '../ir/print-graph.ts';
import { printProgram, type Stretch } from '../ir/print-program.ts';
import { deriveBackward } from '../ir/derivatives.ts';
import { familyOf } from '../ir/graph.ts';
import { compileWithPlan, unrolledGraph, type CompileOptions, type Model } from './compile.ts';
import { expandBlocks } from './expand-blocks.ts';
import type { MemoryPlan } from './plan-memory.ts';

export type Stage = 'graph' | 'unrolled' | 'program';

/** One stage of the way from document to program, as text that a person can read. */
export function inspect(model: Model, options: CompileOptions, stage: Stage): string {
  if (stage === 'graph') return printLayers(model);
  if (stage === 'unrolled') {
    const graph = unrolledGraph(model, options.batch, options.steps);
    return printGraph(graph, deriveBackward(graph));
  }
  const { program, plan } = compileWithPlan(model, options);
  return printProgram(program, stretches(plan));
}

/** Blocks expanded: every copy of a repeated or bidirectional child is a layer of its own. */
function printLayers({ graph, checked }: Model): string {
  const layers = expandBlocks(graph, checked);
  const lines = layers.map(({ kind, path, inputs, initial }, index) => {
    const from = [...inputs, ...(initial === null ? [] : [initial])].map(
      ({ layer, port }) => `${layers[layer]?.path ?? '?'}${port === 'state' ? '.state' : ''}`,
    );
    return `  ${String(index).padStart(3)}  ${kind.padEnd(16)} ${path}${from.length === 0 ? '' : `  <- ${from.join(', ')}`}`;
  });
  const parameters = checked.parameters.map(({ name, shape, trainable }) => `  ${name} [${shape.join(' x ')}]${trainable ? '' : ' frozen'}`);
  return `layers, in running order\n${lines.join('\n')}\n\nparameters\n${parameters.join('\n')}\n`;
}

function stretches(plan: MemoryPlan): readonly Stretch[] {
  const { graph, shared } = plan;
  const size = (id: FamilyId, width: number): number => familyOf(graph, id).steps * graph.batch * width;
  const families = graph.families.flatMap((family): readonly Stretch[] => {
    const place = plan.places.get(family.id);
    if (place === undefined) return [];
    const name = `${family.layer}.${family.role}`;
    const value = { name, at: place.value, size: size(family.id, place.ld) };
    return place.adjoint === 0 || place.adjoint === place.value ? [value] : [value, { name: `d(${name})`, at: place.adjoint, size: value.size }];
  });
  const parameters = shared.parameters.flatMap(({ name, at, size: count, gradient }): readonly Stretch[] => [
    { name, at, size: count },
    ...(gradient === null ? [] : [{ name: `d(${name})`, at: gradient, size: count }]),
  ]);
  const packs = [...plan.packs].flatMap(([id, { forward, backward }]) => {
    const family = familyOf(graph, id);
    const weight = family.op.op === 'product' ? family.op.weight : null;
    const count = weight === null ? 0 : weight.rows * weight.columns;
    const name = `packed(${weight?.parameter ?? ''} for ${family.role})`;
    return [{ name, at: forward, size: count }, ...(backward === 0 ? [] : [{ name: `${name}^T`, at: backward, size: count }])];
  });
  const named = (map: ReadonlyMap<FamilyId, number>, name: string): readonly Stretch[] =>
    [...map].map(([id, at]) => ({ name: `${familyOf(graph, id).layer}.${name}`, at, size: graph.batch * familyOf(graph, id).width }));
  return distinct([
    ...parameters,
    ...families,
    ...packs,
    ...named(plan.cells, 'c'),
    ...named(plan.carries, 'carry'),
    ...named(plan.norms, 'norms'),
    { name: 'settings', at: shared.settings, size: 16 },
    { name: 'moments', at: shared.moments, size: shared.momentSlots * shared.trainable.size },
    { name: 'lengths', at: plan.lengths, size: graph.batch },
    ...(plan.targetLengths === plan.lengths ? [] : [{ name: 'lengths of the targets', at: plan.targetLengths, size: graph.batch }]),
    { name: 'targets', at: plan.targets, size: 1 },
    { name: 'lossWeights', at: plan.lossWeights, size: 1 },
    { name: 'lossRows', at: plan.lossRows, size: 1 },
    { name: 'outputs', at: plan.outputs, size: 1 },
    { name: 'partials', at: plan.partials, size: 1 },
  ]);
}

/** Families that share storage are named once, by the first. */
function distinct(all: readonly Stretch[]): readonly Stretch[] {
  return all.filter((each, index) => each.size > 0 && all.findIndex(({ at }) => at === each.at) === index);
}
