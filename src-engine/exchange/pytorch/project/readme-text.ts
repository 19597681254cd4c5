import type { Project } from '../../../document/project.ts';
import { hasOwnSteps, type DataSignature } from '../../../document/signature.ts';

/** `README.md` of the project: what each file is for, how to go on, and what is not as it was in Unroll. */
export function readmeText(project: Project, signature: DataSignature, holdsData: boolean): string {
  const differences = differencesOf(project, signature);
  return `# ${plainLine(project.name)}

A model from Unroll as a PyTorch project (1.13 or newer; no other package).

| file | what it is |
|---|---|
| \`model.py\` | the model, and where each of its weights stands in Unroll |
| \`head.py\` | its loss, and its answers in the unit of the data |
| \`weights.safetensors\`, \`weights.py\` | its weights, and how to read and write such a file |
| \`data.py\`, \`signature.json\` | the loader, with vocabulary, classes and normalisation |
${holdsData ? '| `data/` | the data, a file of JSON lines for each part |\n' : ''}| \`predict.py\` | answers to inputs of your own |
| \`train.py\` | trains on |
| \`verify.py\`, \`verify.json\` | compares this project with Unroll's own answers |

## Use it

    python3 predict.py inputs.jsonl

prints one answer for each line of the file, and a line is \`{"x": ...}\`, as here:

    {"x": ${exampleInput(signature)}}

From Python: \`from predict import load, predict\`, then \`predict(load(), [x, ...])\`.

## Check it

    python3 verify.py

## Train on

    python3 train.py
    torchrun --nproc_per_node 2 train.py

With \`torchrun\` every process takes its share of each batch and the gradients are averaged: the updates are those of one process. On several machines
give \`torchrun\` its \`--nnodes\`, \`--node_rank\` and \`--master_addr\`. On the CPU the processes speak gloo, on GPUs nccl. PyTorch 1.13
under Python 3.11 or newer starts them only with \`--redirects 2 --tee 1\`. The weights are written to
\`trained.safetensors\` after each epoch; \`python3 train.py --weights trained.safetensors\` goes on from them.

## Data

${holdsData ? 'Other data:' : 'The data is not beside this file.'} give a folder with \`train.jsonl\` and, if you have one, \`validation.jsonl\`: \`python3 train.py --data FOLDER\`.
A file is read line by line, so it may be larger than the memory. Each line is one example:

    {"x": ${inputForm(signature)}, "y": ${targetForm(signature)}}

${differences.length === 0 ? '' : `## What differs from training in Unroll\n\n${differences.map((each) => `- ${each}\n`).join('')}`}`;
}

function differencesOf({ training }: Project, signature: DataSignature): readonly string[] {
  const { optimizer } = training;
  const differences = ['The order of the examples is drawn by another generator.'];
  if (optimizer.kind !== 'sgd' || (optimizer.momentum ?? 0) > 0) differences.push("The optimiser's running means begin at 0 again.");
  const { clip } = training;
  if (clip.kind === 'norm') differences.push('The gradient is clipped by `torch.nn.utils.clip_grad_norm_`, which divides by the norm plus 1e-6.');
  if (signature.input.kind === 'tokens') differences.push('A text in the data is cut into tokens by `data.py`; lists of tokens are read as they are.');
  return differences;
}

/** An input that the model can read as it stands. */
function exampleInput({ input }: DataSignature): string {
  if (input.kind === 'tokens') {
    const known = [1, 2, 3].flatMap((id) => input.vocabulary[id] ?? []);
    return JSON.stringify(known.length === 0 ? [input.vocabulary[0] ?? ''] : known);
  }
  const row = Array.from({ length: input.width }, (_, column) => Number((input.normalisation?.mean[column] ?? 0.5).toPrecision(4)));
  return JSON.stringify(input.kind === 'vector' ? row : [row, row]);
}

function inputForm({ input }: DataSignature): string {
  if (input.kind === 'tokens') return input.unit === 'word' ? '["a", "list", "of", "words"] or "a text"' : '["l", "e", "t", "t", "e", "r", "s"] or "a text"';
  return input.kind === 'vector' ? `[${numbers(input.width)}]` : `[[${numbers(input.width)}], one list for each step]`;
}

function targetForm({ output }: DataSignature): string {
  const one = output.kind === 'classes' ? JSON.stringify(output.classes.at(-1) ?? '') : `[${numbers(output.width)}]`;
  if (!output.perStep) return one;
  return hasOwnSteps(output) ? `[${one}, one for each step; the last is the class "<end>"]` : `[${one}, one for each step; null where there is none]`;
}

function numbers(count: number): string {
  return count === 1 ? '1 number' : `${String(count)} numbers`;
}

/** Of a user's text: one line that Markdown takes for nothing else. */
function plainLine(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[<>[\]`\\*_#]/gu, ' ')
    .trim();
  return line === '' ? 'Model' : line;
}
