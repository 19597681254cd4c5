import { setParam } from '../../document/edits.ts';
import type { Lesson } from '../../document/lesson.ts';
import type { NodeId, Project } from '../../document/project.ts';
import { exploding } from '../gradient-lab/exploding.ts';
import type { Scenario } from '../scenario.ts';

const lesson: Lesson = {
  id: 'clipping-an-explosion',
  title: 'Clipping an explosion',
  hide: ['palette', 'inspector', 'export', 'code', 'samples', 'problems'],
  steps: [
    {
      title: 'The task',
      look: 'data',
      text: [
        'Each example has 30 steps of two numbers: a value and a mark. Two values are marked; the answer is their sum.',
        'Always answering the mean gives an RMSE of 0.40. That is what has to be beaten.',
      ].join('\n\n'),
    },
    {
      title: 'A recurrence that grows',
      look: 'loss',
      text: [
        'The cell is an RNN of 32 units with ReLU, whose W_hh starts with a spectral radius of **1.5**: along its strongest direction a state would grow by half at every step, were it not that ReLU lets only about half of the units through. It has no ceiling as tanh has.',
        'The gradient takes the same way back through the same matrix. Clipping is off, the optimiser is SGD with momentum.',
      ].join('\n\n'),
      question: {
        text: 'What will the training do?',
        choices: [{ text: 'Reach a low loss, a little slower' }, { text: 'Learn for a while, then blow up', right: true }, { text: 'Stay where it is' }],
        answer:
          'It learns: the loss falls. Then one batch meets weights at which the gradient explodes, one update throws the weights far off, and numbers overflow. Train it and watch.',
      },
      action: { kind: 'train' },
    },
    {
      title: 'Where it broke',
      look: 'gradients',
      quantity: 'gradient',
      text: [
        'The run stopped by itself after 879 updates, before an update that would have ruined the weights: **the gradient of rnn1:t12 is not a finite number**, of the copy of rnn1 at step 12. Cells without a finite number are hatched.',
        'The picture is of the weights at the stop: on its way back the gradient grows to about **3** times its size per step, and the spectral radius has gone from 1.5 to **22.9**. ' +
          'Go back with the scrubber under the map: a moment before, the factor was below 1, and nothing pointed at what was to come.',
      ].join('\n\n'),
    },
    {
      title: 'One long step',
      look: 'loss',
      text: [
        'A gradient says which way the loss falls, for a short step. An exploding one is long: the step leaves the region in which it was true. In the loss it is a wall, and the update jumps off it.',
        'Clipping by norm keeps the direction and shortens the step: if ‖g‖ > 1, then g ← g / ‖g‖.',
      ].join('\n\n'),
      question: {
        text: 'The same seed, the same data, the gradient clipped at norm 1. What changes?',
        choices: [
          { text: 'It stops again, a little later' },
          { text: 'It trains to the end, far below the mean’s RMSE', right: true },
          { text: 'It trains to the end, but learns nothing' },
        ],
        answer:
          'It trains to the end: RMSE **0.14**, with 0.40 for the mean. The panel says how many of the last updates were clipped; the spectral radius stays at 1.6.',
      },
      action: { kind: 'remedy', remedy: 'clip', node: 'rnn1', label: 'Clip at norm 1 and train' },
    },
    {
      title: 'What it does not do',
      look: 'gradients',
      quantity: 'gradient',
      text: 'Clipping bounds a gradient that is too long. It adds nothing to one that is too short.',
      question: {
        text: 'Would clipping have helped the RNN that forgets, in the first lesson?',
        choices: [{ text: 'Yes' }, { text: 'No', right: true }],
        answer:
          'No. It was already clipped at norm 1, and its gradient vanished: there was nothing to shorten. A gradient that vanishes needs another path, such as gates.',
      },
    },
    {
      title: 'What to keep',
      look: 'gradients',
      text: [
        '- A factor per step above 1 explodes as exponentially as one below 1 vanishes.',
        '- Explosions come suddenly. A run may look well for hundreds of updates.',
        '- Clip by norm: the direction stays, the length is bounded. See [Pascanu, Mikolov and Bengio](https://arxiv.org/abs/1211.5063).',
      ].join('\n'),
    },
  ],
};

function project(): Project {
  const { graph, ...rest } = exploding.project();
  const node = 'rnn1' as NodeId;
  const steep = setParam(setParam(graph, node, 'recurrentInit', 'spectral'), node, 'spectralRadius', 1.5);
  return { ...rest, name: 'Clipping an explosion', graph: steep, lesson };
}

export const clippingLesson: Scenario = {
  id: 'lesson-clipping',
  title: 'Clipping an explosion',
  text: 'A ReLU RNN with a spectral radius of 1.5 learns, then blows up. One line of clipping lets it train to the end.',
  teaches: 'How an exploding gradient looks before it breaks a run, and what clipping by norm does and does not do.',
  shape: 'many-to-one',
  topic: 'lessons',
  dataset: 'Adding problem, generated',
  score: 'lesson',
  baseline: `${lesson.steps.length} steps`,
  seconds: 3,
  project,
};
