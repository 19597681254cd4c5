import { describe, expect, it } from 'vitest';
import { projectJsonSchema } from '../../src-engine/document/file/json-schema.ts';
import { mayOpenExternally } from '../../src-engine/document/external-links.ts';
import type { Lesson } from '../../src-engine/document/lesson.ts';
import { parseProject } from '../../src-engine/document/file/parse-project.ts';
import { serializeProject } from '../../src-engine/document/file/serialize-project.ts';
import { SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';

const CHOICES = [{ text: 'yes', right: true }, { text: 'no' }];
const STEP = { title: 'First', text: 'Some *words*.' };

function projectWith(lesson: unknown): string {
  return JSON.stringify({ format: 'unroll/project', version: 1, graph: { nodes: [], wires: [] }, lesson });
}

/** The one problem of a project with this lesson. */
function refusal(lesson: unknown): readonly [string, string | null, string] {
  const parsed = parseProject(projectWith(lesson));
  if (parsed.ok) throw new Error('was accepted');
  const [first] = parsed.problems;
  return [first!.code, first!.path, first!.fix];
}

function lesson(step: Record<string, unknown>): unknown {
  return { id: 'l', title: 'L', steps: [{ ...STEP, ...step }] };
}

describe('a lesson in a project file', () => {
  it('is kept with keys that this version does not know, and written in the order of the format', () => {
    const given = {
      teacher: 'unknown here',
      steps: [
        {
          colour: 1,
          text: 't',
          title: 'T',
          look: 'gradients',
          action: { node: 'rnn1', kind: 'remedy', remedy: 'clip' },
          question: { answer: 'a', choices: [...CHOICES.map((choice) => ({ ...choice, mood: 'x' }))], text: 'q' },
        },
      ],
      title: 'L',
      id: 'l',
    };
    const parsed = parseProject(projectWith(given));
    if (!parsed.ok) throw new Error('refused');
    expect(parsed.project.lesson).toEqual(given);
    const saved = JSON.parse(serializeProject(parsed.project)) as { lesson: Lesson };
    expect(saved.lesson).toEqual(given);
    expect(Object.keys(saved)).toEqual(['format', 'version', 'name', 'graph', 'data', 'training', 'lesson']);
    expect(Object.keys(saved.lesson)).toEqual(['id', 'title', 'steps', 'teacher']);
    expect(Object.keys(saved.lesson.steps[0]!)).toEqual(['title', 'text', 'look', 'question', 'action', 'colour']);
  });

  it.each([2, 3, 8])('may ask with %i choices', (count) => {
    const choices = Array.from({ length: count }, (_, place) => ({ text: String(place), right: place === 0 }));
    expect(parseProject(projectWith(lesson({ question: { text: 'q', choices, answer: 'a' } }))).ok).toBe(true);
  });

  it('is left out where a project has none', () => {
    const parsed = parseProject(projectWith(undefined));
    expect(parsed.ok && serializeProject(parsed.project).includes('lesson')).toBe(false);
  });

  it.each([
    ['without steps', { id: 'l', title: 'L', steps: [] }, 'lesson.steps', 'Give a list of 1 to 100 steps.'],
    ['a text where a list belongs', { id: 'l', title: 'L', steps: 'all' }, 'lesson.steps', 'Give a list of 1 to 100 steps.'],
    ['a place that the window does not have', lesson({ look: 'cellar' }), 'lesson.steps[0].look', 'Give one of design, unrolled'],
    ['an action of its own', lesson({ action: { kind: 'run', code: 'alert(1)' } }), 'lesson.steps[0].action.kind', 'Give an action of kind'],
    ['a remedy without its cell', lesson({ action: { kind: 'remedy', remedy: 'clip' } }), 'lesson.steps[0].action.node', 'Give a text of 1 to 200'],
    [
      'one choice alone',
      lesson({ question: { text: 'q', choices: CHOICES.slice(0, 1), answer: 'a' } }),
      'lesson.steps[0].question.choices',
      'Give a list of 2 to 8',
    ],
    [
      'no choice that is right',
      lesson({ question: { text: 'q', choices: [{ text: 'a' }, { text: 'b' }], answer: 'a' } }),
      'lesson.steps[0].question.choices',
      'Give choices of which',
    ],
    ['a text beyond its bound', lesson({ text: 'x'.repeat(20_001) }), 'lesson.steps[0].text', 'Give a text of 1 to 20,000 characters.'],
    [
      'a part of the window by a wrong name',
      { ...(lesson({}) as object), hide: ['palette', 'everything'] },
      'lesson.hide[1]',
      'Give one of palette, inspector',
    ],
  ])('is refused with its place: %s', (_what, given, place, fix) => {
    const [code, path, said] = refusal(given);
    expect([code, path]).toEqual(['U004', place]);
    expect(said.startsWith(fix)).toBe(true);
  });

  it('is described in the JSON Schema, with what its parts are for', () => {
    const schema = projectJsonSchema() as {
      properties: { lesson: { properties: { steps: { items: { properties: Record<string, { description: string }> } } } } };
    };
    const { properties } = schema.properties.lesson.properties.steps.items;
    expect(Object.keys(properties)).toEqual(['title', 'text', 'look', 'quantity', 'question', 'action', 'hide']);
    expect(properties['look']!.description).toContain('opened with the step');
  });
});

describe('the lessons of the gallery', () => {
  const lessons = SCENARIOS.flatMap((scenario) => scenario.project().lesson ?? []);

  it('are three, each with questions that have one right choice', () => {
    expect(lessons.map(({ title }) => title)).toEqual(['Why an RNN forgets', 'Gates to the rescue', 'Clipping an explosion']);
    expect(new Set(lessons.map(({ id }) => id)).size).toBe(3);
    for (const { steps } of lessons) {
      const questions = steps.flatMap(({ question }) => question ?? []);
      expect(questions.length).toBeGreaterThanOrEqual(3);
      for (const { choices } of questions) expect(choices.filter(({ right }) => right)).toHaveLength(1);
    }
  });

  it('act on cells that their projects have', () => {
    for (const scenario of SCENARIOS) {
      const { lesson, graph } = scenario.project();
      for (const { action } of lesson?.steps ?? []) {
        if (action?.kind === 'remedy') expect(graph.nodes.map(({ id }) => String(id))).toContain(action.node);
      }
    }
  });

  it('link to sites of the list alone', () => {
    const links = JSON.stringify(lessons).matchAll(/\]\((.*?)\)/gu);
    for (const [, address] of links) expect(mayOpenExternally(address!)).toBe(true);
    expect(mayOpenExternally('javascript:alert(1)')).toBe(false);
    expect(mayOpenExternally('https://arxiv.org.example.com/')).toBe(false);
  });
});
