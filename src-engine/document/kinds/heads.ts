import type { KindSpec } from '../kind-spec.ts';
import { mainInput, SEQUENCE_OR_VECTOR } from './ports.ts';

export const HEAD_KINDS = {
  'softmax-head': {
    kind: 'softmax-head',
    title: 'Softmax head',
    letter: 'Y',
    group: 'Heads',
    purpose: 'one class out of several',
    about: 'A linear layer and softmax, trained with cross-entropy; the classes come from the data.',
    idPrefix: 'head',
    inputs: [mainInput(...SEQUENCE_OR_VECTOR)],
    outputs: [],
    params: [],
    holds: null,
  },
  'regression-head': {
    kind: 'regression-head',
    title: 'Regression head',
    letter: 'N',
    group: 'Heads',
    purpose: 'numbers',
    about: 'A linear layer trained with the mean squared error; the columns come from the data.',
    idPrefix: 'head',
    inputs: [mainInput(...SEQUENCE_OR_VECTOR)],
    outputs: [],
    params: [],
    holds: null,
  },
} as const satisfies Record<string, KindSpec>;
