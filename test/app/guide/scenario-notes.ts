/** What the guide adds to a template's card: where to look while it trains, and what to change. By the template's id. */
interface ScenarioNote {
  readonly look: string;
  readonly change: readonly string[];
}

export const SCENARIO_NOTES: Readonly<Record<string, ScenarioNote>> = {
  names: {
    look: 'Gradients: the heatmap has one row, the RNN, and a column for each letter. Rows of the batch are aligned at their first letter, so the last columns are means over the few long names.',
    change: [
      'Select the RNN and choose LSTM as its cell type, or press "LSTM, same parameters" beside the heatmap: the run is forked and both numbers are shown.',
      'Samples: type a name of your own and see which letters moved the verdict.',
    ],
  },
  sentiment: {
    look: 'The adjectives of the test part never occur in training. What the model knows of them comes from the frozen word vectors alone.',
    change: [
      'Samples: type "the movie is pathetic" and read the tinted words; then put "not" before it.',
      'Select the embedding and choose random vectors: the test score falls to guessing, while the train loss still goes down.',
      'States: the two rows of the bidirectional block read the same words from both ends.',
    ],
  },
  forecast: {
    look: 'Samples draws the forecast against the truth; feed answers back for a longer horizon and watch where the two part.',
    change: ['Data: shorten the window from 24 months to 6; the seasonal baseline stays the same and becomes hard to beat.'],
  },
  'next-character': {
    look: 'Samples writes while the model trains: first letters by frequency, then words, then quotation marks that close.',
    change: [
      'Raise the temperature to 1.5 and lower it to 0.3, from the same beginning.',
      'Gradients: windows are truncated, and the dashed lines are where the gradient ends while the state goes on.',
    ],
  },
  'next-word': {
    look: 'Samples: type "the boy crossed the" and read the ranked words with their probabilities.',
    change: ['Take the dropout out: the train loss falls faster and the validation loss turns upwards.'],
  },
  cloze: {
    look: 'Samples: write ___ where the word is missing. What stands after the blank counts as much as what stands before it.',
    change: ['Drag the GRU out of the bidirectional block and wire it alone: words after the blank no longer reach it, and perplexity rises to 178.'],
  },
  seattle: {
    look: 'Scores lists both baselines. The one that is hard to beat is "as yesterday".',
    change: ['Open Feed-forward forecast beside it: the same question without recurrence, with two and a half times the weights.'],
  },
  'forecast-every-month': {
    look: 'Gradients: with an answer at every month the heatmap is lit at every column. Choose the flow from one loss step to see how far that one reaches.',
    change: ['Insert Last step before the head: it becomes the template Forecast, and the first columns go dark.'],
  },
  'deep-rnn': {
    look: 'Gradients: two rows, one for each layer of the stack; the upper one is nearer to the loss.',
    change: ['Set the repeats of the stack to 4 and compare the lowest row with the highest.'],
  },
  'one-to-one': {
    look: 'There is no heatmap: nothing is repeated over time. The unrolled view has a single column.',
    change: ['Scores shows which species are taken for one another.'],
  },
  'feed-forward': {
    look: 'Count the parameters in the inspector: each day has weights of its own.',
    change: ['Lengthen the window under Data: the first layer grows with it. In Seattle nothing grows.'],
  },
  sine: {
    look: 'Unrolled: one vector goes into every step, and sets the first state.',
    change: ['Select the wire to the first state and press Delete: the error triples. Undo brings it back.'],
  },
  'name-letters': {
    look: 'Samples writes names for a gender and a first letter; the greedy one and five that are drawn.',
    change: ['Raise the temperature: rarer names, then names that are none.'],
  },
  addition: {
    look: 'Samples: type 999+1. The answer is written from its last digit, as on paper, so that carries go the way the decoder does.',
    change: ['Set the answer to be written from the first digit under Data: the decoder then has to know the carry before it has been made.'],
  },
  dates: {
    look: 'Samples: type "5 March 1971" and read what it writes, one character after the other.',
    change: ['Halve the units of the encoder and train again: everything that was read has to pass through one state.'],
  },
  parity: {
    look: 'The loss stands still for a while and then falls at once: the state of one bit has been found.',
    change: ['Under Data set the shortest sequence to 20 bits: nothing is learned. Set it back.'],
  },
  'rnn-unit': {
    look: "Unrolled, one example: step forward and read h' at every bit; step backward and see twelve copies of W, U and W_o add up to one gradient.",
    change: ['Exchange sigmoid for tanh at the cell: the derivative is up to four times as large, and the gradient reaches further.'],
  },
  'three-memories': {
    look: 'Gradients: three rows on one absolute scale. "Per row" hides the difference, which is why it is not the default.',
    change: ['Memory: the lag at which recall collapses, for the cell that is selected.'],
  },
  'recall-rnn': {
    look: 'The verdict says by what factor the gradient shrinks per step. Half-life times ten is about where a thousandth is left.',
    change: ['Try the remedies beside the heatmap one by one. The orthogonal start lifts the factor, and is no cure at a lag of a hundred.'],
  },
  'recall-gru': {
    look: 'States: the update gate goes to 1 between the letter and the end, which keeps the old state.',
    change: ['Compare it with Recall with an LSTM: Runs pins two on one colour scale.'],
  },
  'recall-lstm': {
    look: 'States: the forget gate is near 1 from the letter on, and the cell state carries the letter to the end.',
    change: ['Set the forget bias to 0 at the cell and train again: the first heatmaps are dark where these are lit.'],
  },
  exploding: {
    look: 'The loss falls, then jumps, then a number is no longer finite. The banner names the layer and the step; the weights before it are kept.',
    change: ['Set clipping by norm to 1, or press "Clip at 1" beside the heatmap.'],
  },
  'truncated-bptt': {
    look: 'Gradients: dashed lines every five steps. No gradient crosses one, although the state does.',
    change: ['Set Back through time to full.'],
  },
  'bptt-mean': {
    look: 'Unrolled, one example: the parts of the copies, their sum, and the mean that is applied.',
    change: ["Set Copies' updates to sum; or keep the mean and multiply the learning rate by twelve. Both learn alike."],
  },
  'lesson-rnn-forgets': {
    look: 'The lesson asks before it shows. Answer first.',
    change: ['"Show everything" at its end leaves the lesson and keeps the run.'],
  },
  'lesson-gates': { look: 'The heatmaps of both cells stand on one colour scale.', change: ['Fork once more as a GRU.'] },
  'lesson-clipping': {
    look: 'The gradient norm grows long before the loss is infinite.',
    change: ['Try a clip of 0.01: nothing explodes, and nothing is learned either.'],
  },
};
