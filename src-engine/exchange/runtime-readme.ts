import { isCellKind, isHeadKind } from '../document/node-kinds.ts';
import { booleanParam, choiceParam } from '../document/params.ts';
import type { GraphNode } from '../document/project.ts';
import { isSwitchedOff } from '../document/switched-off.ts';
import type { Normalisation } from '../document/signature.ts';
import type { TrainedModel } from './trained-model.ts';

type Model = Pick<TrainedModel, 'project' | 'signature'>;

/** `unroll-runtime.md`: how the model file `fileName` beside it is run in a page, in Node and, by hand, in Python with numpy. */
export function runtimeReadme(model: Model, fileName: string): string {
  const example = JSON.stringify(exampleInput(model));
  const file = JSON.stringify(`./${fileName}`);
  const numpy = numpyExample(model, fileName);
  return `# Running ${fileName}

\`unroll-runtime.js\` is one module without dependencies that runs this model. ${readsText(model)}

## In a web page

    <script type="module">
      import { loadModel } from './unroll-runtime.js';
      const model = loadModel(await (await fetch(${file})).text());
      const [answer] = model.predict([${example}]);
      document.body.textContent = JSON.stringify({ classes: model.classes, answer });
    </script>

## In Node

Save this as \`run.mjs\` in the folder of the two files; \`node run.mjs\` (18 or newer) prints the answer.

    import { readFile } from 'node:fs/promises';
    import { loadModel } from './unroll-runtime.js';
    const model = loadModel(await readFile(${file}, 'utf8'));
    console.log(model.classes, model.predict([${example}])[0]);

\`predict\` takes a list of inputs and gives a list of answers, in their order${inputNote(model)}.

Step by step, with the answer to all that was read so far (a model that needs whole sequences refuses this and says why):

    const stream = model.stream();
    for (const step of ${model.signature.input.kind === 'tokens' ? `model.tokens(${JSON.stringify(exampleTokens(model).join(' '))})` : `[${JSON.stringify(exampleRow(model))}]`}) console.log(stream.push(step));

## In Python, with numpy alone

${numpy === null ? manyLayers(fileName) : `${indented(numpy)}\n`}
The equations of every block are in Unroll's inspector. Gates stand one below the other in the rows of a weight, in the order that \`gates\` says.
`;
}

/** What one input looks like, for whoever has inputs of their own. */
function inputNote({ signature: { input } }: Model): string {
  if (input.kind === 'tokens') return `; a text may stand where the list of ${input.unit}s stands, and is cut as in training`;
  return input.kind === 'vector' ? '' : '; the rows of one input are its steps, oldest first, and there may be as many as you have';
}

function readsText({ signature: { input, output } }: Model): string {
  const reads =
    input.kind === 'tokens'
      ? 'It reads texts, or lists of tokens'
      : `It reads ${input.kind === 'vector' ? 'a list' : 'lists'} of ${String(input.width)} ${input.width === 1 ? 'number' : 'numbers'}${input.kind === 'vector' ? '' : ', one for each step'}, in the unit of the data (${input.columns.join(', ')})`;
  const answers = output.kind === 'classes' ? 'probabilities of its classes' : `numbers in the unit of the data (${output.columns.join(', ')})`;
  return `${reads}, and answers with ${answers}${output.perStep ? ', at every step' : ''}.`;
}

/** Three tokens that the model knows. */
function exampleTokens({ signature: { input } }: Model): readonly string[] {
  return input.kind === 'tokens' ? [1, 2, 3].map((id) => input.vocabulary[Math.min(id, input.vocabulary.length - 1)] ?? '') : [];
}

function exampleRow({ signature: { input } }: Model): readonly number[] {
  return input.kind === 'tokens' ? [] : Array.from({ length: input.width }, (_, column) => Number((input.normalisation?.mean[column] ?? 0.5).toPrecision(4)));
}

function exampleInput(model: Model): unknown {
  const { kind } = model.signature.input;
  if (kind === 'tokens') return exampleTokens(model);
  return kind === 'vector' ? exampleRow(model) : [exampleRow(model), exampleRow(model)];
}

function manyLayers(fileName: string): string {
  return `${indented([...readLines(fileName), 'print({name: array.shape for name, array in P.items()})'])}

These are the model's arrays by name; it has more than one recurrent layer, or one that reads both ways, so its equations take more than a few lines.
`;
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `    ${line}`).join('\n');
}

function readLines(fileName: string): readonly string[] {
  return [
    'import base64, json',
    'import numpy as np',
    `model = json.load(open(${JSON.stringify(fileName)}, encoding="utf-8"))`,
    'array = lambda data: np.frombuffer(base64.b64decode(data), "<f4") if isinstance(data, str) else np.array(data)',
    'P = {name: array(each["data"]).reshape(each["shape"]) for name, each in model["parameters"].items()}',
    'sigmoid = lambda x: 1 / (1 + np.exp(-x))',
  ];
}

