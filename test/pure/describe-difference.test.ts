import { describe, expect, it } from 'vitest';
import { describeDifference } from '../../src-engine/document/describe-difference.ts';
import { addNode, disconnect, removeNodes, replaceKind, setEnabled, setLabel, setParam } from '../../src-engine/document/edits.ts';
import { setName, setTraining } from '../../src-engine/document/project-edits.ts';
import type { Graph, NodeId, Project } from '../../src-engine/document/project.ts';
import { findScenario } from '../../src-engine/scenarios/scenarios.ts';

const names = findScenario('names')!.project();
const id = (name: string): NodeId => name as NodeId;
const withGraph = (change: (graph: Graph) => Graph, project: Project = names): Project => ({ ...project, graph: change(project.graph) });

describe('the difference between two projects, in words', () => {
  it('is nothing where they train alike: names, labels and places do not count', () => {
    const moved = withGraph((graph) => setLabel({ ...graph, nodes: graph.nodes.map((node) => ({ ...node, position: { x: 1, y: 2 } })) }, id('rnn1'), 'Mine'));
    expect(describeDifference(names, names)).toEqual([]);
    expect(describeDifference(names, setName(moved, 'Other'))).toEqual([]);
  });

  it('names a cell swapped with its size, and a learning rate', () => {
    const lstm = withGraph((graph) => setParam(replaceKind(graph, id('rnn1'), 'lstm'), id('rnn1'), 'units', 24));
    const { optimizer } = names.training;
    const now = setTraining(lstm, { optimizer: { ...optimizer, learningRate: 0.003 } });
    const before = setTraining(names, { optimizer: { ...optimizer, learningRate: 0.01 } });
    const units = String(names.graph.nodes.find((node) => node.id === 'rnn1')?.params['units']);
    expect(describeDifference(before, now)).toEqual(['RNN → LSTM', `units ${units} → 24`, 'learning rate 0.01 → 0.003']);
  });

  it('says which node where there are several of a kind', () => {
    const two = withGraph((graph) => addNode(graph, { kind: 'rnn', id: id('rnn2'), position: { x: 0, y: 0 } }));
    const now = withGraph((graph) => setParam(graph, id('rnn2'), 'units', 7), two);
    expect(describeDifference(two, now)).toEqual(['rnn2 units 64 → 7']);
  });

  it('counts what was added and removed, and tells wires and switches', () => {
    const two = withGraph((graph) =>
      addNode(addNode(graph, { kind: 'dense', id: id('d1'), position: { x: 0, y: 0 } }), { kind: 'dense', id: id('d2'), position: { x: 0, y: 0 } }),
    );
    expect(describeDifference(names, two)).toEqual(['2 × Dense added']);
    expect(describeDifference(two, names)).toEqual(['2 × Dense removed']);
    expect(
      describeDifference(
        names,
        withGraph((graph) => removeNodes(graph, [id('rnn1')])),
      ),
    ).toEqual(['RNN removed']);
    const cut = withGraph((graph) =>
      disconnect(
        graph,
        graph.wires.slice(0, 1).map((wire) => wire.id),
      ),
    );
    expect(describeDifference(names, cut)).toEqual(['wired differently']);
    expect(
      describeDifference(
        names,
        withGraph((graph) => setEnabled(graph, id('rnn1'), false)),
      ),
    ).toEqual(['RNN switched off']);
  });

  it('tells data and every setting of the training', () => {
    const data = { source: 'builtin:moby-dick', options: { stride: 8 }, split: names.data!.split };
    expect(describeDifference(names, { ...names, data })).toEqual(['data First names by gender → Moby Dick']);
    const longer = { ...data, options: { stride: 8, length: 64 }, split: { train: 0.7, validation: 0.2, test: 0.1, seed: 3 } };
    expect(describeDifference({ ...names, data: { ...data, split: { train: 0.8, validation: 0.1, test: 0.1, seed: 1 } } }, { ...names, data: longer })).toEqual(
      ['data length none → 64', 'split 80/10/10 seed 1 → 70/20/10 seed 3'],
    );
    const plain = setTraining(names, {
      optimizer: { kind: 'sgd', learningRate: 0.1 },
      batchSize: 32,
      epochs: 5,
      seed: 1,
      clip: { kind: 'none' },
      bptt: { mode: 'full', reduce: 'sum' },
      schedule: undefined,
      earlyStop: null,
    });
    const now = setTraining(plain, {
      optimizer: { kind: 'adamw', learningRate: 0.1, weightDecay: 0.02 },
      batchSize: 64,
      seed: 2,
      clip: { kind: 'norm', max: 5 },
      bptt: { mode: 'truncated', window: 20, reduce: 'mean' },
      schedule: { kind: 'cosine', final: 0.1 },
      earlyStop: { patience: 3, minDelta: 0 },
    });
    expect(describeDifference(plain, now)).toEqual([
      'optimizer sgd → adamw',
      'batch size 32 → 64',
      'seed 1 → 2',
      'clip off → norm 5',
      'BPTT full → window 20',
      'copies sum → mean',
      'schedule constant → cosine, final 0.1',
      'early stop off → after 3 epochs',
      'weight decay standard → 0.02',
    ]);
  });
});
