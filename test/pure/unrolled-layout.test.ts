import { fc } from '../fixtures/laws.ts';
import { describe, expect, it } from 'vitest';
import { SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import { columnOf, endOfRow, layOut, neighbour, nodeIn, type Layout, type NodePlace } from '../../src-renderer/unrolled/layout.ts';
import { networkLanes, type Lane } from '../../src-renderer/unrolled/network-lanes.ts';
import { fit, GUTTER, hold, nodeAt, panBy, rectOf, reveal, rowPitch, visibleColumns, zoomAt } from '../../src-renderer/unrolled/paint/projection.ts';
import type { NodeId, Project } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';

const words: DataSignature = {
  input: { kind: 'tokens', unit: 'word', vocabulary: ['<unk>', 'a', 'b'] },
  output: { kind: 'classes', classes: ['no', 'yes'], perStep: false },
  longest: 7,
};
const translated: DataSignature = { ...words, output: { kind: 'classes', classes: ['<end>', 'x'], perStep: true, ownSteps: 4 } };

function template(id: string): Project {
  const found = SCENARIOS.find((scenario) => scenario.id === id);
  if (found === undefined) throw new Error(`no template ${id}`);
  return found.project();
}

const named = (lanes: readonly Lane[]): readonly string[] => lanes.map(({ kind, path }) => `${kind} ${path}`);

describe('lanes of a model', () => {
  it('are its input, one for each direction of a bidirectional cell, and its head, which reads what each direction ran last', () => {
    const lanes = networkLanes(template('sentiment').graph, words);
    expect(named(lanes)).toEqual(['input words', 'cell gru1.forward', 'cell gru1.backward', 'output head']);
    expect(lanes[1]).toMatchObject({ backward: false, paired: true, layer: 'gru1', feeds: [{ from: 0, take: 'each', to: 'each' }] });
    expect(lanes[2]).toMatchObject({ backward: true, paired: true, layer: 'gru1' });
    expect(lanes[3]).toMatchObject({
      steps: 'one',
      feeds: [
        { from: 1, take: 'final', to: 'each' },
        { from: 2, take: 'final', to: 'each' },
      ],
    });
  });

  it('of a stack stand on each other, each copy with a name of its own, and reads the one below at the same step', () => {
    const cells = networkLanes(template('deep-rnn').graph, words).filter(({ kind }) => kind === 'cell');
    expect(cells.length).toBeGreaterThan(1);
    expect(new Set(cells.map(({ path }) => path)).size).toBe(cells.length);
    for (const [index, { feeds }] of cells.entries()) expect(feeds).toEqual([{ from: index, take: 'each', to: 'each' }]);
  });

  it('of a translation run over the steps of the target once the decoder begins', () => {
    const lanes = networkLanes(template('dates').graph, translated);
    const decoder = lanes.find(({ axis, kind }) => axis === 'targets' && kind === 'cell');
    expect(decoder?.feeds.every(({ to }) => to === 'first')).toBe(true);
    expect(lanes.at(-1)).toMatchObject({ kind: 'output', axis: 'targets', steps: 'each' });
    const layout = layOut(lanes, { inputs: 7, targets: 4 });
    expect(layout.columns).toBe(11);
    expect(layout.lanes.find(({ node }) => node === decoder?.node)?.first).toBe(7);
  });

  it('of a document with a problem are none', () => {
    const { graph } = template('sentiment');
    expect(networkLanes({ ...graph, wires: [] }, words)).toEqual([]);
  });
});

const lane = fc.record({
  kind: fc.constant('cell' as const),
  node: fc.constant('n' as NodeId),
  path: fc.constant('n'),
  layer: fc.constant('n'),
  backward: fc.boolean(),
  paired: fc.constant(false),
  axis: fc.constantFrom('inputs' as const, 'targets' as const),
  steps: fc.constant('each' as const),
  feeds: fc.constant([]),
});
const ends = (kind: 'input' | 'output'): Lane => ({
  kind,
  node: kind as NodeId,
  path: kind,
  layer: kind,
  backward: false,
  paired: false,
  axis: 'inputs',
  steps: kind === 'input' ? 'each' : 'one',
  feeds: [],
});
const layouts = fc
  .tuple(fc.array(lane, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 40 }))
  .map(([cells, inputs, targets]) => layOut([ends('input'), ...cells, ends('output')], { inputs, targets }));
const frames = fc.record({ width: fc.integer({ min: 300, max: 1600 }), height: fc.integer({ min: 160, max: 900 }) });

function placesOf({ lanes }: Layout): readonly NodePlace[] {
  return lanes.flatMap(({ length }, index) => Array.from({ length }, (_, t) => ({ lane: index, t: t + 1 })));
}

