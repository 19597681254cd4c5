import type { KindSpec } from '../kind-spec.ts';
import { mainOutput } from './ports.ts';

export const INPUT_KINDS = {
  tokens: {
    kind: 'tokens',
    title: 'Tokens',
    letter: 'T',
    group: 'Inputs',
    purpose: 'words or characters',
    about: 'Reads the text of the data, one word or character per step; the vocabulary comes from the data.',
    idPrefix: 'tokens',
    inputs: [],
    outputs: [mainOutput('Token ids')],
    params: [],
    holds: null,
  },
  features: {
    kind: 'features',
    title: 'Features',
    letter: 'F',
    group: 'Inputs',
    purpose: 'numbers per step',
    about: 'Reads the columns of the data, one row of numbers per step; the width comes from the data.',
    idPrefix: 'features',
    inputs: [],
    outputs: [mainOutput('Rows of numbers')],
    params: [],
    holds: null,
  },
  vector: {
    kind: 'vector',
    title: 'Vector',
    letter: 'V',
    group: 'Inputs',
    purpose: 'numbers without steps',
    about: 'Reads one row of numbers for each example of the data, which has no steps; the width comes from the data.',
    idPrefix: 'vector',
    inputs: [],
    outputs: [mainOutput('One row of numbers')],
    params: [],
    holds: null,
  },
} as const satisfies Record<string, KindSpec>;
