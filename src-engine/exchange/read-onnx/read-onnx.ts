import { checkGraph } from '../../document/check.ts';
import { emptyProject, PROJECT_FORMAT, PROJECT_VERSION } from '../../document/defaults.ts';
import { parseProjectValue } from '../../document/file/parse-project.ts';
import { problem, ProblemError, type Problem } from '../../document/problems.ts';
import type { Project } from '../../document/project.ts';
import type { DataSignature, InputSignature, OutputSignature } from '../../document/signature.ts';
import type { TrainedModel } from '../trained-model.ts';
import { Draft } from './draft.ts';
import { damaged, readOnnxFile, readTensor, type OnnxFile } from './onnx-file.ts';
import { DATA_TYPE } from '../onnx/onnx-schema.ts';
import { nameOf, readOperator } from './operators.ts';
import { withOwnNames } from './own-names.ts';
import { NoBlock, type Data, type Value } from './values.ts';

/** A model from elsewhere as a document with weights, and what one should know about it. */
export interface ImportedModel {
  readonly model: TrainedModel;
  readonly notes: readonly string[];
}

const FIX = 'Nothing was opened. Export the model from its program without this operator, or its weights as safetensors into a document drawn here.';

/** Said of a file with what an export adds to a drawing: scales of the data, masks of padded steps. */
const OWN = problem('U048', 'Unroll itself wrote this ONNX file.', 'Open the project it was exported from, or its .model.json, which holds everything.');

/**
 * An ONNX model made of RNN, GRU, LSTM, Gemm, MatMul, embeddings (Gather), activations, pools and the operators that turn tensors about, as a document with
 * weights. It has no data: names of tokens, columns and classes are numbers. Throws ProblemError: U042 for a file that cannot be read, U048 for each
 * operator that has no block.
 */
export function readOnnx(bytes: Uint8Array, name: string): ImportedModel {
  const file = readOnnxFile(bytes);
  const draft = new Draft();
  const input = addInput(draft, file);
  const notes: string[] = [];
  try {
    const values = readNodes(file, draft, input);
    const [wanted, ...others] = file.graph.output;
    const answer = values.get(wanted?.name ?? '');
    if (answer?.kind !== 'data') throw new NoBlock('gives an answer that is not computed from the input');
    if (others.length > 0) notes.push(`Of its ${others.length + 1} outputs the first is the answer here: ${wanted?.name ?? ''}.`);
    const output = addHead(draft, answer, notes);
    const model = assemble(draft, input, output, name);
    const signature = withOwnNames(model.signature, file.metadataProps);
    const named = signature.input !== model.signature.input;
    return { model: { ...model, signature }, notes: [...notes, ...(named ? [] : noteOnNames(input))] };
  } catch (error) {
    if (error instanceof NoBlock) throw new ProblemError([problem('U048', `The answer of this ONNX file ${error.message}.`, FIX)]);
    throw error;
  }
}

interface Input {
  readonly kind: 'tokens' | 'features' | 'vector';
  readonly name: string;
  readonly node: string;
  readonly width: number;
  readonly lengths: readonly string[];
}

/** Of an input, and of an answer that no product of the file makes: a few bytes must not ask for more. */
const MOST_FEATURES = 65_536;
const MOST_ANSWERS = 1024;

