import type { CheckedGraph, ParameterShape } from '../document/checked.ts';
import { decoderCell } from '../document/decoder-cell.ts';
import { choiceParam, numberParam } from '../document/params.ts';
import type { GraphNode } from '../document/project.ts';
import type { Initialiser } from '../ir/initialiser.ts';

/**
 * How each parameter starts. PyTorch's defaults (uniform within 1/sqrt of the fan-in; of H for cells), so that runs compare;
 * weight_ih and weight_hh as the cell's `inputInit` and `recurrentInit` say, dense weights as `init` says; LSTM forget bias as its `forgetBias` says (Gers et al. 2000), GRU update bias as its `updateBias`.
 */
export function initialValues(checked: CheckedGraph): ReadonlyMap<string, Initialiser> {
  const values = new Map<string, Initialiser>();
  for (const parameter of checked.parameters) {
    const node = checked.nodes.get(parameter.node)?.node;
    if (node === undefined) throw new Error(`${parameter.name} belongs to no node`);
    values.set(parameter.name, initialValue(node, parameter, checked.parameters));
  }
  return values;
}

function initialValue(node: GraphNode, { name, shape }: ParameterShape, all: readonly ParameterShape[]): Initialiser {
  const columns = shape[1] ?? 1;
  switch (node.kind) {
    case 'embedding': {
      const vectors = choiceParam(node, 'vectors');
      return vectors === 'random' ? { kind: 'normal', deviation: 1 } : { kind: 'vectors', name: vectors };
    }
    case 'rnn':
    case 'gru':
    case 'lstm':
      return cellValue(node, name, shape);
    case 'decoder':
      return name.endsWith('.embedding') ? { kind: 'normal', deviation: 1 } : cellValue(decoderCell(node), name, shape);
    case 'layer-norm':
      return { kind: 'constant', value: name.endsWith('.weight') ? 1 : 0 };
    case 'pool':
      return { kind: 'uniform', bound: 1 / Math.sqrt(shape[0] ?? 1) };
    case 'dense':
      if (name.endsWith('.weight')) return { kind: 'uniform', bound: startBound(choiceParam(node, 'init'), columns, shape[0] ?? 1, 1 / Math.sqrt(columns)) };
      return linearValue(name, columns, all);
    default:
      return linearValue(name, columns, all);
  }
}

/** PyTorch's start of a linear layer: weight and bias uniform within 1/sqrt of the fan-in. */
function linearValue(name: string, columns: number, all: readonly ParameterShape[]): Initialiser {
  const weight = all.find((each) => each.name === name.replace(/bias$/, 'weight'));
  return { kind: 'uniform', bound: 1 / Math.sqrt(weight?.shape[1] ?? columns) };
}

/** Bound of a uniform start; `plain` where nothing else is chosen. Glorot and Bengio 2010; He et al. 2015. */
function startBound(choice: string, fanIn: number, fanOut: number, plain: number): number {
  if (choice === 'glorot') return Math.sqrt(6 / (fanIn + fanOut));
  return choice === 'he' ? Math.sqrt(6 / fanIn) : plain;
}

function cellValue(node: GraphNode, name: string, shape: readonly number[]): Initialiser {
  const units = numberParam(node, 'units');
  const bound = 1 / Math.sqrt(units);
  if (name.endsWith('.weight_hh')) return recurrentValue(node, units, bound);
  if (name.endsWith('.weight_ih')) return { kind: 'uniform', bound: startBound(choiceParam(node, 'inputInit'), shape[1] ?? 1, units, bound) };
  // Gate blocks i,f,g,o: the forget gate is the second.
  if (node.kind === 'lstm' && name.endsWith('.bias'))
    return { kind: 'uniform-with', bound, first: units, count: units, value: numberParam(node, 'forgetBias') };
  // Gate blocks r,z,n: the update gate is the second.
  if (node.kind === 'gru' && name.endsWith('.bias')) return { kind: 'uniform-plus', bound, first: units, count: units, shift: numberParam(node, 'updateBias') };
  if (shape.length === 0) throw new Error(`${name} has no shape`);
  return { kind: 'uniform', bound };
}

function recurrentValue(node: GraphNode, units: number, plain: number): Initialiser {
  const choice = choiceParam(node, 'recurrentInit');
  switch (choice) {
    case 'orthogonal':
    case 'identity':
      return { kind: choice, size: units };
    case 'spectral':
      return { kind: 'spectral', size: units, radius: numberParam(node, 'spectralRadius') };
    default:
      // fan-in and fan-out of each gate's [H,H] block
      return { kind: 'uniform', bound: startBound(choice, units, units, plain) };
  }
}
