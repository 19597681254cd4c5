import { checkGraph } from '../../document/check.ts';
import type { ParameterShape } from '../../document/checked.ts';
import { problem, ProblemError, type Problem } from '../../document/problems.ts';
import type { Project } from '../../document/project.ts';
import type { DataSignature } from '../../document/signature.ts';
import { readSafetensors, type NamedArray } from '../safetensors.ts';
import { readWeights } from '../weights-file.ts';
import { moduleKind, storedModules, type ModuleKind, type StoredModule } from './stored-modules.ts';

export interface MappedWeights {
  readonly parameters: ReadonlyMap<string, Float32Array>;
  /** Each parameter here, and the arrays of the file it came from; empty where the names are Unroll's own. */
  readonly mapping: readonly { readonly parameter: string; readonly from: readonly string[] }[];
}

/** What a drawing wants together: a cell, or another layer with weights. */
interface WantedModule {
  readonly kind: ModuleKind;
  /** `lstm1[0].forward`. */
  readonly path: string;
  readonly node: ParameterShape['node'];
  /** By the last part of the name. */
  readonly parameters: ReadonlyMap<string, ParameterShape>;
}

const FIX = 'Draw the model as the file has it, or choose the file that belongs to this project.';

/**
 * The weights of a safetensors file for a project, by Unroll's names or as a PyTorch state_dict has them.
 *
 * The rule for a state_dict: arrays are taken module by module (`weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0` are one cell, with `_l1` the next,
 * with `_reverse` the backward one of a bidirectional block). Each layer of the drawing, in running order, takes the first module of its kind and shapes
 * that is left, one whose name is its own before others. Gates stand in the same order; of two biases the sum is taken, but for the candidate of a GRU.
 *
 * Throws ProblemError: U042 for a damaged file, U043 for each layer that finds no module and each array that is left over, with both shapes.
 */
export function readStateDict(bytes: Uint8Array, project: Project, signature: DataSignature): MappedWeights {
  const checked = checkGraph(project.graph, signature);
  if (!checked.ok) throw new ProblemError(checked.problems);
  const read = readSafetensors(bytes);
  if (!read.ok) throw new ProblemError(read.problems);
  const own = new Set(checked.parameters.map(({ name }) => name));
  const known = read.file.arrays.filter(({ name }) => own.has(name)).length;
  // PyTorch code that Unroll wrote shares many a name with it: heads, tables, cells of its own.
  if (known === own.size || known === read.file.arrays.length) return { parameters: readWeights(bytes, project, signature), mapping: [] };
  return mapModules(wantedModules(checked.parameters), storedModules(read.file.arrays));
}

function wantedModules(parameters: readonly ParameterShape[]): readonly WantedModule[] {
  const groups = new Map<string, ParameterShape[]>();
  for (const parameter of parameters) {
    const dot = parameter.name.lastIndexOf('.');
    // A decoder's table of classes stands beside its cell.
    const path = parameter.name.endsWith('.embedding') ? parameter.name : parameter.name.slice(0, dot);
    groups.set(path, [...(groups.get(path) ?? []), parameter]);
  }
  return [...groups].flatMap(([path, group]) => {
    const byPart = new Map(group.map((parameter) => [parameter.name.slice(parameter.name.lastIndexOf('.') + 1).replace('embedding', 'weight'), parameter]));
    const [first] = group;
    return first === undefined
      ? []
      : [{ kind: moduleKind([...byPart.keys()], byPart.get('weight')?.shape.length ?? 0), path, node: first.node, parameters: byPart }];
  });
}

function mapModules(wanted: readonly WantedModule[], stored: readonly StoredModule[]): MappedWeights {
  const left = new Set(stored);
  const parameters = new Map<string, Float32Array>();
  const mapping: { parameter: string; from: readonly string[] }[] = [];
  const missed: WantedModule[] = [];
  for (const module of wanted) {
    const fitting = [...left].filter((each) => fits(module, each));
    const chosen = fitting.find((each) => isNamed(module, each)) ?? fitting[0];
    if (chosen === undefined) missed.push(module);
    else {
      left.delete(chosen);
      for (const [name, { values, from }] of taken(module, chosen)) {
        parameters.set(name, values);
        mapping.push({ parameter: name, from });
      }
    }
  }
  const problems = [...missed.flatMap((module) => mismatch(module, left)), ...[...left].flatMap(leftOver)];
  if (problems.length > 0) throw new ProblemError(problems);
  return { parameters, mapping };
}