/** What the model reads: whole numbers are token ids, others features with steps or without; whole numbers of one axis are the rows' lengths. */
function addInput(draft: Draft, { graph }: OnnxFile): Input {
  const stored = new Set(graph.initializer.map((tensor) => tensor.name));
  const ends = graph.input.flatMap(({ name, type }) => {
    const tensor = type?.tensorType;
    return stored.has(name) || tensor === undefined
      ? []
      : [{ name, type: tensor.elemType, dims: tensor.shape?.dim.map(({ dimValue }) => Number(dimValue)) ?? [] }];
  });
  const isWhole = (type: number): boolean => type === DATA_TYPE.int64 || type === DATA_TYPE.int32;
  const lengths = ends.filter(({ type, dims }) => isWhole(type) && dims.length === 1);
  const inputs = ends.filter((end) => !lengths.includes(end));
  const [only] = inputs;
  if (only === undefined || inputs.length > 1)
    throw new ProblemError([
      problem('U048', `The ONNX file reads ${inputs.length} tensors (${inputs.map(({ name }) => name).join(', ')}); a document here reads one.`, FIX),
    ]);
  const rank = only.dims.length;
  const kind = isWhole(only.type) ? 'tokens' : rank === 3 ? 'features' : 'vector';
  if (rank !== (kind === 'features' ? 3 : 2))
    throw new ProblemError([problem('U048', `The ONNX file reads a tensor of ${rank} axes, which no input here has.`, FIX)]);
  const width = kind === 'tokens' ? 1 : (only.dims.at(-1) ?? 0);
  if (kind !== 'tokens' && !(width > 0 && width <= MOST_FEATURES))
    throw new ProblemError([problem('U048', `The ONNX file does not say how many features its input ${only.name} has, or says too many.`, FIX)]);
  draft.tokens = kind === 'tokens';
  return { kind, name: only.name, node: draft.add(kind, {}), width, lengths: lengths.map(({ name }) => name) };
}

function readNodes({ graph, metadataProps }: OnnxFile, draft: Draft, input: Input): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>(input.lengths.map((name) => [name, { kind: 'sizes' }]));
  for (const tensor of graph.initializer) values.set(tensor.name, { kind: 'constant', ...readTensor(tensor) });
  const axes: Data['axes'] = input.kind === 'vector' ? ['B', 'F'] : input.kind === 'tokens' ? ['a0', 'a1'] : ['a0', 'a1', 'F'];
  values.set(input.name, { kind: 'data', node: input.node, port: 'out', axes, width: input.width, directions: 1, half: null, isCell: false, ending: null });
  const needed = neededBy(graph);
  const problems: Problem[] = [];
  for (const node of graph.node.filter((each) => needed.has(each))) {
    const inputs = node.input.map((name) => (name === '' ? null : (values.get(name) ?? null)));
    const missing = node.input.find((name) => name !== '' && !values.has(name));
    // What follows an operator that is not read is not told of as well.
    if (missing !== undefined && problems.length > 0) continue;
    if (missing !== undefined) throw damaged(`${nameOf(node)} reads ${missing}, which nothing before it gives`);
    try {
      const given = readOperator(node, { draft, read: (place) => inputs[place] ?? null, inputs: inputs.filter((value) => value !== null) });
      for (const [place, name] of node.output.entries()) if (name !== '' && given[place] !== undefined) values.set(name, given[place]);
    } catch (error) {
      if (!(error instanceof NoBlock)) throw error;
      problems.push(problem('U048', `${nameOf(node)} ${error.message}.`, FIX));
    }
  }
  if (problems.length > 0) throw new ProblemError(metadataProps.some(({ key }) => key === 'unroll.project') ? [...problems, OWN] : problems);
  return values;
}

/** The operators that the first output follows from. */
function neededBy(graph: OnnxFile['graph']): ReadonlySet<OnnxFile['graph']['node'][number]> {
  const makers = new Map(graph.node.flatMap((node) => node.output.map((name) => [name, node] as const)));
  const needed = new Set<OnnxFile['graph']['node'][number]>();
  const wanted = [graph.output[0]?.name ?? ''];
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    const node = makers.get(name);
    if (node === undefined || needed.has(node)) continue;
    needed.add(node);
    wanted.push(...node.input);
  }
  return needed;
}

/** The last product as the head; a head that hands on what it reads where the model ends in something else. */
function addHead(draft: Draft, answer: Data, notes: string[]): OutputSignature {
  const { ending } = answer;
  const last = draft.settled(sideBySide(draft, { ...answer, ending: null }, notes));
  const perStep = draft.named(last).includes('T');
  const isShare = ending === 'sigmoid' && last.width === 1;
  const kind = ending === 'softmax' || ending === 'log-softmax' ? 'softmax-head' : isShare ? 'sigmoid-head' : 'regression-head';
  const from = ending === 'sigmoid' && !isShare ? draft.settled(answer) : last;
  const product = draft.node(from.node);
  if (ending === 'log-softmax') notes.push('The file answers with logarithms of probabilities; here the model answers with the probabilities.');
  if (isShare) notes.push('The file answers with one probability; here that is the probability of the second of two classes.');
  if (product.kind === 'dense' && !draft.isRead(from.node)) draft.turnIntoHead(from.node, kind);
  else if (from.width <= MOST_ANSWERS) draft.follow(kind, from, from.width, {}, identity(from.width));
  else throw new NoBlock(`ends in ${from.width} numbers that no product makes`);
  const names = (count: number, prefix: string): string[] => Array.from({ length: count }, (_, place) => `${prefix} ${place + 1}`);
  if (kind !== 'regression-head') return { kind: 'classes', classes: names(isShare ? 2 : from.width, 'class'), perStep };
  return { kind: 'numbers', width: from.width, columns: names(from.width, 'answer'), normalisation: null, perStep };
}

