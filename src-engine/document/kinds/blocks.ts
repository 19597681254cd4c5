import type { KindSpec } from '../kind-spec.ts';
import { mainInput, mainOutput, SEQUENCE_OR_VECTOR } from './ports.ts';

export const BLOCK_KINDS = {
  stack: {
    kind: 'stack',
    title: 'Stack',
    letter: 'S',
    group: 'Blocks',
    purpose: 'deep RNN',
    about: 'Runs its children one after the other, each fed by the one before.',
    idPrefix: 'stack',
    inputs: [mainInput(...SEQUENCE_OR_VECTOR)],
    outputs: [mainOutput('Output of the last child')],
    params: [
      {
        type: 'integer',
        name: 'repeats',
        label: 'Repeats',
        help: 'How often the whole list of children is run, each time with weights of its own.',
        default: 1,
        min: 1,
        max: 64,
        unit: 'times',
      },
      {
        type: 'number',
        name: 'dropout',
        label: 'Dropout',
        help: 'Probability with which, in training, a number between two layers is set to 0.',
        default: 0,
        min: 0,
        max: 0.95,
        unit: null,
      },
      {
        type: 'boolean',
        name: 'residual',
        label: 'Residual',
        help: 'Adds the input of every layer to its output; both must be equally wide.',
        default: false,
      },
    ],
    holds: ['rnn', 'gru', 'lstm', 'dense', 'activation', 'layer-norm', 'dropout', 'stack', 'bidirectional'],
  },
  bidirectional: {
    kind: 'bidirectional',
    title: 'Bidirectional',
    letter: 'B',
    group: 'Blocks',
    purpose: 'both directions in time',
    about: 'Runs its children twice, once forwards and once backwards in time, and joins the two results at every step.',
    idPrefix: 'bi',
    inputs: [mainInput('sequence')],
    outputs: [mainOutput('Both directions, per step'), { name: 'state', label: 'Both final states' }],
    params: [
      {
        type: 'choice',
        name: 'merge',
        label: 'Merge',
        help: 'How the two directions become one output: side by side, added, or averaged.',
        default: 'concat',
        options: [
          { value: 'concat', label: 'side by side' },
          { value: 'sum', label: 'sum' },
          { value: 'mean', label: 'mean' },
        ],
      },
    ],
    holds: ['rnn', 'gru', 'lstm', 'stack'],
  },
} as const satisfies Record<string, KindSpec>;
