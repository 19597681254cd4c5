import type { ChoiceField, Explained, InputPort, IntegerField, KindSpec, NumberField, OutputPort } from '../kind-spec.ts';
import { mainInput, mainOutput } from './ports.ts';

/** Bounds keep one weight matrix under 1 GB. */
const UNITS: IntegerField & Explained = {
  type: 'integer',
  name: 'units',
  label: 'Units',
  term: 'units',
  help: 'Size of the hidden state.',
  default: 64,
  min: 1,
  max: 4096,
  unit: 'H',
};

/**
 * PyTorch's start is the default for all three cells, so that a first comparison with PyTorch is like for like and the
 * orthogonal start (Saxe et al. 2014, the default of Keras) stays a change one can watch.
 */
const RECURRENT_INIT: ChoiceField & Explained = {
  type: 'choice',
  name: 'recurrentInit',
  label: 'Start of W_hh',
  term: 'initialisation',
  help: 'How the recurrent weights are drawn before training.',
  default: 'uniform',
  options: [
    { value: 'uniform', label: 'uniform, 1/√H' },
    { value: 'glorot', label: 'Glorot uniform' },
    { value: 'he', label: 'He uniform' },
    { value: 'orthogonal', label: 'orthogonal' },
    { value: 'identity', label: 'identity' },
    { value: 'spectral', label: 'spectral radius' },
  ],
};

const INPUT_INIT: ChoiceField & Explained = {
  type: 'choice',
  name: 'inputInit',
  label: 'Start of W_xh',
  term: 'initialisation',
  help: 'How the input weights are drawn before training.',
  default: 'uniform',
  options: [
    { value: 'uniform', label: 'uniform, 1/√H' },
    { value: 'glorot', label: 'Glorot uniform' },
    { value: 'he', label: 'He uniform' },
  ],
};

const SPECTRAL_RADIUS: NumberField & Explained = {
  type: 'number',
  name: 'spectralRadius',
  label: 'Spectral radius',
  term: 'spectral-radius',
  help: 'Largest absolute eigenvalue of W_hh before training.',
  shownWhen: { name: 'recurrentInit', is: 'spectral' },
  default: 1,
  min: 0,
  max: 10,
  unit: null,
};

const CELL_INPUTS: readonly InputPort[] = [mainInput('sequence'), { name: 'initial', label: 'Initial state', accepts: ['state', 'vector'], optional: true }];

/** Of an LSTM the final state is h and c: an LSTM that starts from it takes both, everything else h alone. */
const CELL_OUTPUTS: readonly OutputPort[] = [mainOutput('Hidden states'), { name: 'state', label: 'Final state' }];

/** What makes a sequence of its own. */
export const GENERATOR_KINDS = {
  decoder: {
    kind: 'decoder',
    title: 'Decoder',
    letter: 'K',
    group: 'Cells',
    purpose: 'writes a sequence from a state',
    about:
      'A cell that starts from the state it is given and reads, at every step, the class before: in training the right one (teacher forcing), when the model answers its own. An LSTM takes h and c over from the final state of an LSTM; anything else gives it h alone.',
    idPrefix: 'decoder',
    inputs: [mainInput('state', 'vector')],
    outputs: [mainOutput('Hidden states')],
    params: [
      UNITS,
      {
        type: 'choice',
        name: 'cell',
        label: 'Cell',
        term: 'cell',
        help: 'The cell it runs.',
        default: 'gru',
        options: [
          { value: 'rnn', label: 'RNN' },
          { value: 'gru', label: 'GRU' },
          { value: 'lstm', label: 'LSTM' },
        ],
      },
      {
        type: 'integer',
        name: 'size',
        label: 'Embedding size',
        term: 'embedding',
        help: 'Numbers that stand for the class before.',
        default: 16,
        min: 1,
        max: 1024,
        unit: 'E',
      },
      {
        type: 'number',
        name: 'teacherBegin',
        label: 'Teacher forcing, first epoch',
        term: 'teacher-forcing',
        help: 'Share of the time steps at which training gives the right class; at the others the model reads its own answer.',
        default: 1,
        min: 0,
        max: 1,
        unit: null,
      },
      {
        type: 'number',
        name: 'teacherEnd',
        label: 'Teacher forcing, last epoch',
        term: 'teacher-forcing',
        help: 'The share in the last epoch; in between it changes evenly. Below 1 a model learns to go on after mistakes of its own, and trains slower.',
        default: 1,
        min: 0,
        max: 1,
        unit: null,
      },
    ],
    holds: null,
  },
} as const satisfies Record<string, KindSpec>;

