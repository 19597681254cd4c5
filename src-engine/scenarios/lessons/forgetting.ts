import type { Lesson } from '../../document/lesson.ts';
import { recallProject } from '../gradient-lab/recall.ts';
import type { Scenario } from '../scenario.ts';

const lesson: Lesson = {
  id: 'rnn-forgets',
  title: 'Why an RNN forgets',
  hide: ['palette', 'inspector', 'export', 'code', 'samples', 'problems'],
  steps: [
    {
      title: 'The task',
      look: 'data',
      text: [
        'Every example is a letter from **a** to **h**, then 60 random digits, then a question mark. The answer is the letter.',
        'The digits mean nothing. To answer, the network has to carry one letter over 60 steps. Eight letters are equally frequent, so guessing is right 12 % of the time.',
        'Look at the examples in the Data panel.',
      ].join('\n\n'),
    },
    {
      title: 'Predict, then train',
      look: 'loss',
      text: [
        'The model is a plain RNN of 48 units with tanh: `h′ = tanh(x W_xh + h W_hh + b)`. One function, applied 62 times, with the same weights each time.',
        'It is trained by back-propagation through time over the whole sequence: 4 epochs, 1,000 updates.',
      ].join('\n\n'),
      question: {
        text: 'How many letters will it recall after training?',
        choices: [{ text: 'Nearly all of them' }, { text: 'About half of them' }, { text: 'No more than by guessing', right: true }],
        answer:
          'Train it and read the test accuracy: **11 %**, with 12 % for guessing. The loss stays near 2.08, which is ln 8: eight letters, all equally likely.',
      },
      action: { kind: 'train' },
    },
    {
      title: 'Watch the gradient go back',
      look: 'gradients',
      quantity: 'gradient',
      text: [
        'The row is the RNN, the columns are the steps. The loss is at the right end. The letter was read at the left end, at t = 1.',
        'A colour is the norm of ∂L/∂h at that step, on a logarithmic scale: what a change of the state there would do to the loss. To the left the map goes black.',
        'Below it is the same as a curve, by distance from the loss. It falls as a straight line: on a logarithmic axis that is a constant factor for each step. The panel names the factor: about **0.54** at the end of the training.',
      ].join('\n\n'),
      question: {
        text: 'The letter is 61 steps before the loss. Which share of the gradient gets there, at 0.54 per step?',
        choices: [{ text: 'About 1 in 100' }, { text: 'About 1 in a million' }, { text: 'About 1 in 10¹⁶', right: true }],
        answer:
          '0.54 to the power 61 is 5 · 10⁻¹⁷. The weights are told nothing about the letter. Half is gone after 1.1 steps: that is the half-life the panel shows.',
      },
    },
    {
      title: 'The cause',
      look: 'gradients',
      quantity: 'jacobian',
      text: [
        'One step back multiplies the gradient by the Jacobian ∂hₜ/∂hₜ₋₁ = diag(1 − hₜ²) W_hh. The map now shows the largest stretch of each: about 1.2.',
        'So one direction can still grow in one step, yet 61 steps in a row shrink: each step turns the gradient out of the direction that the next one would stretch. In the mean two things pull it down: ' +
          'W_hh, whose spectral radius is 0.97 (it stands beside the map), and 1 − h², which is below 1 wherever tanh bends.',
        'It is the same product in which a state forgets: what barely changes the later states cannot be recalled from them. So this is no fault of the optimiser, and a smaller learning rate mends nothing. ' +
          'See [Pascanu, Mikolov and Bengio](https://arxiv.org/abs/1211.5063).',
      ].join('\n\n'),
    },
    {
      title: 'Would another start help?',
      look: 'gradients',
      quantity: 'gradient',
      text: 'With an orthogonal start W_hh is a rotation: it stretches nothing and shrinks nothing. Only 1 − h² is left to shrink the gradient.',
      question: {
        text: 'The same RNN from an orthogonal start: what becomes of the factor, and of the recall?',
        choices: [
          { text: 'The factor comes nearer to 1, and the letters are recalled' },
          { text: 'The factor comes nearer to 1, and it still guesses', right: true },
          { text: 'Neither changes' },
        ],
        answer:
          'The factor rises to about **0.67**, and it still guesses: **11 %**. 0.67 to the power 61 is 2 · 10⁻¹¹, a million times more than before and still nothing. A start is only a start.',
      },
      action: { kind: 'remedy', remedy: 'orthogonal', node: 'rnn1', label: 'Train from an orthogonal start' },
    },
    {
      title: 'What to keep',
      look: 'gradients',
      text: [
        '- Through T steps a gradient is multiplied by T Jacobians. If each shrinks it, it vanishes, exponentially.',
        '- A plain RNN so learns what lies a few steps back, whatever lies further.',
        '- The remedy is a path on which the factor is near 1. The lesson *Gates to the rescue* builds one.',
      ].join('\n'),
    },
  ],
};

export const forgettingLesson: Scenario = {
  id: 'lesson-rnn-forgets',
  title: 'Why an RNN forgets',
  text: 'Recall a letter from 60 steps ago: predict, train, and watch the gradient go dark on its way back.',
  teaches: 'The factor per step, the half-life, and the product of Jacobians behind them.',
  shape: 'many-to-one',
  topic: 'lessons',
  dataset: 'Delayed recall, generated',
  score: 'lesson',
  baseline: `${lesson.steps.length} steps`,
  seconds: 3,
  project: () => ({ ...recallProject('Why an RNN forgets', 'rnn', 60), lesson }),
};
