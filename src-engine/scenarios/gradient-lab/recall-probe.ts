import { DEFAULT_SPLIT, emptyProject } from '../../document/defaults.ts';
import type { GraphNode, Project, TrainingSpec } from '../../document/project.ts';
import { chain, node } from '../build-graph.ts';

/** Symbols that are to be told apart, and distractors: as in the templates of recall. */
export const RECALL_SYMBOLS = 8;
/** Few enough to be made anew for every lag; a tenth of them validates. */
const EXAMPLES = 2400;
const MOST_ROWS = 32;

/**
 * A small project that asks how long one cell remembers: a symbol, then `lag` digits that mean nothing, then the question which symbol it was. The cell and
 * the training are as given, but for what only its own data gives a sense to: the batch is at most 32 rows, the rate follows no schedule, nothing ends it early.
 */
export function recallProbe(cell: GraphNode, training: TrainingSpec, lag: number): Project {
  const nodes = [
    node({ id: 'symbols', kind: 'tokens', x: 0, y: 0 }),
    node({ id: 'embed', kind: 'embedding', x: 0, y: 0, params: { size: 64, vectors: 'random', trainable: false } }),
    node({ id: 'cell', kind: cell.kind, x: 0, y: 0, params: cell.params }),
    node({ id: 'last', kind: 'last-step', x: 0, y: 0 }),
    node({ id: 'head', kind: 'softmax-head', x: 0, y: 0 }),
  ];
  const { optimizer, clip, bptt, seed, batchSize } = training;
  return {
    ...emptyProject(`Recall over ${String(lag)} steps`),
    graph: chain(nodes, ['symbols', 'embed', 'cell', 'last', 'head']),
    data: { source: 'builtin:recall', options: { lag, symbols: RECALL_SYMBOLS, noise: RECALL_SYMBOLS, count: EXAMPLES }, split: DEFAULT_SPLIT },
    training: { optimizer, clip, bptt, seed, batchSize: Math.min(batchSize, MOST_ROWS), epochs: 1 },
  };
}
