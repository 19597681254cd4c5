import { checkGraph } from '../../document/check.ts';
import { ProblemError } from '../../document/problems.ts';
import { isHeadKind, isInputKind } from '../../document/node-kinds.ts';
import { hasOwnSteps } from '../../document/signature.ts';
import { textFile, type ProjectFile } from '../project-file.ts';
import { commentText } from '../pytorch/python-names.ts';
import { writtenNodes } from '../pytorch/write-model-code.ts';
import type { WantedAnswers } from '../pytorch/project/write-project.ts';
import { verification } from '../pytorch/project/write-project.ts';
import type { TrainedModel } from '../trained-model.ts';
import { walkGraph } from '../walk-graph.ts';
import { writeWeights } from '../weights-file.ts';
import { KerasBackend } from './keras-backend.ts';
import { kerasHelpers, WEIGHT_FUNCTIONS } from './keras-helpers.ts';
import { kerasReadme, VERIFY_KERAS, WEIGHTS_NUMPY } from './keras-texts.ts';

type Model = Pick<TrainedModel, 'project' | 'signature' | 'parameters'>;

/** `model.py` for Keras 3: the graph as a keras.Model over padded rows, its answers, and how its weights are read. Throws ProblemError where the graph has problems. */
export function writeKerasCode({ project, signature }: Pick<Model, 'project' | 'signature'>): string {
  const checked = checkGraph(project.graph, signature);
  if (!checked.ok) throw new ProblemError(checked.problems);
  const written = writtenNodes(project);
  const backend = new KerasBackend(signature, checked, written);
  walkGraph(project.graph, checked, backend);
  const input = project.graph.nodes.find(({ kind }) => isInputKind(kind));
  const head = project.graph.nodes.find(({ kind }) => isHeadKind(kind));
  const argument = input === undefined ? 'x' : backend.names.name(input.id);
  const own = hasOwnSteps(signature.output);
  const targets = written.size === 0 ? '' : own ? ', targets, target_lengths' : ', targets';
  const functions = [...new Set(backend.table.map(({ make }) => make))].map((name) => WEIGHT_FUNCTIONS[name]);
  const lines = [
    `"""${commentText(project.name)}, written by Unroll. Needs Keras 3. Weights: weights.safetensors, read by load_weights."""`,
    '',
    'import keras',
    'import numpy as np',
    'from keras import layers, ops',
    '',
    '',
    ...kerasHelpers(backend.helpers).flatMap((text) => [text, '', '']),
    'class Model(keras.Model):',
    `    """Padded rows and their lengths [B] to ${signature.output.kind === 'classes' ? 'logits' : 'numbers'}."""`,
    '',
    '    def __init__(self):',
    '        super().__init__()',
    ...backend.setup.map((line) => `        ${line}`),
    '',
    `    def call(self, ${argument}, lengths${targets}, training=False):`,
    ...backend.body.map((line) => `        ${line}`),
    ...(written.size > 0 ? ['', ...answerLines(argument, own)] : []),
    '',
    '',
    'def answers(out):',
    `    """${signature.output.kind === 'classes' ? 'Probabilities of the classes' : 'Numbers in the unit of the data'}, of what the model gives."""`,
    ...answersLines(head?.kind ?? '', { signature }),
    '',
    '',
    '# Each layer, what makes its weights of the arrays of Unroll, and where these stand.',
    'LAYERS = [',
    ...backend.table.map(({ layer, make, path }) => `    ("${layer}", lambda: ${make}, ${JSON.stringify(path)}),`),
    ']',
    '',
    '',
    ...functions.flatMap((text) => [text, '', '']),
    'def load_weights(model, arrays):',
    '    """Puts arrays into a model that has been called once. arrays: name in Unroll -> array, as weights.safetensors holds them."""',
    '    for layer, make, path in LAYERS:',
    '        read = lambda part, *usual: arrays.get(f"{path}.{part}", *usual) if usual else arrays[f"{path}.{part}"]',
    '        getattr(model, layer).set_weights(make()(read))',
    '',
  ];
  return lines.join('\n');
}

/** A model for Keras 3 as files: code, weights, and what to verify it with. */
export function writeKerasProject(model: TrainedModel, wanted: WantedAnswers): readonly ProjectFile[] {
  return [
    textFile('README.md', kerasReadme(model)),
    textFile('model.py', writeKerasCode(model)),
    textFile('weights.py', WEIGHTS_NUMPY),
    textFile('verify.py', VERIFY_KERAS),
    textFile(
      'verify.json',
      `${JSON.stringify({ ...verification(model, wanted), decodes: writtenNodes(model.project).size > 0, ownSteps: hasOwnSteps(model.signature.output) })}\n`,
    ),
    { path: 'weights.safetensors', bytes: writeWeights(model) },
  ];
}

function answerLines(argument: string, ownSteps: boolean): readonly string[] {
  return [
    `    def answer(self, ${argument}, lengths, steps):`,
    '        """The classes the model answers by itself, [B,T], each read before the next. Every step is computed anew with those before it."""',
    `        targets = np.zeros((len(${argument}), steps), dtype="int32")`,
    '        for t in range(steps):',
    `            out = self(${argument}, lengths, ops.convert_to_tensor(targets)${ownSteps ? ', ops.full((len(targets),), steps, dtype="int32")' : ''})`,
    '            targets[:, t] = ops.convert_to_numpy(out)[:, t].argmax(-1)',
    '        return ops.convert_to_tensor(targets)',
  ];
}

function answersLines(head: string, { signature: { output } }: Pick<Model, 'signature'>): readonly string[] {
  if (output.kind === 'numbers') {
    if (output.normalisation === null) return ['    return out'];
    return [
      `    mean, deviation = ${JSON.stringify(output.normalisation.mean)}, ${JSON.stringify(output.normalisation.deviation)}`,
      '    return out * ops.convert_to_tensor(deviation, dtype=out.dtype) + ops.convert_to_tensor(mean, dtype=out.dtype)',
    ];
  }
  if (head === 'softmax-head') return ['    return ops.softmax(out, axis=-1)'];
  if (output.classes.length === 2) return ['    share = ops.sigmoid(out)', '    return ops.concatenate([1 - share, share], axis=-1)'];
  return ['    return ops.sigmoid(out)'];
}
