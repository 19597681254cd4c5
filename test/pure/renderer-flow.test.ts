import { fc } from '../fixtures/laws.ts';
import { describe, expect, test } from 'vitest';
import { checkGraph } from '../../src-engine/document/check.ts';
import { setParam } from '../../src-engine/document/edits.ts';
import type { Graph } from '../../src-engine/document/project.ts';
import { SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import { createProjection } from '../../src-renderer/canvas/flow/document-to-flow.ts';
import type { Flow } from '../../src-renderer/canvas/flow/flow-types.ts';
import { labelSize, placeLabel } from '../../src-renderer/canvas/layout/place-label.ts';
import { anyGraph } from './arbitrary-project.ts';
import { graph, id, node, WORDS } from './document-builders.ts';

const project = (drawn: Graph): Flow => createProjection()(drawn, checkGraph(drawn, WORDS), WORDS);

const NESTED = graph(
  [
    node('words', 'tokens'),
    node('embed', 'embedding'),
    node('inner', 'gru', {}, 'stack1'),
    node('bi', 'bidirectional'),
    node('stack1', 'stack', {}, 'bi'),
    node('second', 'lstm', {}, 'stack1'),
    node('head', 'softmax-head'),
  ],
  ['words -> embed', 'embed -> bi', 'bi.state -> head'],
);

describe('the document as React Flow draws it', () => {
  test('any document: blocks come before their children, and every size, port and end of a wire is known', () => {
    fc.assert(
      fc.property(anyGraph, (drawn) => {
        const { nodes, edges } = project(drawn);
        expect(new Set(nodes.map((each) => each.id)).size).toBe(nodes.length);
        for (const [place, each] of nodes.entries()) {
          expect(each.width).toBeGreaterThan(0);
          expect(each.height).toBeGreaterThan(0);
          if (each.parentId !== undefined) expect(nodes.slice(0, place).some((before) => before.id === each.parentId)).toBe(true);
        }
        const handles = new Map(nodes.map((each) => [each.id, (each.handles ?? []).map((handle) => `${handle.type} ${handle.id}`)]));
        for (const edge of edges) {
          expect(handles.get(edge.source)).toContain(`source ${edge.sourceHandle}`);
          expect(handles.get(edge.target)).toContain(`target ${edge.targetHandle}`);
        }
      }),
    );
  });

  test('a kind this version does not know has all the ports its wires use, whatever their names', () => {
    const drawn = graph(
      [node('words', 'tokens'), node('odd', 'zither'), node('head', 'softmax-head')],
      ['words -> odd.left', 'words -> odd.right', 'odd.toString -> head'],
    );
    const { nodes, edges } = project(drawn);
    const odd = nodes.find((each) => each.id === 'odd');
    expect(odd?.data.ports.map(({ name, side }) => `${side} ${name}`)).toEqual(['input left', 'input right', 'output toString']);
    for (const port of odd?.data.ports ?? []) expect(port.y).toBeLessThan(odd?.height ?? 0);
    expect(edges).toHaveLength(3);
  });

  test('children stand inside their block, in running order, with their ports on its line', () => {
    const { places } = project(NESTED);
    const stack = places.get(id('stack1'));
    const [first, second] = [places.get(id('inner')), places.get(id('second'))];
    if (stack === undefined || first === undefined || second === undefined) throw new Error('not placed');
    expect(first.left + first.width).toBeLessThan(second.left);
    for (const child of [first, second]) {
      expect(child.left).toBeGreaterThan(stack.left);
      expect(child.left + child.width).toBeLessThan(stack.left + stack.width);
      expect(child.top + child.height).toBeLessThan(stack.top + stack.height);
      expect(child.top + child.portY).toBe(stack.top + stack.portY);
    }
  });

  test('what shows the same stays the same object; only what changed is drawn again', () => {
    const projection = createProjection();
    const before = projection(NESTED, checkGraph(NESTED, WORDS), WORDS);
    const again = projection({ ...NESTED }, checkGraph(NESTED, WORDS), WORDS);
    expect(again.nodes.every((each, place) => each === before.nodes[place])).toBe(true);

    const changed = setParam(NESTED, id('second'), 'units', 7);
    const after = projection(changed, checkGraph(changed, WORDS), WORDS);
    const redrawn = after.nodes.filter((each) => !before.nodes.includes(each)).map((each) => each.id);
    expect(redrawn).toEqual(expect.arrayContaining(['second']));
    expect(redrawn).not.toContain('embed');
    expect(redrawn).not.toContain('inner');
  });

  test('a node without a position stands right of what feeds it', () => {
    const { places } = project(NESTED);
    const left = (name: string) => places.get(id(name))?.left ?? NaN;
    expect(left('words')).toBeLessThan(left('embed'));
    expect(left('embed')).toBeLessThan(left('bi'));
    expect(left('bi')).toBeLessThan(left('head'));
  });

  test.each(SCENARIOS.map((scenario) => [scenario.id, scenario] as const))('%s: no cards overlap and every wire shows its shape in full', (_id, scenario) => {
    const { nodes, edges, places } = project(scenario.project().graph);
    const top = nodes.filter((each) => each.parentId === undefined).map((each) => places.get(each.data.id));
    for (const [place, a] of top.entries()) {
      for (const b of top.slice(place + 1)) {
        if (a === undefined || b === undefined) throw new Error('not placed');
        expect(a.left + a.width <= b.left || b.left + b.width <= a.left || a.top + a.height <= b.top || b.top + b.height <= a.top).toBe(true);
      }
    }
    for (const edge of edges.filter((each) => each.type === 'wire')) {
      expect(edge.data?.label).not.toBe('');
      expect(edge.data?.labelAt).not.toBeNull();
    }
  });
});

describe('the label of a wire', () => {
  const point = fc.record({ x: fc.integer({ min: -600, max: 600 }), y: fc.integer({ min: -400, max: 400 }) });
  const box = fc.record({
    left: fc.integer({ min: -600, max: 600 }),
    top: fc.integer({ min: -400, max: 400 }),
    width: fc.integer({ min: 20, max: 300 }),
    height: fc.integer({ min: 20, max: 200 }),
  });

  test('never lies on a card', () => {
    fc.assert(
      fc.property(point, point, fc.array(box, { maxLength: 12 }), fc.constantFrom('B × T', 'B × T × 100', 'B × 4096'), (from, to, boxes, text) => {
        const at = placeLabel(text, from, to, boxes);
        if (at === null) return;
        const { width, height } = labelSize(text);
        for (const each of boxes) {
          const apart =
            at.x + width / 2 <= each.left ||
            at.x - width / 2 >= each.left + each.width ||
            at.y + height / 2 <= each.top ||
            at.y - height / 2 >= each.top + each.height;
          expect(apart).toBe(true);
        }
      }),
    );
  });

  test('is in the middle of the wire where there is room', () => {
    expect(placeLabel('B × T', { x: 0, y: 0 }, { x: 200, y: 0 }, [])).toEqual({ x: 100, y: 0 });
  });
});
