import { checkGraph } from '../../document/check.ts';
import { isInputKind } from '../../document/node-kinds.ts';
import type { NodeId, Project } from '../../document/project.ts';
import { hasOwnSteps, type DataSignature } from '../../document/signature.ts';
import { walkGraph } from '../walk-graph.ts';
import { parameterTable } from './parameter-table.ts';
import { PythonBackend } from './python-backend.ts';
import { helperTexts } from './python-helpers.ts';
import { windowOf } from './training-ways.ts';
import { commentText } from './python-names.ts';

/**
 * `model.py`: the project's graph as a torch.nn.Module over padded rows, with a table that says where each of Unroll's parameters stands in it.
 * The graph must pass the check with this signature; throws otherwise.
 */
export function writeModelCode(project: Project, signature: DataSignature): string {
  const checked = checkGraph(project.graph, signature);
  if (!checked.ok) throw new Error('the graph did not pass the check');
  const written = writtenNodes(project);
  const inWindows = windowOf(project) !== null;
  const backend = new PythonBackend(signature, checked, written, inWindows);
  walkGraph(project.graph, checked, backend);
  const input = project.graph.nodes.find(({ kind }) => isInputKind(kind));
  const argument = input === undefined ? 'x' : backend.names.name(input.id);
  const decodes = written.size > 0;
  const targets = inWindows ? ', states=None' : decodes ? (hasOwnSteps(signature.output) ? ', targets, target_lengths' : ', targets') : '';
  const lines = [
    `"""${commentText(project.name)}, written by Unroll. Needs PyTorch 1.13 or newer."""`,
    '',
    'import torch',
    'from torch import nn',
    '',
    '',
    'class Model(nn.Module):',
    `    """${describeEnds(signature)}"""`,
    '',
    '    def __init__(self):',
    '        super().__init__()',
    ...backend.setup.map((line) => `        ${line}`),
    '',
    `    def forward(self, ${argument}, lengths${targets}):`,
    ...(inWindows ? ['        states = {} if states is None else states'] : []),
    ...backend.body.map((line) => `        ${line}`),
    ...(decodes ? ['', ...answerLines(argument, hasOwnSteps(signature.output))] : []),
    '',
    ...helperTexts(backend.helpers).flatMap((text) => ['', text, '']),
    '',
    ...parameterTable(backend.table),
  ];
  return lines.join('\n').replace(/\n{4,}/gu, '\n\n\n');
}

function describeEnds({ input, output }: DataSignature): string {
  const rows =
    input.kind === 'vector' ? `[B,${String(input.width)}]` : input.kind === 'features' ? `[B,T,${String(input.width)}], padded` : '[B,T], padded with 0';
  const width = output.kind === 'classes' ? output.classes.length : output.width;
  const answers = output.kind === 'classes' ? 'logits' : 'numbers';
  return `${input.kind === 'tokens' ? 'Token ids' : 'Numbers'} ${rows}, and lengths [B]. Gives ${answers} [B,${output.perStep ? 'T,' : ''}${String(width)}].`;
}

/** Decoders and what they lead to. */
export function writtenNodes({ graph }: Project): ReadonlySet<NodeId> {
  const written = new Set<NodeId>(graph.nodes.filter(({ kind }) => kind === 'decoder').map(({ id }) => id));
  for (const id of written) for (const { from, to } of graph.wires) if (from.node === id) written.add(to.node);
  return written;
}

/** How a model with a decoder answers on its own. Every step is computed anew with those before it: plain rather than fast. */
function answerLines(argument: string, ownSteps: boolean): readonly string[] {
  return [
    `    def answer(self, ${argument}, lengths${ownSteps ? ', steps' : ''}):`,
    '        """The classes the model answers by itself, [B,T], each read before the next."""',
    ...(ownSteps ? [] : ['        steps = int(lengths.max())']),
    `        targets = torch.zeros(len(${argument}), steps, dtype=torch.long, device=${argument}.device)`,
    '        for t in range(steps):',
    `            targets[:, t] = self(${argument}, lengths, targets${ownSteps ? ', torch.full((len(targets),), steps)' : ''})[:, t].argmax(-1)`,
    '        return targets',
  ];
}
