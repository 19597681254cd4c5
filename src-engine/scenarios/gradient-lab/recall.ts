import { DEFAULT_SPLIT, emptyProject } from '../../document/defaults.ts';
import type { GraphNode, ParamValue, Project, TrainingSpec } from '../../document/project.ts';
import { chain, COLUMN, node, wired } from '../build-graph.ts';
import type { Scenario } from '../scenario.ts';

/**
 * Wide fixed vectors, so that every distractor strikes hard at a state it should not change. The GRU starts with a large spectral radius, so that some of its
 * update gates begin nearly shut, the LSTM with that and a forget bias as dependencies this long ask for (Tallec and Ollivier 2018). The RNN has the usual start,
 * from which its gradient fades; with the radius of the others it explodes, and with an orthogonal start it fades least: it guesses from all three.
 */
const WIDE_START = { recurrentInit: 'spectral', spectralRadius: 3 } as const;

type Cell = 'rnn' | 'gru' | 'lstm';
const PARAMS: Readonly<Record<Cell, Readonly<Record<string, ParamValue>>>> = {
  rnn: { units: 48, activation: 'tanh', recurrentInit: 'uniform' },
  gru: { units: 48, reset: 'after', ...WIDE_START },
  lstm: { units: 48, forgetBias: 4, ...WIDE_START },
};

function inputs(y: number): readonly GraphNode[] {
  return [
    node({ id: 'symbols', kind: 'tokens', label: 'Symbols', x: 0, y }),
    node({ id: 'embed', kind: 'embedding', x: COLUMN, y, params: { size: 64, vectors: 'random', trainable: false } }),
  ];
}

const TRAINING: TrainingSpec = {
  ...emptyProject().training,
  optimizer: { kind: 'adam', learningRate: 0.003 },
  epochs: 4,
  seed: 7,
  clip: { kind: 'norm', max: 1 },
};

/** Delayed recall over `lag` digits with one cell of 48 units. */
export function recallProject(name: string, cell: Cell, lag = 100): Project {
  const nodes = [
    ...inputs(0),
    node({ id: `${cell}1`, kind: cell, x: 2 * COLUMN, y: 0, params: PARAMS[cell] }),
    node({ id: 'last', kind: 'last-step', x: 3 * COLUMN, y: 0 }),
    node({ id: 'head', kind: 'softmax-head', x: 4 * COLUMN, y: 0 }),
  ];
  return {
    ...emptyProject(name),
    graph: chain(nodes, ['symbols', 'embed', `${cell}1`, 'last', 'head']),
    data: { source: 'builtin:recall', options: { lag }, split: DEFAULT_SPLIT },
    training: TRAINING,
  };
}

/** The three cells in one document: one heatmap, one colour scale. */
function sideBySide(): Project {
  const cells: readonly Cell[] = ['rnn', 'gru', 'lstm'];
  const rows = cells.map((cell, place) => ({ cell, y: place * 150 }));
  const nodes = [
    ...inputs(150),
    ...rows.flatMap(({ cell, y }) => [
      node({ id: `${cell}1`, kind: cell, x: 2 * COLUMN, y, params: PARAMS[cell] }),
      node({ id: `last-${cell}`, kind: 'last-step', x: 3 * COLUMN, y }),
    ]),
    node({ id: 'join', kind: 'concat', x: 4 * COLUMN, y: 150 }),
    node({ id: 'head', kind: 'softmax-head', x: 5 * COLUMN, y: 150 }),
  ];
  const branches = cells.flatMap((cell, place): [string, string][] => [
    ['embed', `${cell}1`],
    [`${cell}1`, `last-${cell}`],
    [`last-${cell}`, `join.in${place + 1}`],
  ]);
  return {
    ...emptyProject('Three memories'),
    graph: wired(nodes, [['symbols', 'embed'], ...branches, ['join', 'head']]),
    data: { source: 'builtin:recall', options: { lag: 100 }, split: DEFAULT_SPLIT },
    training: TRAINING,
  };
}

const LAB = { shape: 'many-to-one', topic: 'gradient-lab', dataset: 'Delayed recall, generated', baseline: 'guessing 12 %' } as const;

export const recallSideBySide: Scenario = {
  ...LAB,
  id: 'three-memories',
  title: 'Three memories',
  text: 'An RNN, a GRU and an LSTM read the same letter and the hundred digits after it; one head asks all three which letter it was.',
  teaches: 'One heatmap, one scale: towards the letter the row of the RNN goes dark, those of the GRU and the LSTM light up as they learn.',
  score: '100 %',
  seconds: 30,
  project: sideBySide,
};

export const recallRnn: Scenario = {
  ...LAB,
  id: 'recall-rnn',
  title: 'Recall with an RNN',
  text: 'Reads a letter, then a hundred random digits, and is asked for the letter.',
  teaches: 'It guesses to the end: the gradient fades before it reaches the letter. Compare the GRU and the LSTM of the next two cards, on one colour scale.',
  score: '10 %',
  seconds: 3,
  project: () => recallProject('Recall, RNN', 'rnn'),
};

export const recallGru: Scenario = {
  ...LAB,
  id: 'recall-gru',
  title: 'Recall with a GRU',
  text: 'The same letter, the same hundred digits, a GRU of the same size.',
  teaches: 'An update gate near 1 keeps the state as it is, and the gradient comes back through it. Look at the gates after training.',
  score: '100 %',
  seconds: 10,
  project: () => recallProject('Recall, GRU', 'gru'),
};

export const recallLstm: Scenario = {
  ...LAB,
  id: 'recall-lstm',
  title: 'Recall with an LSTM',
  text: 'The same letter, the same hundred digits, an LSTM of the same size.',
  teaches: 'The cell state is a conveyor belt: with forget gates near 1 the gradient rides back a hundred steps almost whole.',
  score: '100 %',
  seconds: 10,
  project: () => recallProject('Recall, LSTM', 'lstm'),
};
