import type { TermGroup } from './term.ts';

/** What the model is made of. */
export const MODEL_TERMS = {
  title: 'Models',
  terms: {
    cell: {
      name: 'cell',
      symbol: null,
      meaning:
        'What is repeated at every time step: reads the input and the state before, gives the next state. An RNN has one product; GRU and LSTM add gates.',
      see: ['hidden-state', 'gate', 'copy'],
    },
    units: {
      name: 'units',
      symbol: 'H',
      meaning: 'How many numbers a layer gives; for a cell, the size of its hidden state. The recurrent weights grow with its square.',
      see: ['hidden-state', 'recurrent-weights'],
    },
    'hidden-state': {
      name: 'hidden state',
      symbol: 'H_t',
      meaning: 'What a cell hands to the next time step and to the layer above.',
      see: ['cell', 'cell-state', 'initial-state'],
    },
    'cell-state': {
      name: 'cell state',
      symbol: 'C_t',
      meaning: "An LSTM's second state. It is multiplied by the forget gate and added to, so a gradient can pass it almost unchanged.",
      see: ['forget-gate', 'hidden-state'],
    },
    'initial-state': {
      name: 'initial state',
      symbol: 'H_0',
      meaning: 'The state before the first time step: zero, or what is wired to the port.',
      see: ['hidden-state', 'decoder'],
    },
    'recurrent-weights': {
      name: 'recurrent weights',
      symbol: 'W_{hh}',
      meaning: 'What the state before is multiplied by. The same weights at every time step, so their product decides whether a gradient vanishes or explodes.',
      see: ['spectral-radius', 'initialisation', 'orthogonal'],
    },
    'input-weights': {
      name: 'input weights',
      symbol: 'W_{xh}',
      meaning: 'What the input of a time step is multiplied by.',
      see: ['recurrent-weights', 'initialisation'],
    },
    gate: {
      name: 'gate',
      symbol: '\\sigma(\\cdot)',
      meaning: 'A number between 0 (shut) and 1 (open) for each unit, computed from the input and the state, that multiplies something.',
      see: ['forget-gate', 'update-gate', 'reset-gate', 'saturated'],
    },
    'forget-gate': {
      name: 'forget gate',
      symbol: 'F_t',
      meaning: 'Of an LSTM: the share of the cell state that is kept. Near 1 the gradient passes.',
      see: ['cell-state', 'gate-bias'],
    },
    'update-gate': {
      name: 'update gate',
      symbol: 'Z_t',
      meaning: 'Of a GRU: near 1 the old state is kept, near 0 it is replaced by the candidate.',
      see: ['reset-gate', 'gate-bias'],
    },
    'reset-gate': {
      name: 'reset gate',
      symbol: 'R_t',
      meaning: 'Of a GRU: how much of the old state the candidate sees.',
      see: ['update-gate'],
    },
    'gate-bias': {
      name: 'bias of a gate',
      symbol: 'b_f,\\; b_z',
      meaning: 'A constant inside the gate. Above 0 before training, the gate starts open: more of the state is kept, and the gradient reaches further back.',
      see: ['forget-gate', 'update-gate'],
    },
    peephole: {
      name: 'peephole',
      symbol: 'C_{t-1} \\odot w_c',
      meaning: 'A weight for each unit through which a gate of an LSTM also sees the cell state.',
      see: ['cell-state', 'gate'],
    },
    'coupled-gates': {
      name: 'coupled gates',
      symbol: 'I_t = 1 - F_t',
      meaning: 'An LSTM writes only where it forgets. It saves the weights of the input gate.',
      see: ['forget-gate'],
    },
    activation: {
      name: 'activation',
      symbol: '\\tanh,\\; \\sigma,\\; \\operatorname{ReLU}',
      meaning:
        'The function applied to each number of a layer. tanh gives −1 to 1, the sigmoid 0 to 1, ReLU cuts below 0. Its slope is a factor of the gradient: at most 1 for tanh and ReLU, at most 1/4 for the sigmoid.',
      see: ['saturated', 'vanishing-gradient'],
    },
    initialisation: {
      name: 'start of the weights',
      symbol: 'W \\sim \\mathcal{U}(-a, a)',
      meaning:
        'What the weights hold before training. Uniform up to 1/√H is what PyTorch does for cells. Glorot fits tanh and sigmoid, He fits ReLU. Recurrent weights can also start as orthogonal, as the identity, or with a given spectral radius.',
      see: ['orthogonal', 'spectral-radius', 'seed'],
    },
    orthogonal: {
      name: 'orthogonal start',
      symbol: 'W^\\top W = I',
      meaning: 'First recurrent weights that keep lengths, so that the factor per step begins near 1.',
      see: ['initialisation', 'factor-per-step'],
      words: ['orthogonal'],
    },
    'spectral-radius': {
      name: 'spectral radius',
      symbol: '\\rho(W_{hh})',
      meaning: 'The largest absolute eigenvalue of the recurrent weights. Far above 1 the gradient tends to explode, far below 1 it vanishes.',
      see: ['recurrent-weights', 'factor-per-step'],
      words: ['spectral radius', 'radius of'],
    },
    embedding: {
      name: 'embedding',
      symbol: 'E',
      meaning: 'A table with a row of E numbers for each token, learned with the rest or taken from word vectors made on other texts (GloVe).',
      see: ['token', 'trainable'],
    },
    trainable: {
      name: 'trainable',
      symbol: null,
      meaning: 'Whether training changes the weights. Weights that are off stay as they are, but the gradient still passes to what lies below.',
      see: ['embedding', 'parameters'],
    },
    parameters: {
      name: 'parameters',
      symbol: 'W,\\; b',
      meaning: 'The numbers that training changes: weights and biases. All time steps share them.',
      see: ['copy', 'trainable'],
    },
    shape: {
      name: 'shape',
      symbol: 'B \\times T \\times F',
      meaning: 'How many numbers lie along each axis: B examples, T time steps, F features; H and E are widths of a state and of an embedding.',
      see: ['batch', 'time-step', 'features'],
    },
    stack: {
      name: 'stack',
      symbol: null,
      meaning: 'Layers one above the other: the hidden states of one are the input of the next. This is a deep RNN.',
      see: ['residual', 'dropout'],
    },
    residual: {
      name: 'residual',
      symbol: 'Y = X + f(X)',
      meaning: "A layer's input is added to its output. The gradient has a way around the layer.",
      see: ['stack'],
    },
    dropout: {
      name: 'dropout',
      symbol: 'p',
      meaning:
        'In training each number is set to 0 with probability p, and the others are divided by 1 − p. It works against learning by heart, and is off when the model answers.',
      see: ['stack', 'split'],
    },
    'layer-norm': {
      name: 'layer norm',
      symbol: '\\frac{X - \\mu}{\\sigma}',
      meaning: 'Gives the features of each time step mean 0 and deviation 1, then a learned scale and shift.',
      see: ['features'],
    },
    bidirectional: {
      name: 'bidirectional',
      symbol: '\\overrightarrow{H}_t,\\; \\overleftarrow{H}_t',
      meaning: 'Two cells over the same sequence, one from each end, with weights of their own. Every time step then knows what comes before and after it.',
      see: ['merge'],
    },
    merge: {
      name: 'merge',
      symbol: '[\\overrightarrow{H}_t, \\overleftarrow{H}_t]',
      meaning: 'How two directions become one output. Side by side doubles the width; sum and mean keep it.',
      see: ['bidirectional'],
    },
    pooling: {
      name: 'pooling',
      symbol: '\\tfrac{1}{T} \\textstyle\\sum_t X_t',
      meaning:
        'Makes one vector of all time steps: their mean, the largest value of each feature, or a weighted mean. It shortens the way from the loss to early steps.',
      see: ['attention', 'time-step'],
    },
    attention: {
      name: 'attention',
      symbol: 'p_t',
      meaning: 'Learned weights of the time steps that sum to 1: p = softmax of v · tanh(W x). What matters for the answer gets a large weight.',
      see: ['pooling', 'softmax'],
    },
    decoder: {
      name: 'decoder',
      symbol: 'H_t = \\operatorname{cell}(E_{y_{t-1}}, H_{t-1})',
      meaning: 'A cell that writes a sequence: it starts from a state and reads, at each time step, the class before.',
      see: ['teacher-forcing', 'initial-state'],
    },
    'teacher-forcing': {
      name: 'teacher forcing',
      symbol: null,
      meaning:
        'In training a decoder reads the right class before instead of its own answer. 1 is always, 0 never; between the first and the last epoch the share changes evenly. Less of it prepares the model for its own mistakes, and trains slower.',
      see: ['decoder'],
    },
    head: {
      name: 'head',
      symbol: '\\hat y',
      meaning: 'The layer that answers and holds the loss: classes (softmax), yes or no (sigmoid), numbers (regression).',
      see: ['softmax', 'sigmoid', 'loss'],
    },
    logits: {
      name: 'logits',
      symbol: 'X W + b',
      meaning: 'What a head computes before softmax or sigmoid.',
      see: ['softmax', 'sigmoid'],
    },
    softmax: {
      name: 'softmax',
      symbol: '\\frac{e^{z_i}}{\\sum_j e^{z_j}}',
      meaning: 'Turns logits into probabilities that sum to 1.',
      see: ['logits', 'cross-entropy'],
    },
    sigmoid: {
      name: 'sigmoid',
      symbol: '\\sigma(z) = \\frac{1}{1 + e^{-z}}',
      meaning: 'Turns any number into one between 0 and 1.',
      see: ['gate', 'saturated'],
    },
  },
} as const satisfies TermGroup;
