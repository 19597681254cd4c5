import type { CheckedGraph, ParameterShape } from '../document/checked.ts';
import { choiceParam, numberParam } from '../document/params.ts';
import type { GraphNode } from '../document/project.ts';
import type { Initialiser } from '../ir/initialiser.ts';

/**
 * How each parameter starts. PyTorch's defaults (uniform within 1/sqrt of the fan-in; of H for cells), so that runs compare;
 * weight_hh as the cell's `recurrentInit` says; LSTM forget bias as its `forgetBias` says (Gers et al. 2000).
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
    case 'layer-norm':
      return { kind: 'constant', value: name.endsWith('.weight') ? 1 : 0 };
    case 'pool':
      return { kind: 'uniform', bound: 1 / Math.sqrt(shape[0] ?? 1) };
    default: {
      const weight = all.find((each) => each.name === name.replace(/bias$/, 'weight'));
      return { kind: 'uniform', bound: 1 / Math.sqrt(weight?.shape[1] ?? columns) };
    }
  }
}

function cellValue(node: GraphNode, name: string, shape: readonly number[]): Initialiser {
  const units = numberParam(node, 'units');
  const bound = 1 / Math.sqrt(units);
  if (name.endsWith('.weight_hh')) return recurrentValue(node, units, bound);
  // Gate blocks i,f,g,o: the forget gate is the second.
  if (node.kind === 'lstm' && name.endsWith('.bias'))
    return { kind: 'uniform-with', bound, first: units, count: units, value: numberParam(node, 'forgetBias') };
  if (shape.length === 0) throw new Error(`${name} has no shape`);
  return { kind: 'uniform', bound };
}

function recurrentValue(node: GraphNode, units: number, bound: number): Initialiser {
  switch (choiceParam(node, 'recurrentInit')) {
    case 'orthogonal':
      return { kind: 'orthogonal', size: units };
    case 'identity':
      return { kind: 'identity', size: units };
    case 'glorot':
      // fan-in and fan-out of each gate's [H,H] block
      return { kind: 'uniform', bound: Math.sqrt(6 / (2 * units)) };
    case 'he':
      // He et al. 2015, fan-in of each block
      return { kind: 'uniform', bound: Math.sqrt(6 / units) };
    case 'spectral':
      return { kind: 'spectral', size: units, radius: numberParam(node, 'spectralRadius') };
    default:
      return { kind: 'uniform', bound };
  }
}
