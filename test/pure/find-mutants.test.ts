import { stripTypeScriptTypes } from 'node:module';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { findMutants } from '../bench/mutation/find-mutants.ts';
import { intervalOf } from '../bench/mutation/interval.ts';
import { withMutants } from '../bench/mutation/with-mutants.ts';

const numbered = (text: string) => findMutants(text).map((mutant, id) => ({ ...mutant, id }));
const changes = (text: string): string[] => findMutants(text).map(({ start, end, replacement }) => `${text.slice(start, end)} -> ${replacement}`);

const run = (text: string, globals: object = {}): unknown => runInNewContext(`${stripTypeScriptTypes(text)}; answer;`, globals);

/** What a module with all its mutants in it gives as `answer`, while one of them is awake. */
function answerOf(text: string, awake: number): unknown {
  return run(withMutants(text, numbered(text)), { mutants: { on: (id: number) => id === awake } });
}

/** What came of it, if only the name of an error. */
function outcomeOf(work: () => unknown): string {
  try {
    return String(work());
  } catch (error) {
    return (error as Error).name;
  }
}

describe('the mutants of a module', () => {
  it('a comparison moves its boundary and turns round', () => {
    expect(changes('const a = b < c;')).toEqual(['b < c -> (b) <= (c)', 'b < c -> (b) >= (c)']);
  });

  it('types, names of properties and imports have none', () => {
    expect(changes("import { a } from 'a'; type B = 'b' | 1; interface C { d: 2 } const e: B = f as 'b'; export type { B } from 'b';")).toEqual([]);
    expect(changes("const a = { 'b-c': d, 1: e };")).toEqual([]);
  });

  it('with none awake a module gives what it gave, with one awake what the changed text gives', () => {
    const text = `
      function sign(x: number): string { if (x < 0 && !(x === -1)) return 'minus'; return x > 0 ? 'plus' : ''; }
      const parts: string[] = [];
      for (const x of [-2, -1, 0, 1]) { parts.push(sign(x)); }
      const answer = parts.filter((part) => part !== '').join('/') + String(parts.some((part) => part === 'plus'));`;
    expect(answerOf(text, -1)).toBe('minus/plustrue');
    const mutants = numbered(text).filter(({ guard }) => guard === undefined);
    expect(mutants.length).toBeGreaterThan(25);
    for (const { id, start, end, replacement } of mutants) {
      const changed = `${text.slice(0, start)}(${replacement})${text.slice(end)}`;
      expect(outcomeOf(() => answerOf(text, id))).toBe(outcomeOf(() => run(changed)));
    }
  });

  it('a statement, or the body of a loop, is left out', () => {
    const text = 'let answer = 0; for (const x of [1, 2]) { answer += x; }';
    const guarded = numbered(text).filter(({ guard }) => guard !== undefined);
    expect(guarded.map(({ id }) => answerOf(text, id))).toEqual([0, 0]);
  });
});

describe('the interval of a share', () => {
  it('9 of 10: 60 % to 98 % (Wilson), and none of 10 does not reach below 0', () => {
    expect(intervalOf(9, 10).map((share) => Math.round(1000 * share))).toEqual([596, 982]);
    expect(intervalOf(0, 10)[0]).toBeCloseTo(0, 12);
  });
});
