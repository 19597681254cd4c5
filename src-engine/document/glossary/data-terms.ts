import type { TermGroup } from './term.ts';

/** What goes in. */
export const DATA_TERMS = {
  title: 'Data',
  terms: {
    example: {
      name: 'example',
      symbol: null,
      meaning: 'One input with its right answer: a sentence and its class, a window of months and the month after.',
      see: ['batch', 'sequence'],
    },
    sequence: {
      name: 'sequence',
      symbol: 'X',
      meaning: 'Numbers or tokens in order, one row at each time step. A batch of sequences has the shape B × T × F.',
      see: ['time-step', 'batch', 'features'],
    },
    'time-step': {
      name: 'time step',
      symbol: 't',
      meaning: 'One place in a sequence, from 1 to T. A cell is applied once at each.',
      see: ['sequence', 'copy', 'training-step'],
    },
    features: {
      name: 'features',
      symbol: 'F',
      meaning: 'The numbers that describe one time step, or one example without steps.',
      see: ['sequence'],
    },
    token: {
      name: 'token',
      symbol: null,
      meaning: 'The piece of text that one time step holds: a word or a character, as a number.',
      see: ['vocabulary', 'embedding'],
    },
    vocabulary: {
      name: 'vocabulary',
      symbol: 'V',
      meaning: 'All tokens the model knows. A token outside it is read as unknown.',
      see: ['token', 'one-hot'],
    },
    batch: {
      name: 'batch',
      symbol: 'B',
      meaning: 'Examples computed together in one training step, padded to one length. Padded time steps change no state, no loss and no gradient.',
      see: ['training-step', 'epoch'],
    },
    split: {
      name: 'training, validation and test part',
      symbol: null,
      meaning: 'The model learns from the training part. The validation part is watched during the run; the test part is scored once, at its end.',
      see: ['early-stopping', 'baseline'],
    },
    class: {
      name: 'class',
      symbol: 'y',
      meaning: 'One of the answers a classifier chooses between.',
      see: ['softmax', 'sigmoid'],
    },
    'one-hot': {
      name: 'one-hot',
      symbol: null,
      meaning: 'A row of zeros as wide as the vocabulary, with a 1 at the token.',
      see: ['vocabulary', 'embedding'],
    },
  },
} as const satisfies TermGroup;
