import type { TermGroup } from './term.ts';

/** How good a model is. */
export const SCORE_TERMS = {
  title: 'Scores',
  terms: {
    score: {
      name: 'score',
      symbol: null,
      meaning: 'What says how good the model is on data it has not seen: accuracy, perplexity, bits per character, RMSE.',
      see: ['baseline', 'split'],
    },
    baseline: {
      name: 'baseline',
      symbol: null,
      meaning: 'What is reached without a model, on the same data and with the same score.',
      see: ['score'],
    },
    accuracy: {
      name: 'accuracy',
      symbol: null,
      meaning: 'The share of answers that are right.',
      see: ['baseline'],
    },
    perplexity: {
      name: 'perplexity',
      symbol: 'e^{L}',
      meaning: 'Among how many tokens the model still wavers: e to the mean cross-entropy.',
      see: ['cross-entropy', 'bits-per-character'],
    },
    'bits-per-character': {
      name: 'bits per character',
      symbol: 'L / \\ln 2',
      meaning: 'The mean of −log₂ of the probability given to the right character. 1 less is twice as sure.',
      see: ['cross-entropy', 'perplexity'],
    },
    rmse: {
      name: 'RMSE',
      symbol: '\\sqrt{\\tfrac{1}{n} \\textstyle\\sum (\\hat y - y)^2}',
      meaning: 'Root of the mean squared error, in the unit of the answer.',
      see: ['squared-error'],
    },
  },
} as const satisfies TermGroup;
