import { fc } from '../fixtures/laws.ts';
import { describe, expect, it } from 'vitest';
import { projectJsonSchema } from '../../src-engine/document/file/json-schema.ts';
import { parseProject } from '../../src-engine/document/file/parse-project.ts';
import { problem } from '../../src-engine/document/problems.ts';
import type { Project } from '../../src-engine/document/project.ts';
import { pathText } from '../../src-engine/document/file/read-json.ts';
import { serializeProject } from '../../src-engine/document/file/serialize-project.ts';
import { SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import { pathSteps, placesOf } from '../../src-renderer/code/json-places.ts';
import { ProjectText } from '../../src-renderer/code/project-text.ts';
import { smallestChange } from '../../src-renderer/code/smallest-change.ts';

/** A document that counts its edits. */
function documentOf(first: Project) {
  const state = { project: first, edits: 0 };
  const door = {
    project: () => state.project,
    edit: (project: Project) => {
      state.project = project;
      state.edits++;
    },
  };
  return { state, text: new ProjectText(door) };
}

const sentiment = SCENARIOS.find(({ id }) => id === 'sentiment')!.project();

describe('the project as text', () => {
  it('a valid text becomes the document in one edit; typing the same again is none', () => {
    const { state, text } = documentOf(sentiment);
    const next = text.current().replace('"units": 32', '"units": 48');
    expect(text.typed(next)).toEqual({ kind: 'in-step' });
    expect(state.edits).toBe(1);
    expect(serializeProject(state.project)).toBe(next);
    text.typed(next.replaceAll('  ', ' '));
    expect(state.edits).toBe(1);
  });

  it('an invalid text changes nothing and names the place', () => {
    const { state, text } = documentOf(sentiment);
    const after = text.typed(text.current().replace('"units": 32', '"units": "many"'));
    expect(state.edits).toBe(0);
    expect(after).toMatchObject({ kind: 'mistaken', behind: false, problems: [{ code: 'U004', path: 'graph.nodes[3].params.units' }] });
  });

  it('what is done on the canvas appears in the text, but never over a text with mistakes', () => {
    const { state, text } = documentOf(sentiment);
    expect(text.follow()).toBeNull();
    state.project = { ...sentiment, name: 'Another' };
    expect(text.follow()).toContain('"name": "Another"');
    text.typed('{');
    state.project = { ...sentiment, name: 'A third' };
    expect(text.follow()).toBeNull();
    expect(text.state).toMatchObject({ kind: 'mistaken', behind: true });
    expect(text.takeDocument()).toContain('"name": "A third"');
    expect(text.state).toEqual({ kind: 'in-step' });
  });

  it('10,000 mutations of valid texts: read whole and taken over, or refused with places inside the text', () => {
    const texts = SCENARIOS.slice(0, 4).map((scenario) => serializeProject(scenario.project()));
    const piece = fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '0', '-', '1e999', 'null', 'true', '"__proto__"', '\\', ' ', '\n', '\u0000', 'units');
    const mutation = fc.record({ text: fc.constantFrom(...texts), at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.nat(12), insert: piece });
    const { state, text } = documentOf(sentiment);
    let taken = 0;
    fc.assert(
      fc.property(mutation, ({ text: original, at, remove, insert }) => {
        const start = Math.floor(at * original.length);
        const mutated = original.slice(0, start) + insert + original.slice(start + remove);
        const before = state.project;
        const after = text.typed(mutated);
        if (after.kind === 'mistaken') {
          expect(state.project).toBe(before);
          expect(after.problems.length).toBeGreaterThan(0);
          for (const { place } of placesOf(mutated, after.problems)) {
            expect(place.start).toBeGreaterThanOrEqual(0);
            expect(place.end).toBeLessThanOrEqual(mutated.length);
          }
        } else {
          taken++;
          expect(parseProject(serializeProject(state.project)).ok).toBe(true);
        }
      }),
      { numRuns: 10_000, seed: 5 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});

describe('places of problems', () => {
  it('the steps of a path are read back as they were written', () => {
    const step = fc.oneof(
      fc.nat(1000),
      fc.stringMatching(/^[A-Za-z_$][\w$-]*$/u),
      fc.string({ minLength: 1 }).filter((key) => !/^\d+$/u.test(key)),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
        expect(pathSteps(pathText(steps))).toEqual(steps);
      }),
      { seed: 5 },
    );
  });

  it('a problem stands at its path, at its block or at its wire', () => {
    const text = serializeProject(sentiment);
    const marked = (place: Parameters<typeof problem>[3]): string => {
      const [found] = placesOf(text, [problem('U004', 'Wrong.', 'Mend it.', place)]);
      return text.slice(found!.place.start, found!.place.end);
    };
    expect(marked({ path: 'graph.nodes[3].params.units' })).toBe('32');
    expect(marked({ path: 'graph.nodes[3].params.missing' })).toBe('{');
    const { nodes, wires } = sentiment.graph;
    expect(marked({ node: nodes[3]!.id })).toBe('"gru1"');
    expect(marked({ wire: wires[1]!.id })).toBe(`"${wires[1]!.id}"`);
  });
});

it('the smallest change turns one text into the other', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'b', '\n') }), fc.string({ unit: fc.constantFrom('a', 'b', '\n') }), (old, next) => {
      const change = smallestChange(old, next);
      if (change === null) expect(old).toBe(next);
      else expect(old.slice(0, change.before) + change.inserted + old.slice(change.before + change.removed)).toBe(next);
    }),
    { seed: 5 },
  );
});

it('the schema names every option of a kind with its bounds', () => {
  expect(JSON.stringify(projectJsonSchema())).toContain('"forgetBias":{"title":"Forget bias"');
});
