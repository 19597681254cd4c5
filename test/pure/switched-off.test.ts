import { describe, expect, test } from 'vitest';
import { expandBlocks } from '../../src-engine/compile/expand-blocks.ts';
import { checkGraph } from '../../src-engine/document/check.ts';
import { setEnabled } from '../../src-engine/document/edits.ts';
import { NODE_KINDS } from '../../src-engine/document/node-kinds.ts';
import { parseProject } from '../../src-engine/document/file/parse-project.ts';
import type { Graph } from '../../src-engine/document/project.ts';
import { serializeProject } from '../../src-engine/document/file/serialize-project.ts';
import { switchOffProblem } from '../../src-engine/document/switched-off.ts';
import { graph, id, node, projectOf, WORDS } from './document-builders.ts';

const ENDS = [node('words', 'tokens'), node('embed', 'embedding', { vectors: 'random', size: 12 }), node('last', 'last-step'), node('head', 'softmax-head')];

const CHAIN = graph(
  [...ENDS, node('first', 'gru', { units: 9 }), node('second', 'lstm', { units: 7 })],
  ['words -> embed', 'embed -> first', 'first -> second', 'second -> last', 'last -> head'],
);

/** `[0]` stands for the layer of the words. */
function layersOf(drawn: Graph): readonly string[] {
  const checked = checkGraph(drawn, WORDS);
  expect(checked.problems).toEqual([]);
  const layers = expandBlocks(drawn, checked);
  return layers.map(({ path, inputs }) => `${path} <- ${inputs.map(({ layer, port }) => `${layers[layer]?.path ?? ''}.${port}`).join(', ')}`);
}

describe('a node that is switched off', () => {
  test('is gone from the compiled model, which is that of the graph without it', () => {
    const without = graph([...ENDS, node('second', 'lstm', { units: 7 })], ['words -> embed', 'embed -> second', 'second -> last', 'last -> head']);
    const off = setEnabled(CHAIN, id('first'), false);
    expect(layersOf(off)).toEqual(layersOf(without));
    expect(checkGraph(off, WORDS).parameters).toEqual(checkGraph(without, WORDS).parameters);
  });

  test('has a shape and no weights; what follows takes the size that is handed on', () => {
    const { nodes } = checkGraph(setEnabled(CHAIN, id('first'), false), WORDS);
    expect(nodes.get(id('first'))).toMatchObject({ parameters: [], outputs: { out: { kind: 'sequence', features: 12 } } });
    expect(nodes.get(id('second'))?.parameters[0]).toMatchObject({ shape: [28, 12] });
  });

  test('in a stack leaves its other children; the last of them gives the state', () => {
    const stacked = (off: boolean): Graph =>
      graph(
        [
          ...ENDS,
          node('bi', 'bidirectional'),
          node('deep', 'stack', { repeats: 2, dropout: 0.5, residual: false }, 'bi'),
          node('one', 'gru', { units: 5 }, 'deep'),
          ...(off ? [{ ...node('two', 'gru', { units: 6 }, 'deep'), enabled: false }] : []),
        ],
        ['words -> embed', 'embed -> bi', 'bi.state -> head'],
      );
    const drawn = stacked(true);
    const plain = { ...drawn, nodes: drawn.nodes.filter((each) => each.id !== 'last') };
    const bare = { ...stacked(false), nodes: stacked(false).nodes.filter((each) => each.id !== 'last') };
    expect(layersOf(plain)).toEqual(layersOf(bare));
  });

  test('as a whole block hands its input on, whatever is in it', () => {
    const drawn = graph(
      [...ENDS, { ...node('bi', 'bidirectional'), enabled: false }, node('gru', 'gru', { units: 5 }, 'bi')],
      ['words -> embed', 'embed -> bi', 'bi -> last', 'last -> head'],
    );
    expect(layersOf(drawn).some((line) => line.includes('gru'))).toBe(false);
    expect(checkGraph(drawn, WORDS).parameters.map(({ name }) => name)).toEqual(['embed.weight', 'head.weight', 'head.bias']);
  });

  test('is kept in the file, and is on again without a trace', () => {
    const off = setEnabled(CHAIN, id('first'), false);
    const text = serializeProject(projectOf(off));
    const parsed = parseProject(text);
    expect(parsed.ok && parsed.project.graph).toEqual(off);
    expect(setEnabled(off, id('first'), true)).toEqual(CHAIN);
    expect(parseProject(text.replace('"enabled": false', '"enabled": "no"'))).toMatchObject({ ok: false, problems: [{ code: 'U004' }] });
  });
});

describe('switching off is refused', () => {
  test('where what leaves is not of the kind that enters, kind by kind', () => {
    const can = Object.keys(NODE_KINDS).filter((kind) => switchOffProblem(node('x', kind)) === null);
    expect(can).toEqual(expect.arrayContaining(['rnn', 'gru', 'lstm', 'stack', 'bidirectional', 'dense', 'activation', 'dropout', 'layer-norm']));
    for (const kind of ['tokens', 'features', 'vector', 'embedding', 'one-hot', 'last-step', 'pool', 'repeat', 'decoder', 'concat', 'add', 'softmax-head']) {
      expect(can, kind).not.toContain(kind);
      expect(checkGraph({ nodes: [{ ...node('x', kind), enabled: false }], wires: [] }, WORDS).problems).toContainEqual(
        expect.objectContaining({ code: 'U027', node: 'x' }),
      );
    }
  });

  test('where a wire leaves its state, or nothing is left in its block', () => {
    const state = graph([...ENDS.filter((each) => each.id !== 'last'), node('gru', 'gru')], ['words -> embed', 'embed -> gru', 'gru.state -> head']);
    expect(checkGraph(setEnabled(state, id('gru'), false), WORDS).problems).toContainEqual(expect.objectContaining({ code: 'U027', wire: 'w3' }));
    const alone = graph(
      [...ENDS, node('deep', 'stack'), { ...node('gru', 'gru', {}, 'deep'), enabled: false }],
      ['words -> embed', 'embed -> deep', 'deep -> last', 'last -> head'],
    );
    expect(checkGraph(alone, WORDS).problems).toContainEqual(expect.objectContaining({ code: 'U016', node: 'deep' }));
  });
});

test('a bidirectional block runs all its children in both directions', () => {
  const drawn = graph(
    [
      ...ENDS.filter((each) => each.id !== 'last'),
      node('bi', 'bidirectional'),
      node('one', 'gru', { units: 5 }, 'bi'),
      node('two', 'lstm', { units: 6 }, 'bi'),
    ],
    ['words -> embed', 'embed -> bi', 'bi.state -> head'],
  );
  const paths = layersOf(drawn).map((line) => line.split(' ')[0]);
  expect(paths).toEqual(expect.arrayContaining(['one.forward', 'two.forward', 'one.backward', 'two.backward']));
});
