import { describe, expect, test } from 'vitest';
import { unrolledGraph } from '../../src-engine/compile/compile.ts';
import { checkGraph } from '../../src-engine/document/check.ts';
import { setEnabled } from '../../src-engine/document/edits.ts';
import type { Graph } from '../../src-engine/document/project.ts';
import { checkWire } from '../../src-engine/document/wire-fit.ts';
import { graph, id, node, port, WORDS } from './document-builders.ts';

/** A bidirectional block around a stack of a GRU and what is given. */
function around(last: string | null): Graph {
  return graph(
    [
      node('words', 'tokens'),
      node('embed', 'embedding', { vectors: 'random', size: 12 }),
      node('bi', 'bidirectional'),
      node('deep', 'stack', {}, 'bi'),
      node('cell', 'gru', { units: 5 }, 'deep'),
      ...(last === null ? [] : [node('end', last, {}, 'deep')]),
      node('head', 'softmax-head'),
    ],
    ['words -> embed', 'embed -> bi', 'bi.state -> head'],
  );
}

describe('the "state" of a bidirectional block', () => {
  test.each(['dense', 'activation', 'layer-norm', 'dropout'])('is refused where the block ends in a %s', (kind) => {
    const drawn = around(kind);
    const { ok, problems } = checkGraph(drawn, WORDS);
    expect(ok).toBe(false);
    expect(problems).toContainEqual(expect.objectContaining({ code: 'U008', node: 'bi', wire: 'w3' }));
    const unwired = { ...drawn, wires: drawn.wires.slice(0, 2) };
    expect(checkWire(unwired, WORDS, port('bi.state', 'out'), port('head', 'in'))).toMatchObject({ ok: false, problem: { code: 'U008' } });
  });

  test('is not asked for where the whole block is switched off: what it ends in does not run', () => {
    const { problems } = checkGraph(setEnabled(around('dense'), id('bi'), false), WORDS);
    expect(problems.map(({ code, node: named }) => `${code} ${named ?? ''}`)).not.toContain('U008 bi');
  });

  test('joins the cells where the block ends in one, or in something that is switched off', () => {
    for (const drawn of [around(null), around('gru'), setEnabled(around('dense'), id('end'), false)]) {
      const checked = checkGraph(drawn, WORDS);
      expect(checked.problems).toEqual([]);
      expect(() => unrolledGraph({ graph: drawn, checked, signature: WORDS }, 2, 3)).not.toThrow();
    }
  });

  test('is not asked for where the block hands its sequence on', () => {
    const drawn = around('dense');
    const nodes = [...drawn.nodes, node('pool', 'pool', { mode: 'mean' })];
    const wired = graph(nodes, ['words -> embed', 'embed -> bi', 'bi -> pool', 'pool -> head']);
    const checked = checkGraph(wired, WORDS);
    expect(checked.problems).toEqual([]);
    expect(() => unrolledGraph({ graph: wired, checked, signature: WORDS }, 2, 3)).not.toThrow();
  });
});