describe('the layout', () => {
  it('has a field of its own for every node', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        const places = placesOf(layout);
        const fields = new Set(places.map(({ lane: index, t }) => `${layout.lanes[index]!.row} ${columnOf(layout.lanes[index]!, t)}`));
        expect(fields.size).toBe(places.length);
        for (const place of places) {
          const placed = layout.lanes[place.lane]!;
          expect(nodeIn(layout, columnOf(placed, place.t), placed.row)).toEqual(place);
          expect(columnOf(placed, place.t)).toBeLessThan(layout.columns);
          expect(placed.row).toBeLessThan(layout.rows);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('lets the arrow keys reach every node, and stay within it', () => {
    const layout = layOut(networkLanes(template('sentiment').graph, words), { inputs: 7, targets: 1 });
    const seen = new Set<string>();
    const open: NodePlace[] = [{ lane: 0, t: 1 }];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      const key = `${place.lane} ${place.t}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const from = place;
      open.push(
        ...(
          [
            [1, 0],
            [-1, 0],
            [0, 1],
            [0, -1],
          ] as const
        ).map(([dx, dy]) => neighbour(layout, from, dx, dy)),
      );
    }
    expect(seen.size).toBe(placesOf(layout).length);
    expect(endOfRow(layout, { lane: 1, t: 3 }, 'last')).toEqual({ lane: 1, t: 7 });
    expect(endOfRow(layout, { lane: 1, t: 3 }, 'first')).toEqual({ lane: 1, t: 1 });
  });
});

describe('the projection', () => {
  it('finds each node at its place: the hit test is the inverse of it, whatever the view', () => {
    fc.assert(
      fc.property(
        layouts,
        frames,
        fc.double({ min: 0.2, max: 12, noNaN: true }),
        fc.integer({ min: -900, max: 900 }),
        fc.integer(),
        (layout, frame, factor, dx, seed) => {
          const places = placesOf(layout);
          const place = places[Math.abs(seed) % places.length]!;
          const view = panBy(layout, frame, zoomAt(layout, frame, fit(layout, frame), factor, 200, 100), dx, dx / 3);
          const { x, y, width, height } = rectOf(layout, frame, view, place);
          expect(nodeAt(layout, frame, view, x + width / 2, y + height / 2)).toEqual(place);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('shows the whole picture at first, whatever its length', () => {
    fc.assert(
      fc.property(layouts, frames, (layout, frame) => {
        const view = fit(layout, frame);
        expect(visibleColumns(layout, frame, view)).toEqual([0, layout.columns - 1]);
        expect(view.left).toBeGreaterThanOrEqual(GUTTER.left);
        expect(view.left + view.pitch * layout.columns).toBeLessThanOrEqual(frame.width - GUTTER.right + 0.01);
        const rows = rowPitch(view.pitch, layout, frame) * layout.rows;
        if (frame.height > 15 * layout.rows + GUTTER.top + GUTTER.bottom) expect(view.top + rows).toBeLessThanOrEqual(frame.height - GUTTER.bottom + 0.01);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps what is under the pointer there while it zooms, as far as the edges allow', () => {
    const layout = layOut([ends('input'), { ...ends('input'), kind: 'cell' }, ends('output')], { inputs: 200, targets: 1 });
    const frame = { width: 1000, height: 400 };
    const before = fit(layout, frame);
    const [x, y] = [540, 200];
    const after = zoomAt(layout, frame, before, 6, x, y);
    expect((x - after.left) / after.pitch).toBeCloseTo((x - before.left) / before.pitch, 6);
    expect(after.pitch).toBeCloseTo(before.pitch * 6, 6);
    expect(zoomAt(layout, frame, after, 1e-6, x, y).pitch, 'never smaller than the whole').toBeCloseTo(before.pitch, 6);
  });

  it('never loses the picture, and reveals a node that is out of sight', () => {
    const layout = layOut([ends('input'), { ...ends('input'), kind: 'cell' }, ends('output')], { inputs: 200, targets: 1 });
    const frame = { width: 1000, height: 400 };
    const close = zoomAt(layout, frame, fit(layout, frame), 20, 500, 200);
    expect(visibleColumns(layout, frame, panBy(layout, frame, close, -1e6, 1e6))[1]).toBe(199);
    expect(visibleColumns(layout, frame, panBy(layout, frame, close, 1e6, -1e6))[0]).toBe(0);
    const view = hold(layout, frame, reveal(layout, frame, close, { lane: 1, t: 200 }));
    const rect = rectOf(layout, frame, view, { lane: 1, t: 200 });
    expect(rect.x).toBeGreaterThan(0);
    expect(rect.x + rect.width).toBeLessThanOrEqual(frame.width);
  });

  it('keeps rows readable while columns are pressed together', () => {
    const layout = layOut([ends('input'), { ...ends('input'), kind: 'cell' }, ends('output')], { inputs: 2000, targets: 1 });
    const frame = { width: 1000, height: 400 };
    expect(rowPitch(fit(layout, frame).pitch, layout, frame)).toBeGreaterThan(60);
  });
});