/** `gru1[0].forward` is named by `gru1`, `encoder.gru1`, and, as Python has it, `gru1_0_forward`. */
function isNamed({ path }: WantedModule, { prefix }: StoredModule): boolean {
  const last = prefix.slice(prefix.lastIndexOf('.') + 1);
  return last === path || last === path.replace(/\W+/gu, '_').replace(/_+$/u, '') || last === /^[^[.]*/u.exec(path)?.[0];
}

function shapeOf(array: NamedArray | undefined): string {
  return array === undefined ? '' : array.shape.join(' x ');
}

/** Parts that must be there with exactly this shape; what else a cell has follows from them. */
function required({ kind, parameters }: WantedModule): readonly ParameterShape[] {
  const parts = kind === 'cell' ? ['weight_ih', 'weight_hh'] : [...parameters.keys()];
  return parts.flatMap((part) => parameters.get(part) ?? []);
}

function partOf({ name }: ParameterShape): string {
  return name.slice(name.lastIndexOf('.') + 1).replace('embedding', 'weight');
}

function fits(wanted: WantedModule, stored: StoredModule): boolean {
  if (wanted.kind !== stored.kind || wanted.path.endsWith('.backward') !== stored.reverse) {
    // A module of one's own has its directions under two names.
    if (wanted.kind !== stored.kind || stored.reverse || !isNamed(wanted, stored)) return false;
  }
  if (resetsOtherwise(wanted, stored)) return false;
  return required(wanted).every((parameter) => shapeOf(stored.arrays.get(partOf(parameter))) === parameter.shape.join(' x '));
}

/** PyTorch's GRU resets after the product, and so cannot become one that resets before it. */
function resetsOtherwise({ parameters }: WantedModule, { arrays }: StoredModule): boolean {
  const isGru = parameters.get('weight_ih')?.gates.join() === 'r,z,n';
  return isGru && parameters.has('bias_hn') !== (arrays.has('bias_hh') || arrays.has('bias_hn'));
}

type Taken = readonly [string, { readonly values: Float32Array; readonly from: readonly string[] }];

function taken({ parameters }: WantedModule, { arrays }: StoredModule): readonly Taken[] {
  return [...parameters].map(([part, parameter]): Taken => {
    const own = arrays.get(part);
    if (own !== undefined) return [parameter.name, { values: own.values, from: [own.name] }];
    const size = parameter.shape.reduce((product, axis) => product * axis, 1);
    const [ofInput, ofState] = [arrays.get('bias_ih'), arrays.get('bias_hh')];
    const from = [ofInput, ofState].flatMap((array) => array?.name ?? []);
    if (part === 'bias_hn')
      return [parameter.name, { values: ofState?.values.slice(2 * size) ?? new Float32Array(size), from: ofState === undefined ? [] : [ofState.name] }];
    if (part !== 'bias') return [parameter.name, { values: new Float32Array(size), from: [] }];
    const single = parameters.has('bias_hn') ? (2 * size) / 3 : size;
    const values = Float32Array.from({ length: size }, (_, row) => (ofInput?.values[row] ?? 0) + (row < single ? (ofState?.values[row] ?? 0) : 0));
    return [parameter.name, { values, from }];
  });
}

/** The layer's shapes beside those of the module that is nearest to it: of its name, or the first of its kind that is left. */
function mismatch(wanted: WantedModule, left: Set<StoredModule>): readonly Problem[] {
  const same = [...left].filter(({ kind }) => kind === wanted.kind);
  const nearest = same.find((each) => isNamed(wanted, each)) ?? same[0];
  if (nearest === undefined)
    return required(wanted).map(({ name, shape, node }) =>
      problem('U043', `${name} is ${shape.join(' x ')} in the project, and nothing in the file is left for it.`, FIX, { node }),
    );
  left.delete(nearest);
  const { node } = wanted;
  const different = required(wanted).flatMap((parameter) => {
    const array = nearest.arrays.get(partOf(parameter));
    if (shapeOf(array) === parameter.shape.join(' x ')) return [];
    const inFile = array === undefined ? `the file has no ${nearest.prefix}.${partOf(parameter)}` : `${array.name} is ${shapeOf(array)} in the file`;
    return [problem('U043', `${parameter.name} is ${parameter.shape.join(' x ')} in the project, and ${inFile}.`, FIX, { node })];
  });
  if (different.length > 0) return different;
  const how = resetsOtherwise(wanted, nearest)
    ? `${wanted.path} resets ${wanted.parameters.has('bias_hn') ? 'after' : 'before'} the product, and ${nearest.prefix} of the file ${wanted.parameters.has('bias_hn') ? 'before' : 'after'} it`
    : `${wanted.path} reads ${nearest.reverse ? 'forwards' : 'backwards'}, and ${nearest.prefix} of the file ${nearest.reverse ? 'backwards' : 'forwards'}`;
  return [problem('U043', `${how}.`, 'Change the option of the block: the shapes are the same, the equations are not.', { node })];
}

function leftOver({ arrays }: StoredModule): readonly Problem[] {
  return [...arrays.values()].map((array) => problem('U043', `The file holds ${array.name} (${shapeOf(array)}), which no layer of the project takes.`, FIX));
}
