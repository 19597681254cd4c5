import { checkGraph } from '../document/check.ts';
import { isHeadKind } from '../document/node-kinds.ts';
import type { Problem } from '../document/problems.ts';
import { problem } from '../document/problems.ts';
import type { Graph } from '../document/project.ts';
import type { DataSignature, InputSignature, Normalisation, OutputSignature } from '../document/signature.ts';
import type { ParsedModel } from './model-schema.ts';

export type ReadSignature = { readonly ok: true; readonly signature: DataSignature } | { readonly ok: false; readonly problems: readonly Problem[] };

type FileInput = ParsedModel['signature']['inputs'][number];
type FileOutput = ParsedModel['signature']['outputs'][number];
type FileNormalisation = Extract<FileInput, { readonly kind: 'features' }>['normalisation'];

/** The signature of a model file with what it leaves out filled in: unit, column names, whether the head answers per step. */
export function readSignature(file: ParsedModel['signature'], graph: Graph): ReadSignature {
  const [input] = file.inputs;
  const [output] = file.outputs;
  if (input === undefined || output === undefined) throw new Error('the schema asks for one input and one output');
  const problems = [
    ...nodeProblem(graph, input.node, 'inputs'),
    ...nodeProblem(graph, output.node, 'outputs'),
    ...normalisationProblems(input, 'signature.inputs[0]'),
    ...normalisationProblems(output, 'signature.outputs[0]'),
  ];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, signature: { input: toInput(input), output: toOutput(output, graph), longest: file.longest ?? 0 } };
}

function nodeProblem(graph: Graph, id: string | undefined, side: 'inputs' | 'outputs'): readonly Problem[] {
  if (id === undefined || graph.nodes.some((node) => node.id === id)) return [];
  const path = `signature.${side}[0].node`;
  return [problem('U042', `${path} is "${id}", and the project has no such node.`, 'Name a node of the project.', { path })];
}

function toInput(input: FileInput): InputSignature {
  if (input.kind === 'tokens') return { kind: 'tokens', unit: input.unit ?? guessUnit(input.vocabulary), vocabulary: input.vocabulary };
  return {
    kind: input.kind,
    width: input.width,
    columns: input.columns ?? numbered(input.width),
    normalisation: toNormalisation(input.normalisation, input.width),
  };
}

function toOutput(output: FileOutput, graph: Graph): OutputSignature {
  const perStep = output.perStep ?? answersPerStep(graph);
  if (hasClasses(output)) {
    const fromRight = output.fromRight === true ? { fromRight: true } : {};
    const own = perStep && output.ownSteps !== undefined ? { ownSteps: output.ownSteps, ...fromRight } : {};
    return { kind: 'classes', classes: output.classes, perStep, ...own };
  }
  const { width, next } = output;
  const fedBack = next === undefined ? {} : { next };
  return {
    kind: 'numbers',
    width,
    columns: output.columns ?? numbered(width),
    normalisation: toNormalisation(output.normalisation, width),
    perStep,
    ...fedBack,
  };
}

function hasClasses(output: FileOutput): output is Extract<FileOutput, { classes: string[] }> {
  return 'classes' in output;
}

/** Single characters only, the unknown token aside: a character model. */
function guessUnit(vocabulary: readonly string[]): 'word' | 'character' {
  return vocabulary.every((token) => token === '<unk>' || [...token].length === 1) ? 'character' : 'word';
}

function numbered(width: number): readonly string[] {
  return Array.from({ length: width }, (_, column) => `column ${column + 1}`);
}

/** A head fed with a sequence answers per step. */
function answersPerStep(graph: Graph): boolean {
  const checked = checkGraph(graph, null);
  return [...checked.nodes.values()].some(({ node, inputs }) => isHeadKind(node.kind) && inputs['in']?.kind === 'sequence');
}

function toNormalisation(file: FileNormalisation, width: number): Normalisation | null {
  if (file === null || file === undefined) return null;
  const spread = (value: number | readonly number[]): readonly number[] => (typeof value === 'number' ? Array.from({ length: width }, () => value) : value);
  return { mean: spread(file.mean), deviation: spread(file.deviation) };
}

/** U042 where the lists are not as long as the width, or a deviation is not above 0. */
function normalisationProblems(part: FileInput | FileOutput, path: string): readonly Problem[] {
  if (!('width' in part) || typeof part.width !== 'number') return [];
  const { width } = part;
  const normalisation = toNormalisation(part.normalisation as FileNormalisation, width);
  if (normalisation === null) return [];
  const place = { path: `${path}.normalisation` };
  const lengths = [normalisation.mean.length, normalisation.deviation.length];
  if (lengths.some((length) => length !== width)) {
    return [
      problem('U042', `${place.path} holds ${lengths.join(' and ')} numbers for ${width} columns.`, 'Give one mean and one deviation for each column.', place),
    ];
  }
  if (normalisation.deviation.every((each) => each > 0)) return [];
  return [problem('U042', `${place.path}.deviation holds a number that is not above 0.`, 'Use 1 for a column that never changes.', place)];
}
