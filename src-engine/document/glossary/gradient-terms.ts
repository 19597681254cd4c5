import type { TermGroup } from './term.ts';

/** The gradient on its way back through time. */
export const GRADIENT_TERMS = {
  title: 'Gradients',
  terms: {
    gradient: {
      name: 'gradient',
      symbol: '\\partial L / \\partial H_t',
      meaning: 'How much the loss changes with a number. Of a hidden state: by all ways from that time step to the loss.',
      see: ['flow', 'norm', 'bptt'],
    },
    norm: {
      name: 'gradient norm',
      symbol: '\\lVert g \\rVert',
      meaning: 'The length of the gradient: the root of the sum of its squares.',
      see: ['gradient', 'clipping'],
      words: ['largest norm', 'gradient norm'],
    },
    bptt: {
      name: 'back-propagation through time',
      symbol: null,
      meaning:
        'The gradient is computed on the unrolled graph, from the loss back over the time steps. Full: over the whole sequence. Truncated: within a window.',
      see: ['truncated-bptt', 'unrolled-graph'],
    },
    'truncated-bptt': {
      name: 'truncated BPTT',
      symbol: null,
      meaning: 'The sequence is cut into windows of some time steps, with an update after each. The state goes on across the edge, the gradient ends there.',
      see: ['bptt', 'update'],
      words: ['truncated bptt', 'window ends'],
    },
    'unrolled-graph': {
      name: 'unrolled graph',
      symbol: null,
      meaning: 'One copy of each cell for every time step, with the wires between them.',
      see: ['copy', 'bptt'],
    },
    copy: {
      name: 'copy',
      symbol: 'h_t',
      meaning: 'A cell at one time step of the unrolled graph, such as lstm1:t17. All copies share their weights.',
      see: ['copies-sum', 'unrolled-graph'],
    },
    'copies-sum': {
      name: 'sum or mean of the copies',
      symbol: '\\textstyle\\sum_t \\partial L / \\partial W_t',
      meaning:
        'Each copy has its part in the gradient of a shared weight. The sum is the gradient; the mean divides it by the number of copies, which makes it smaller the longer the sequence.',
      see: ['copy', 'learning-rate'],
    },
    clipping: {
      name: 'clipping',
      symbol: 'g \\leftarrow g \\cdot \\min(1, c / \\lVert g \\rVert)',
      meaning:
        'By norm: a gradient longer than c is scaled down to length c and keeps its direction. By value: each number beyond the bound is set to it. Against exploding gradients.',
      see: ['norm', 'exploding-gradient'],
      words: ['clip'],
    },
    'vanishing-gradient': {
      name: 'vanishing gradient',
      symbol: null,
      meaning: 'It shrinks by a factor with each time step back, until early steps no longer count: what lies far back is not learned.',
      see: ['factor-per-step', 'half-life', 'cell-state'],
      words: ['vanish'],
    },
    'exploding-gradient': {
      name: 'exploding gradient',
      symbol: null,
      meaning: 'It grows by a factor with each time step back, until one update destroys what was learned or a number overflows.',
      see: ['clipping', 'factor-per-step'],
      words: ['explod'],
    },
    'healthy-gradient': {
      name: 'healthy gradient',
      symbol: null,
      meaning: 'Its factor per step lies between 0.9 and 1.1: early time steps still reach the loss, and none outweighs the rest.',
      see: ['vanishing-gradient', 'exploding-gradient'],
      words: ['healthy'],
    },
    flow: {
      name: 'flow',
      symbol: '\\partial L_s / \\partial H_t',
      meaning: 'The gradient of the loss at one time step s only, at earlier hidden states: how far the signal of that step travels.',
      see: ['gradient', 'factor-per-step'],
    },
    'factor-per-step': {
      name: 'factor per step',
      symbol: '\\gamma',
      meaning: 'What one time step back multiplies the norm of the flow by, fitted over the steps: 0.9 leaves a tenth after 22 steps.',
      see: ['half-life', 'spectral-radius', 'jacobian'],
      words: ['factor per step', 'per step'],
    },
    'half-life': {
      name: 'half-life',
      symbol: '\\ln 0.5 / \\ln \\gamma',
      meaning: "Time steps back after which half of the gradient's norm is left. After ten of them a thousandth is.",
      see: ['factor-per-step', 'vanishing-gradient'],
    },
    jacobian: {
      name: 'Jacobian',
      symbol: '\\partial H_t / \\partial H_{t-1}',
      meaning: 'The derivatives of a state by the state before. Its norm is the largest factor by which one time step can stretch a gradient.',
      see: ['factor-per-step', 'spectral-radius'],
    },
    saturated: {
      name: 'saturated',
      symbol: null,
      meaning:
        'A gate below 0.05 (shut) or above 0.95 (open). There its slope is nearly 0: it no longer learns, though an open forget gate lets the gradient of the cell state pass.',
      see: ['gate', 'activation'],
    },
    masked: {
      name: 'masked',
      symbol: null,
      meaning: 'A time step that no example reaches, or that the loss does not depend on. It is hatched.',
      see: ['batch'],
    },
    probe: {
      name: 'probe',
      symbol: null,
      meaning: 'A measurement of gradients and states on examples kept aside for it. Training reads nothing of it.',
      see: ['gradient'],
    },
  },
} as const satisfies TermGroup;
