import { fc } from '../fixtures/laws.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkGraph } from '../../src-engine/document/check.ts';
import { addNode, moveNodes, removeNodes, setLabel } from '../../src-engine/document/edits.ts';
import type { Graph } from '../../src-engine/document/project.ts';
import { documentActions, documentStore, isUnsaved, redoLabel, undoLabel } from '../../src-renderer/state/document-store.ts';
import { graph, id, node, projectOf, WORDS } from './document-builders.ts';

const START = projectOf(graph([node('words', 'tokens'), node('embed', 'embedding'), node('gru1', 'gru')], ['words -> embed', 'embed -> gru1']));
const state = () => documentStore.getState();

beforeEach(() => {
  documentActions.load(START, true);
});

/** Edits that may or may not change anything. */
const edits: fc.Arbitrary<(graph: Graph) => Graph> = fc.oneof(
  fc.constantFrom('lstm', 'dense', 'stack').map((kind) => (now: Graph) => addNode(now, { kind, position: { x: 0, y: 0 } })),
  fc.integer({ min: 0, max: 9 }).map(
    (place) => (now: Graph) =>
      removeNodes(
        now,
        now.nodes.slice(place, place + 1).map((each) => each.id),
      ),
  ),
  fc.integer().map((x) => (now: Graph) => moveNodes(now, new Map(now.nodes.slice(0, 1).map((each) => [each.id, { x, y: 0 }])))),
  fc.constant((now: Graph) => now),
);

describe('the document store', () => {
  test('undoing every edit gives back the first document, doing them again the last', () => {
    fc.assert(
      fc.property(fc.array(edits, { maxLength: 30 }), (list) => {
        documentActions.load(START, true);
        for (const [place, change] of list.entries()) documentActions.edit(`edit ${place}`, change);
        const last = state().project;
        let undone = 0;
        while (documentActions.undo() !== null) undone++;
        expect(state().project).toBe(START);
        expect(undone).toBeLessThanOrEqual(list.length);
        while (documentActions.redo() !== null) undone--;
        expect(undone).toBe(0);
        expect(state().project).toBe(last);
      }),
    );
  });

  test('the checked graph is always that of the present graph and signature', () => {
    documentActions.setSignature(WORDS);
    documentActions.edit('Delete', (now) => removeNodes(now, [id('embed')]));
    expect(state().checked).toEqual(checkGraph(state().project.graph, WORDS));
    documentActions.undo();
    expect(state().checked).toEqual(checkGraph(START.graph, WORDS));
  });

  test('at least 200 steps can be undone, and each says what it was', () => {
    for (let step = 0; step < 260; step++) documentActions.edit(`Name it ${step}`, (now) => setLabel(now, id('gru1'), `cell ${step}`));
    expect(undoLabel(state())).toBe('Name it 259');
    for (let step = 259; step >= 0; step--) expect(documentActions.undo()).toBe(`Name it ${step}`);
    expect(documentActions.undo()).toBeNull();
    expect(redoLabel(state())).toBe('Name it 0');
  });

  test('a new edit takes the place of what was undone', () => {
    documentActions.edit('one', (now) => setLabel(now, id('gru1'), 'one'));
    documentActions.undo();
    documentActions.edit('two', (now) => setLabel(now, id('gru1'), 'two'));
    expect(documentActions.redo()).toBeNull();
  });

  test('a held key is one step', () => {
    for (let press = 0; press < 9; press++)
      documentActions.edit('Move', (now) => moveNodes(now, new Map([[id('gru1'), { x: press, y: 0 }]])), { continues: press > 0 });
    documentActions.undo();
    expect(state().project).toBe(START);
  });

  test('an edit that changes nothing is no step', () => {
    documentActions.edit('Nothing', (now) => now);
    expect(undoLabel(state())).toBeNull();
  });

  test('the selection never holds what is gone, and comes back with undo', () => {
    documentActions.select({ nodes: [id('gru1'), id('ghost')] });
    expect(state().selection.nodes).toEqual(['gru1']);
    documentActions.edit('Delete', (now) => removeNodes(now, [id('gru1')]));
    expect(state().selection.nodes).toEqual([]);
    documentActions.undo();
    expect(state().selection.nodes).toEqual(['gru1']);
  });

  test('it is unsaved after an edit, and saved again when the edit is undone or written', () => {
    expect(isUnsaved(state())).toBe(false);
    documentActions.edit('Name', (now) => setLabel(now, id('gru1'), 'x'));
    expect(isUnsaved(state())).toBe(true);
    documentActions.undo();
    expect(isUnsaved(state())).toBe(false);
    documentActions.redo();
    documentActions.markSaved(state().project);
    expect(isUnsaved(state())).toBe(false);
  });

  test('opening another document forgets the history, the selection and the data', () => {
    documentActions.setSignature(WORDS);
    documentActions.edit('Name', (now) => setLabel(now, id('gru1'), 'x'));
    documentActions.load(projectOf(graph([], [])), false);
    expect(undoLabel(state())).toBeNull();
    expect(state().signature).toBeNull();
    expect(isUnsaved(state())).toBe(true);
  });
});
