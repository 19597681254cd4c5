import { DEFAULT_SPLIT, emptyProject } from '../document/defaults.ts';
import type { Project } from '../document/project.ts';
import { BLOCK_COLUMN, chain, COLUMN, node } from './build-graph.ts';

interface TranslatorPlan {
  readonly name: string;
  /** Id and label of the input. */
  readonly input: readonly [string, string];
  readonly source: string;
  readonly learningRate: number;
  readonly epochs: number;
}

/** Characters to characters: a bidirectional LSTM reads, its final states h and c start an LSTM that writes. */
export function translator({ name, input: [id, label], source, learningRate, epochs }: TranslatorPlan): Project {
  const nodes = [
    node({ id, kind: 'tokens', label, x: 0, y: 40 }),
    node({ id: 'embed', kind: 'embedding', x: COLUMN, y: 40, params: { size: 16, vectors: 'random', trainable: true } }),
    node({ id: 'bi', kind: 'bidirectional', x: 2 * COLUMN, y: 0, params: { merge: 'concat' } }),
    node({ id: 'lstm1', kind: 'lstm', parent: 'bi', x: 22, y: 44, params: { units: 64, recurrentInit: 'orthogonal' } }),
    node({ id: 'decoder1', kind: 'decoder', x: 2 * COLUMN + BLOCK_COLUMN, y: 40, params: { units: 128, cell: 'lstm', size: 16 } }),
    node({ id: 'head', kind: 'softmax-head', x: 3 * COLUMN + BLOCK_COLUMN, y: 40 }),
  ];
  return {
    ...emptyProject(name),
    graph: chain(nodes, [id, 'embed', 'bi.state', 'decoder1', 'head']),
    data: { source, options: {}, split: DEFAULT_SPLIT },
    training: {
      optimizer: { kind: 'adam', learningRate },
      schedule: { kind: 'cosine', final: 0 },
      batchSize: 32,
      epochs,
      seed: 7,
      clip: { kind: 'norm', max: 5 },
      bptt: { mode: 'full', reduce: 'sum' },
    },
  };
}