/** The whole model in numpy, where it is one cell between what it reads and its head; null where it is more. */
export function numpyExample(model: Model, fileName: string): readonly string[] | null {
  const chain = chainOf(model);
  if (chain === null) return null;
  const { shaping, cell, head } = chain;
  return [
    ...readLines(fileName),
    `W, U, b = (P["${cell.id}." + part] for part in ("weight_ih", "weight_hh", "bias"))`,
    `h = c = np.zeros(U.shape[1])`,
    ...inputLines(model, shaping),
    ...cellLines(cell).map((line) => `    ${line}`),
    `y = P["${head.id}.weight"] @ h + P["${head.id}.bias"]`,
    answerLine(model, head),
  ];
}

interface Chain {
  readonly shaping: GraphNode | null;
  readonly cell: GraphNode;
  readonly head: GraphNode;
}

function chainOf({ project: { graph } }: Model): Chain | null {
  const running = graph.nodes.filter((node) => !isSwitchedOff(node) && node.kind !== 'dropout' && node.kind !== 'last-step');
  const [input, ...rest] = running;
  const cells = rest.filter(({ kind }) => isCellKind(kind));
  const shaping = rest.filter(({ kind }) => kind === 'embedding' || kind === 'one-hot');
  const heads = rest.filter(({ kind }) => isHeadKind(kind));
  const [cell] = cells;
  const [head] = heads;
  if (input === undefined || input.kind === 'vector' || cell === undefined || head === undefined) return null;
  const isChain = running.length === 2 + cells.length + shaping.length && cells.length === 1 && shaping.length <= 1;
  return isChain ? { shaping: shaping[0] ?? null, cell, head } : null;
}

function inputLines(model: Model, shaping: GraphNode | null): readonly string[] {
  const { input } = model.signature;
  if (input.kind === 'tokens')
    return [
      'vocabulary = model["signature"]["inputs"][0]["vocabulary"]',
      `for token in ${JSON.stringify(exampleTokens(model))}:`,
      `    x = ${shaping?.kind === 'embedding' ? `P["${shaping.id}.weight"]` : 'np.eye(len(vocabulary))'}[vocabulary.index(token)]`,
    ];
  const rows = `np.array([${[0, 1].map(() => JSON.stringify(exampleRow(model))).join(', ')}])`;
  return [`for x in ${scaled(rows, input.normalisation, (x, { mean, deviation }) => `(${x} - ${mean}) / ${deviation}`)}:`];
}

function scaled(x: string, normalisation: Normalisation | null, how: (x: string, texts: { mean: string; deviation: string }) => string): string {
  if (normalisation === null) return x;
  return how(x, { mean: `np.array(${JSON.stringify(normalisation.mean)})`, deviation: `np.array(${JSON.stringify(normalisation.deviation)})` });
}

function cellLines(cell: GraphNode): readonly string[] {
  if (cell.kind === 'rnn') {
    const sum = 'W @ x + U @ h + b';
    const activation = choiceParam(cell, 'activation');
    return [`h = ${activation === 'relu' ? `np.maximum(0, ${sum})` : `${activation === 'sigmoid' ? 'sigmoid' : 'np.tanh'}(${sum})`}`];
  }
  if (cell.kind === 'gru') {
    const after = choiceParam(cell, 'reset') === 'after';
    return [
      'a, H = W @ x + b, len(h)',
      'r, z = np.split(sigmoid(a[: 2 * H] + U[: 2 * H] @ h), 2)',
      `n = np.tanh(a[2 * H :] + ${after ? `r * (U[2 * H :] @ h + P["${cell.id}.bias_hn"])` : 'U[2 * H :] @ (r * h)'})`,
      'h = z * h + (1 - z) * n',
    ];
  }
  const peephole = (part: string, c: string): string => (booleanParam(cell, 'peephole') ? ` + P["${cell.id}.weight_${part}"] * ${c}` : '');
  return [
    'i, f, g, o = np.split(W @ x + U @ h + b, 4)',
    `f = sigmoid(f${peephole('cf', 'c')})`,
    `i = ${booleanParam(cell, 'coupled') ? '1 - f' : `sigmoid(i${peephole('ci', 'c')})`}`,
    'c = f * c + i * np.tanh(g)',
    `h = sigmoid(o${peephole('co', 'c')}) * np.tanh(c)`,
  ];
}

/** Of a model that answers at every step, the answer at the last. */
function answerLine({ signature: { output } }: Model, head: GraphNode): string {
  if (head.kind === 'softmax-head') return 'print((np.exp(y - y.max()) / np.exp(y - y.max()).sum()).tolist())';
  if (head.kind === 'regression-head')
    return `print((${scaled('y', output.kind === 'numbers' ? output.normalisation : null, (y, { mean, deviation }) => `${y} * ${deviation} + ${mean}`)}).tolist())`;
  const isPair = output.kind === 'classes' && output.classes.length === 2;
  return isPair ? 'print([float(1 - sigmoid(y)[0]), float(sigmoid(y)[0])])' : 'print(sigmoid(y).tolist())';
}
