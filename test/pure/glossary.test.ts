import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { TERM_GROUPS, TERMS, isTermId } from '../../src-engine/document/glossary/glossary.ts';
import { NODE_KINDS } from '../../src-engine/document/node-kinds.ts';
import { splitTerms } from '../../src-renderer/panels/glossary/split-terms.ts';

const entries = Object.entries(TERMS);

describe('the glossary', () => {
  it('has a word for every field of every kind of block', () => {
    const missing = Object.values(NODE_KINDS).flatMap(({ kind, params }) => params.filter(({ term }) => !isTermId(term)).map(({ name }) => `${kind}.${name}`));
    expect(missing).toEqual([]);
  });

  it('lists every word once', () => {
    const listed = TERM_GROUPS.flatMap(({ terms }) => Object.keys(terms));
    expect(listed.toSorted()).toEqual(Object.keys(TERMS).toSorted());
    expect(new Set(entries.map(([, { name }]) => name)).size).toBe(entries.length);
  });

  it.each(entries)('explains %s shortly, with symbols that can be set, and leads on to words that are there', (id, { meaning, symbol, see }) => {
    expect(meaning).toMatch(/^[A-Z].*[.]$/u);
    expect(meaning.length).toBeLessThan(270);
    expect(see.filter((other) => !isTermId(other) || other === id)).toEqual([]);
    expect(see.length).toBeGreaterThan(0);
    if (symbol !== null) expect(() => katex.renderToString(symbol, { throwOnError: true })).not.toThrow();
  });
});

describe('a sentence with words of the glossary', () => {
  it('is cut at the first mention of each, whole words, and loses no letter', () => {
    const text = 'Shrinks to 0.93 per step, half-life 9.6 steps: vanishing.';
    const parts = splitTerms(text, ['half-life', 'factor-per-step', 'vanishing-gradient']);
    expect(parts.map((part) => part.text).join('')).toBe(text);
    expect(parts.filter((part) => part.term !== null)).toEqual([
      { text: 'per step', term: 'factor-per-step' },
      { text: 'half-life', term: 'half-life' },
      { text: 'vanishing', term: 'vanishing-gradient' },
    ]);
  });

  it('stays whole where no word is in it', () => {
    expect(splitTerms('No gate here.', ['half-life'])).toEqual([{ text: 'No gate here.', term: null }]);
  });

  it('takes a word with its ending', () => {
    expect(splitTerms('updates clipped', ['clipping'])).toEqual([
      { text: 'updates ', term: null },
      { text: 'clipped', term: 'clipping' },
    ]);
  });
});
