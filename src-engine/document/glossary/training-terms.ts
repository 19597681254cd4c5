import type { TermGroup } from './term.ts';

/** How the weights are found. */
export const TRAINING_TERMS = {
  title: 'Training',
  terms: {
    loss: {
      name: 'loss',
      symbol: 'L',
      meaning: 'The number that training makes smaller: cross-entropy for classes, squared error or Huber for numbers.',
      see: ['cross-entropy', 'squared-error', 'huber'],
    },
    'cross-entropy': {
      name: 'cross-entropy',
      symbol: '-\\log \\hat y_{\\text{true}}',
      meaning: 'Minus the logarithm of the probability given to the right class: 0 when sure and right, large when sure and wrong.',
      see: ['loss', 'perplexity'],
    },
    'squared-error': {
      name: 'squared error',
      symbol: '(\\hat y - y)^2',
      meaning: 'The loss for numbers: errors count by their square.',
      see: ['huber', 'rmse'],
    },
    huber: {
      name: 'Huber loss',
      symbol: '\\delta',
      meaning: 'The squared error up to δ, then linear: outliers weigh less. δ is in units of the normalised answer, where 1 is a standard deviation.',
      see: ['squared-error'],
    },
    'training-step': {
      name: 'training step',
      symbol: null,
      meaning: 'One batch forward, its loss, the gradient backward, one update. “step 1,200” counts these; a place in the sequence is a time step, t.',
      see: ['update', 'batch', 'epoch', 'time-step'],
    },
    update: {
      name: 'update',
      symbol: null,
      meaning: 'The change of the weights that one training step makes.',
      see: ['training-step', 'optimiser', 'learning-rate'],
    },
    epoch: {
      name: 'epoch',
      symbol: null,
      meaning: 'Once through the training part, in training steps of one batch each.',
      see: ['batch', 'training-step'],
    },
    seed: {
      name: 'seed',
      symbol: null,
      meaning: 'The start of every random choice: first weights, order of the examples, dropout. The same seed gives the same run, bit for bit.',
      see: ['initialisation'],
    },
    optimiser: {
      name: 'optimiser',
      symbol: '\\theta \\leftarrow \\theta - \\eta\\, g',
      meaning:
        'The rule that turns the gradient g into an update. SGD takes the learning rate times the gradient. Adam, RMSProp and Adagrad scale each weight by the size of its gradients so far; AdamW is Adam with weight decay.',
      see: ['learning-rate', 'momentum', 'weight-decay', 'optimiser-constants'],
    },
    'optimiser-constants': {
      name: 'constants of the optimiser',
      symbol: '\\beta_1,\\; \\beta_2,\\; \\varepsilon',
      meaning:
        'Adam and AdamW keep a running mean of the gradient (β₁) and of its square (β₂) and divide by the root of the second plus ε; RMSProp keeps the second alone, Adagrad a sum. They are those of PyTorch.',
      see: ['optimiser', 'momentum'],
    },
    'learning-rate': {
      name: 'learning rate',
      symbol: '\\eta',
      meaning: 'How large each update is. Too large, the loss jumps or explodes; too small, it barely falls. It can be changed in the middle of a run.',
      see: ['optimiser', 'schedule'],
    },
    momentum: {
      name: 'momentum',
      symbol: '\\mu',
      meaning: 'The share of the last update that the next one keeps. Nesterov momentum takes the gradient one update ahead.',
      see: ['optimiser'],
    },
    'weight-decay': {
      name: 'weight decay',
      symbol: '\\lambda',
      meaning: 'Every update takes away the share η λ of each weight. It keeps weights small.',
      see: ['optimiser', 'learning-rate'],
    },
    schedule: {
      name: 'schedule',
      symbol: '\\eta_t',
      meaning:
        'How the learning rate changes during the run: constant, by a factor every few epochs, along a cosine, or by a factor when the validation loss stops falling.',
      see: ['learning-rate', 'warm-up'],
    },
    'warm-up': {
      name: 'warm-up',
      symbol: null,
      meaning: 'First updates in which the learning rate rises evenly from 0, while the optimiser knows little of the gradients.',
      see: ['schedule'],
    },
    'early-stopping': {
      name: 'early stopping',
      symbol: null,
      meaning:
        'The run ends when the validation loss has not fallen for some epochs (the patience), by more than the least gain; the best weights are put back.',
      see: ['split', 'epoch'],
    },
    checkpoint: {
      name: 'checkpoint',
      symbol: null,
      meaning: 'All a run needs to go on as if it had never stopped: weights, optimiser, random state, place in the data.',
      see: ['seed'],
    },
    run: {
      name: 'run',
      symbol: null,
      meaning: 'One training of one model from its first training step to its end, with its losses, gradients and scores.',
      see: ['training-step', 'checkpoint'],
    },
  },
} as const satisfies TermGroup;
