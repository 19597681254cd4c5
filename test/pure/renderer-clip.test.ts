import { fc } from '../fixtures/laws.ts';
import { describe, expect, test } from 'vitest';
import { checkGraph } from '../../src-engine/document/check.ts';
import { serializeProject } from '../../src-engine/document/file/serialize-project.ts';
import { sentiment } from '../../src-engine/scenarios/sentiment.ts';
import { alignEdit, distributeEdit } from '../../src-renderer/canvas/edits/arrange-edits.ts';
import { clipOf, clipText, parseClip, type Clip } from '../../src-renderer/canvas/edits/clip.ts';
import { nestTargets, takeOutEdit, wrapEdit, wrapKinds } from '../../src-renderer/canvas/edits/nest-edits.ts';
import { duplicateEdit, pasteEdit } from '../../src-renderer/canvas/edits/paste-edits.ts';
import { placeNodes } from '../../src-renderer/canvas/layout/place-nodes.ts';
import { anyGraph } from './arbitrary-project.ts';
import { graph, id, node, WORDS } from './document-builders.ts';

const drawn = sentiment.project().graph;

function clip(...names: readonly string[]): Clip {
  const parsed = parseClip(clipText(clipOf(drawn, names.map(id))!));
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.clip;
}

describe('blocks as text', () => {
  test('come back as they went, whatever graph they are of', () => {
    fc.assert(
      fc.property(anyGraph, fc.nat(), (any, number) => {
        const chosen = any.nodes.filter((_, place) => ((number >> place) & 1) === 1).map((each) => each.id);
        const taken = clipOf(any, chosen);
        if (taken === null) return;
        const back = parseClip(clipText(taken));
        expect(back).toEqual({ ok: true, clip: taken });
        const pasted = pasteEdit(any, WORDS, taken, { at: { x: 5, y: 5 }, incoming: false, into: null }).change(any);
        expect(pasted.nodes).toHaveLength(any.nodes.length + taken.nodes.length);
        expect(new Set(pasted.nodes.map((each) => each.id)).size).toBe(pasted.nodes.length);
        expect(new Set(pasted.wires.map((wire) => wire.id)).size).toBe(pasted.wires.length);
      }),
    );
  });

  test('are refused with a sentence where the clipboard holds something else', () => {
    for (const text of [
      '',
      'hello',
      '{}',
      '[1]',
      '{"format":"unroll/model"}',
      '{"format":"unroll/blocks","version":9,"graph":{"nodes":[]}}',
      '{"__proto__":1}',
    ]) {
      const parsed = parseClip(text);
      expect(parsed.ok, text).toBe(false);
      if (!parsed.ok) expect(parsed.problem.message).toMatch(/clipboard|blocks/);
    }
    const evil = clipText(clip('embed')).replace('"embedding"', '7');
    expect(parseClip(evil)).toMatchObject({ ok: false, problem: { code: 'U004' } });
  });

  test('a whole project is a clip too', () => {
    const parsed = parseClip(serializeProject(sentiment.project()));
    expect(parsed.ok && parsed.clip.nodes).toHaveLength(drawn.nodes.length);
  });
});

describe('pasting', () => {
  test('with the wires into it leads from what fed the originals', () => {
    const edit = pasteEdit(drawn, WORDS, clip('bi'), { at: null, incoming: true, into: null });
    const now = edit.change(drawn);
    const ends = now.wires.map(({ from, to }) => `${from.node} -> ${to.node}`);
    expect(ends).toContain('embed -> bi1');
    expect(edit.options?.select?.nodes).toEqual(['bi1']);
    expect(now.nodes.find((each) => each.id === 'gru2')?.parent).toBe('bi1');
  });

  test('beside the original stands clear of it, again and again', () => {
    let now = drawn;
    for (let turn = 0; turn < 3; turn++) now = duplicateEdit(now, WORDS, [id('head')], false)!.change(now);
    const corners = now.nodes.filter((each) => each.kind === 'softmax-head').map((each) => placeNodes(now).get(each.id)!);
    expect(new Set(corners.map(({ left, top }) => `${left} ${top}`)).size).toBe(4);
  });
});

describe('nesting', () => {
  test('a block put around a chain takes over its wires, and the shapes stay', () => {
    const chain = graph(
      [
        node('words', 'tokens'),
        node('embed', 'embedding'),
        node('one', 'gru', { units: 7 }),
        node('two', 'lstm', { units: 5 }),
        node('last', 'last-step'),
        node('head', 'softmax-head'),
      ],
      ['words -> embed', 'embed -> one', 'one -> two', 'two -> last', 'last -> head'],
    );
    expect(wrapKinds(chain, [id('one'), id('two')])).toEqual(['stack', 'bidirectional']);
    const now = wrapEdit(chain, [id('two'), id('one')], 'stack').change(chain);
    const checked = checkGraph(now, WORDS);
    expect(checked.problems).toEqual([]);
    expect(checked.nodes.get(id('stack1'))?.children).toEqual(['one', 'two']);
    expect(checked.nodes.get(id('last'))?.outputs['out']).toEqual({ kind: 'vector', features: 5 });
  });

  test('is offered only where the block can hold it', () => {
    expect(nestTargets(drawn, [id('embed')])).toEqual([]);
    const loose = { ...drawn, nodes: [...drawn.nodes, node('more', 'lstm'), node('other', 'bidirectional')] };
    expect(nestTargets(loose, [id('more')])).toEqual(['bi', 'other']);
    expect(nestTargets(loose, [id('other')])).toEqual([]);
  });

  test('taking out goes one level up', () => {
    const deep = graph(
      [node('bi', 'bidirectional'), node('stack', 'stack', {}, 'bi'), node('cell', 'gru', {}, 'stack'), node('other', 'gru', {}, 'stack')],
      [],
    );
    const once = takeOutEdit(deep, [id('cell')]).change(deep);
    expect(once.nodes.find((each) => each.id === 'cell')?.parent).toBe('bi');
    const twice = takeOutEdit(once, [id('cell')]).change(once);
    expect(twice.nodes.find((each) => each.id === 'cell')?.parent).toBeUndefined();
  });
});

describe('arranging', () => {
  const loose = graph(
    [0, 1, 2].map((place) => ({ ...node(`n${place}`, place === 2 ? 'stack' : 'dense'), position: { x: place * 317, y: place * 90 } })),
    [],
  );
  const all = [id('n0'), id('n1'), id('n2')];

  test('on one line levels the main ports, whatever the heights', () => {
    const places = placeNodes(alignEdit(all, 'line').change(loose));
    expect(new Set(all.map((each) => Math.round(places.get(each)!.top + places.get(each)!.portY))).size).toBe(1);
  });

  test('distributing leaves equal gaps; a second time changes nothing', () => {
    const now = distributeEdit(all, 'across').change(loose);
    const [a, b, c] = all.map((each) => placeNodes(now).get(each)!);
    expect(Math.abs(b!.left - a!.left - a!.width - (c!.left - b!.left - b!.width))).toBeLessThanOrEqual(1);
    expect(distributeEdit(all, 'across').change(now)).toBe(now);
  });
});
