import type { Lesson } from '../../document/lesson.ts';
import { recallProject } from '../gradient-lab/recall.ts';
import type { Scenario } from '../scenario.ts';

const lesson: Lesson = {
  id: 'gates-to-the-rescue',
  title: 'Gates to the rescue',
  hide: ['palette', 'inspector', 'export', 'code', 'samples', 'problems'],
  steps: [
    {
      title: 'Where we stand',
      look: 'gradients',
      quantity: 'gradient',
      text: [
        'A letter, 60 random digits, a question mark: which letter was it? A plain RNN of 48 units guesses, because its gradient shrinks to about 0.54 per step on its way back.',
        'Train it once more, so that there is something to compare with.',
      ].join('\n\n'),
      action: { kind: 'train' },
    },
    {
      title: 'A conveyor belt',
      look: 'design',
      text: [
        'An LSTM carries a second state, the cell state c, and changes it by addition:',
        '`c′ = f · c + i · g`',
        'f is the forget gate, i the input gate, both between 0 and 1 and both learnt. Along this path one step back multiplies the gradient of c by f: by a number that the network can set, in place of the product of tanh′ and W_hh.',
      ].join('\n\n'),
      question: {
        text: 'What must the forget gate be for the letter to survive 60 digits?',
        choices: [{ text: 'Near 0' }, { text: 'Near 0.5' }, { text: 'Near 1', right: true }],
        answer:
          'Near 1. At f = 0.5 what is left after 60 steps is 10⁻¹⁸; at f = 0.98 it is 0.3. That is why the bias of the forget gate starts above 0, here at 4.1 = ln 62 for sequences of 62 steps.',
      },
    },
    {
      title: 'Swap the cell',
      look: 'gradients',
      quantity: 'gradient',
      text: [
        'A fair comparison changes one thing. The button swaps the RNN for an LSTM with the same number of parameters, which leaves it 17 units in place of 48, and trains it on the same data in the same order from the same seed.',
      ].join('\n\n'),
      question: {
        text: 'With a third of the units, how will the LSTM do?',
        choices: [
          { text: 'It guesses too: it is too small' },
          { text: 'It recalls about half of the letters' },
          { text: 'It recalls all of them', right: true },
        ],
        answer:
          'All of them: **100 %** of the test part. Look at the map while it learns: the row lights up from right to left, until the letter at t = 1 is reached.',
      },
      action: { kind: 'remedy', remedy: 'lstm', node: 'rnn1', label: 'Swap for an LSTM and train' },
    },
    {
      title: 'Read the verdict',
      look: 'gradients',
      quantity: 'gradient',
      text: [
        'The panel now says healthy: but for the last few steps before the loss the gradient keeps nearly all of its size, **0.99** of it or more at each step. For the RNN it was about 0.54, and half was gone after 1.1 steps.',
        'The result beside the map puts both numbers next to each other.',
      ].join('\n\n'),
    },
    {
      title: 'Look at the gates',
      look: 'gradients',
      quantity: 'gates',
      text: [
        'The map shows how many units hold each gate shut (below 0.05) or open (above 0.95), at every step.',
        'The forget gate is wide open along the digits, in 95 of 100 units. It began that way, and the loss gave it no reason to let go.',
      ].join('\n\n'),
      question: {
        text: 'And the input gate, which lets new things into c: where is it least open?',
        choices: [{ text: 'At the letter' }, { text: 'Along the digits', right: true }, { text: 'At the question mark' }],
        answer:
          'Along the digits. Its mean over all units is 0.69 at the letter, 0.36 along the digits and 0.67 at the question mark. What means nothing is kept out; this the network has learnt.',
      },
    },
    {
      title: 'See the memory',
      look: 'states',
      text: [
        'The States panel shows c over the steps of one example. Choose another one, or type a letter and digits of your own.',
        'After the letter some rows of c have a colour, and keep it to the end: that is the memory. Which rows, and in which colours, depends on the letter.',
      ].join('\n\n'),
    },
    {
      title: 'What to keep',
      look: 'gradients',
      quantity: 'gradient',
      text: [
        '- A gate turns the factor per step from an accident of the weights into something that is learnt.',
        '- The cell state changes by addition, so the gradient flows back through f alone.',
        '- A GRU does the same with one gate less: `h′ = z · h + (1 − z) · n` keeps the old state where z is near 1.',
      ].join('\n'),
    },
  ],
};

export const gatesLesson: Scenario = {
  id: 'lesson-gates',
  title: 'Gates to the rescue',
  text: 'Swap the RNN for an LSTM with as many parameters, and watch the same gradient arrive 60 steps back.',
  teaches: 'What a forget gate near 1 does to the factor per step, and how to read the gates.',
  shape: 'many-to-one',
  topic: 'lessons',
  dataset: 'Delayed recall, generated',
  score: 'lesson',
  baseline: `${lesson.steps.length} steps`,
  seconds: 5,
  project: () => ({ ...recallProject('Gates to the rescue', 'rnn', 60), lesson }),
};