export const CELL_KINDS = {
  rnn: {
    kind: 'rnn',
    title: 'RNN',
    letter: 'R',
    group: 'Cells',
    purpose: 'one state, one weight',
    about: 'One function applied at every time step to the input and the state before it.',
    idPrefix: 'rnn',
    inputs: CELL_INPUTS,
    outputs: CELL_OUTPUTS,
    params: [
      UNITS,
      {
        type: 'choice',
        name: 'activation',
        label: 'Activation',
        term: 'activation',
        help: 'The function that makes the new state.',
        default: 'tanh',
        options: [
          { value: 'tanh', label: 'tanh' },
          { value: 'relu', label: 'ReLU' },
          { value: 'sigmoid', label: 'sigmoid' },
        ],
      },
      INPUT_INIT,
      RECURRENT_INIT,
      SPECTRAL_RADIUS,
    ],
    holds: null,
  },
  gru: {
    kind: 'gru',
    title: 'GRU',
    letter: 'G',
    group: 'Cells',
    purpose: 'reset and update gates',
    about: 'Two gates decide how much of the past to keep and how much to let in.',
    idPrefix: 'gru',
    inputs: CELL_INPUTS,
    outputs: CELL_OUTPUTS,
    params: [
      UNITS,
      {
        type: 'choice',
        name: 'reset',
        label: 'Reset gate',
        term: 'reset-gate',
        help: 'Whether the reset gate acts on the state before the recurrent product (as in lectures) or after it (PyTorch, cuDNN).',
        default: 'before',
        options: [
          { value: 'before', label: 'before product' },
          { value: 'after', label: 'after product' },
        ],
      },
      {
        type: 'number',
        name: 'updateBias',
        label: 'Update bias',
        term: 'gate-bias',
        help: 'Added to the bias of the update gate before training; above 0 the gate starts by keeping more of the state.',
        default: 0,
        min: -10,
        max: 10,
        unit: null,
      },
      INPUT_INIT,
      RECURRENT_INIT,
      SPECTRAL_RADIUS,
    ],
    holds: null,
  },
  lstm: {
    kind: 'lstm',
    title: 'LSTM',
    letter: 'L',
    group: 'Cells',
    purpose: 'three gates, a conveyor belt',
    about:
      'Three gates write to, clear and read a cell state that runs through time almost unchanged. Its final state hands h and c to an LSTM or an LSTM decoder that starts from it, and h alone to anything else.',
    idPrefix: 'lstm',
    inputs: CELL_INPUTS,
    outputs: CELL_OUTPUTS,
    params: [
      UNITS,
      {
        type: 'number',
        name: 'forgetBias',
        label: 'Forget bias',
        term: 'gate-bias',
        help: 'Bias of the forget gate before training; 1 starts with a gate that keeps most of the cell state.',
        default: 1,
        min: -10,
        max: 10,
        unit: null,
      },
      {
        type: 'boolean',
        name: 'peephole',
        label: 'Peephole',
        term: 'peephole',
        help: 'Lets the gates see the cell state, through a weight per unit and gate.',
        default: false,
      },
      {
        type: 'boolean',
        name: 'coupled',
        label: 'Coupled gates',
        term: 'coupled-gates',
        help: 'Writes only what is forgotten: the input gate is 1 minus the forget gate.',
        default: false,
      },
      INPUT_INIT,
      RECURRENT_INIT,
      SPECTRAL_RADIUS,
    ],
    holds: null,
  },
} as const satisfies Record<string, KindSpec>;
