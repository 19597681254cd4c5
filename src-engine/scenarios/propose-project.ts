import { emptyProject } from '../document/defaults.ts';
import type { DataSpec, Graph, Project, TrainingSpec } from '../document/project.ts';
import { BLOCK_COLUMN, chain, COLUMN, node } from './build-graph.ts';

interface Proposal {
  readonly graph: Graph;
  readonly training: Partial<TrainingSpec>;
}

/**
 * A project that checks and trains on imported data, by its task and options: a plain model of the kind that serves such data, to begin with.
 * `vectorSize`: numbers of the imported word vectors; null without.
 */
export function proposeProject(name: string, data: DataSpec, vectorSize: number | null): Project {
  const { graph, training } = proposal(data.options, vectorSize);
  const project = emptyProject(name);
  return { ...project, graph, data, training: { ...project.training, ...training } };
}

function proposal(options: DataSpec['options'], vectorSize: number | null): Proposal {
  const { task, unit } = options;
  if (task === 'forecast') return forecasting();
  if (task === 'language') return language(unit === 'word');
  const readsText = typeof unit === 'string' || options['format'] === 'files' || options['format'] === 'folder' || Object.values(options).includes('text');
  return readsText ? labelledText(unit === 'character', vectorSize) : labelledNumbers();
}

/** Pre-trained vectors stay as they are: what a word means is known of more words than the data has examples for. */
function labelledText(characters: boolean, vectorSize: number | null): Proposal {
  const vectors = characters
    ? { size: 16, vectors: 'random', trainable: true }
    : vectorSize !== null
      ? { size: vectorSize, vectors: 'imported', trainable: false }
      : { size: 100, vectors: 'glove-100d', trainable: false };
  const nodes = [
    node({ id: 'text', kind: 'tokens', label: 'Text', x: 0, y: 40 }),
    node({ id: 'embed', kind: 'embedding', x: COLUMN, y: 40, params: vectors }),
    node({ id: 'bi', kind: 'bidirectional', x: 2 * COLUMN, y: 0, params: { merge: 'concat' } }),
    node({ id: 'gru1', kind: 'gru', parent: 'bi', x: 22, y: 44, params: { units: 32, reset: 'before', recurrentInit: 'uniform' } }),
    node({ id: 'head', kind: 'softmax-head', x: 2 * COLUMN + BLOCK_COLUMN, y: 40 }),
  ];
  return { graph: chain(nodes, ['text', 'embed', 'bi.state', 'head']), training: { optimizer: { kind: 'adam', learningRate: 0.002 }, epochs: 5 } };
}

function language(words: boolean): Proposal {
  const nodes = [
    node({ id: 'text', kind: 'tokens', label: 'Text', x: 0, y: 0 }),
    node({ id: 'embed', kind: 'embedding', x: COLUMN, y: 0, params: { size: words ? 64 : 32, vectors: 'random', trainable: true } }),
    node({ id: 'lstm1', kind: 'lstm', x: 2 * COLUMN, y: 0, params: { units: 128 } }),
    node({ id: 'head', kind: 'softmax-head', x: 3 * COLUMN, y: 0 }),
  ];
  return { graph: chain(nodes, ['text', 'embed', 'lstm1', 'head']), training: { optimizer: { kind: 'adam', learningRate: 0.003 }, epochs: 3 } };
}

function forecasting(): Proposal {
  const nodes = [
    node({ id: 'rows', kind: 'features', label: 'Rows', x: 0, y: 0 }),
    node({ id: 'gru1', kind: 'gru', x: COLUMN, y: 0, params: { units: 32, reset: 'before', recurrentInit: 'uniform' } }),
    node({ id: 'last', kind: 'last-step', x: 2 * COLUMN, y: 0 }),
    node({ id: 'head', kind: 'regression-head', x: 3 * COLUMN, y: 0 }),
  ];
  return {
    graph: chain(nodes, ['rows', 'gru1', 'last', 'head']),
    training: { optimizer: { kind: 'adam', learningRate: 0.002 }, clip: { kind: 'norm', max: 1 } },
  };
}

function labelledNumbers(): Proposal {
  const nodes = [
    node({ id: 'row', kind: 'vector', label: 'Row', x: 0, y: 0 }),
    node({ id: 'hidden', kind: 'dense', x: COLUMN, y: 0, params: { units: 16 } }),
    node({ id: 'head', kind: 'softmax-head', x: 2 * COLUMN, y: 0 }),
  ];
  return { graph: chain(nodes, ['row', 'hidden', 'head']), training: { optimizer: { kind: 'adam', learningRate: 0.01 }, epochs: 30 } };
}
