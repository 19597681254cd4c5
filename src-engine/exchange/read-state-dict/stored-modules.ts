import type { NamedArray } from '../safetensors.ts';

/** What belongs together in a file of weights, and in a drawing: a cell, a table of vectors, a product, a norm, an attention pool. */
export type ModuleKind = 'cell' | 'table' | 'linear' | 'norm' | 'attention';

export interface StoredModule {
  readonly kind: ModuleKind;
  /** The part of the names that its arrays share: `encoder.lstm`. */
  readonly prefix: string;
  /** Of nn.RNN, nn.GRU and nn.LSTM: the layer, and whether it reads backwards. */
  readonly layer: number;
  readonly reverse: boolean;
  /** By the last part of the name, `_l0` and `_reverse` left out. */
  readonly arrays: ReadonlyMap<string, NamedArray>;
}

const LAYERED = /^(?<part>weight_ih|weight_hh|bias_ih|bias_hh)(?:_l(?<layer>\d{1,4})(?<reverse>_reverse)?)?$/u;
const CELL_PARTS = new Set(['weight_ih', 'weight_hh', 'bias_ih', 'bias_hh', 'bias_hn', 'weight_ci', 'weight_cf', 'weight_co']);

/** The arrays of a state_dict by module, in the order of the file; layers of one module by their number, forward before reverse. */
export function storedModules(arrays: readonly NamedArray[]): readonly StoredModule[] {
  const found = new Map<string, { prefix: string; layer: number; reverse: boolean; arrays: Map<string, NamedArray> }>();
  for (const array of arrays) {
    const dot = array.name.lastIndexOf('.');
    const [prefix, last] = [array.name.slice(0, Math.max(0, dot)), array.name.slice(dot + 1)];
    const groups = LAYERED.exec(last)?.groups;
    const [layer, reverse] = [Number(groups?.['layer'] ?? 0), groups?.['reverse'] !== undefined];
    const key = JSON.stringify([prefix, layer, reverse]);
    const module = found.get(key) ?? { prefix, layer, reverse, arrays: new Map<string, NamedArray>() };
    module.arrays.set(groups?.['part'] ?? last, array);
    found.set(key, module);
  }
  const prefixes = [...new Set([...found.values()].map(({ prefix }) => prefix))];
  const inOrder = [...found.values()].sort(
    (a, b) => prefixes.indexOf(a.prefix) - prefixes.indexOf(b.prefix) || a.layer - b.layer || Number(a.reverse) - Number(b.reverse),
  );
  return inOrder.map((module) => ({ ...module, kind: moduleKind([...module.arrays.keys()], module.arrays.get('weight')?.shape.length ?? 0) }));
}

/** By the last parts of the names, and the axes of `weight`. */
export function moduleKind(parts: readonly string[], axes: number): ModuleKind {
  if (parts.some((part) => CELL_PARTS.has(part))) return 'cell';
  if (parts.includes('vector')) return 'attention';
  if (axes === 1) return 'norm';
  return parts.includes('bias') ? 'linear' : 'table';
}