/** An answer of two directions on an axis of their own has them in its features. */
function sideBySide(draft: Draft, answer: Data, notes: string[]): Data {
  if (!answer.axes.includes('D') || answer.directions === 1 || answer.isCell) return answer;
  draft.merge(answer.node, 'concat');
  notes.push('The file answers with both directions on an axis of their own; here they stand side by side.');
  return { ...answer, axes: answer.axes.filter((axis) => axis !== 'D'), directions: 1 };
}

function identity(width: number): Map<string, Float32Array> {
  const weight = Float32Array.from({ length: width * width }, (_, e) => (e % (width + 1) === 0 ? 1 : 0));
  return new Map([
    ['weight', weight],
    ['bias', new Float32Array(width)],
  ]);
}

function assemble(draft: Draft, input: Input, output: OutputSignature, name: string): TrainedModel {
  const project = projectOf(draft, name);
  const signature: DataSignature = { input: inputSignature(draft, input), output, longest: 0 };
  const checked = checkGraph(project.graph, signature);
  if (!checked.ok) throw new ProblemError(checked.problems);
  const parameters = new Map(
    checked.parameters.map(({ name: full, shape, node }): [string, Float32Array] => {
      const values = draft.node(node).weights.get(full.slice(node.length + 1));
      const size = shape.reduce((product, axis) => product * axis, 1);
      if (values?.length !== size) throw damaged(`${full} has ${values?.length ?? 'no'} numbers where ${shape.join(' x ')} are needed`);
      const bad = values.findIndex((value) => !Number.isFinite(value));
      if (bad >= 0) throw damaged(`${full} holds ${String(values[bad])}, and weights must be finite`);
      return [full, values];
    }),
  );
  return { project, signature, parameters, metrics: {}, history: [] };
}

function projectOf(draft: Draft, name: string): Project {
  const columns = new Map<string, number>();
  const nodes = [...draft.nodes].map(([id, { kind, params, parent }]) => {
    const place = parent === null ? columns.size : 0;
    if (parent === null) columns.set(id, place);
    const { rows, ...options } = params;
    return {
      id,
      kind,
      ...(parent === null ? {} : { parent }),
      position: { x: parent === null ? 260 * place : 24, y: parent === null ? 0 : 56 },
      params: rows === undefined ? params : options,
    };
  });
  const wires = draft.wires.map(({ from, fromPort, to, port }, place) => ({
    id: `w${place + 1}`,
    from: { node: from, port: fromPort },
    to: { node: to, port },
  }));
  const parsed = parseProjectValue({ ...emptyProject(name), format: PROJECT_FORMAT, version: PROJECT_VERSION, graph: { nodes, wires }, data: null });
  if (!parsed.ok) throw new ProblemError(parsed.problems);
  return parsed.project;
}

function inputSignature(draft: Draft, { kind, node, width }: Input): InputSignature {
  const rows = Number(draft.node(node).params['rows'] ?? 0);
  if (kind === 'tokens') return { kind, unit: 'word', vocabulary: Array.from({ length: rows }, (_, id) => (id === 0 ? '<unk>' : `token ${id}`)) };
  return { kind, width, columns: Array.from({ length: width }, (_, column) => `column ${column + 1}`), normalisation: null };
}

function noteOnNames({ kind }: Input): readonly string[] {
  if (kind === 'tokens') return ['An ONNX file has no vocabulary: the tokens are named by their ids.'];
  return [];
}
