import { fc } from '../fixtures/laws.ts';
import { describe, expect, test } from 'vitest';
import { encodeTokens, idsByToken, splitText, UNKNOWN_ID, UNKNOWN_TOKEN } from '../../src-engine/data/text/tokenizer.ts';

describe('words', () => {
  test('are lower case, with every punctuation mark a token of its own', () => {
    expect(splitText('The plot, in 1984: SUPERB!!', 'word')).toEqual(['the', 'plot', ',', 'in', '1984', ':', 'superb', '!', '!']);
    expect(splitText('Für Elise', 'word')).toEqual(['für', 'elise']);
    expect(splitText(' \n\t', 'word')).toEqual([]);
  });

  test('write contracted negations out, with either apostrophe', () => {
    expect(splitText("It isn't dull, it won't bore and can\u2019t fail", 'word').join(' ')).toBe('it is not dull , it will not bore and can not fail');
  });

  test('joined by spaces give the same words again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const words = splitText(text, 'word');
        expect(splitText(words.join(' '), 'word')).toEqual(words);
      }),
    );
  });

  test('lose nothing of a text but white space and case, where no negation is contracted', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w .,!?]*$/), (text) => {
        fc.pre(!/can(no)?t/i.test(text));
        expect(splitText(text, 'word').join('')).toBe(text.toLowerCase().replace(/\s/g, ''));
      }),
    );
  });
});

test('characters are lower-case code points without the white space at both ends', () => {
  expect(splitText(' Zoë-Ann ', 'character')).toEqual(['z', 'o', 'ë', '-', 'a', 'n', 'n']);
  expect(splitText('🙂a', 'character')).toEqual(['🙂', 'a']);
});

test('a token has the id of its place in the vocabulary, any other token that of the unknown one', () => {
  const vocabulary = [UNKNOWN_TOKEN, 'a', 'b'];
  expect(encodeTokens(['b', 'z', 'a'], idsByToken(vocabulary))).toEqual(Int32Array.of(2, UNKNOWN_ID, 1));
  expect(vocabulary[UNKNOWN_ID]).toBe(UNKNOWN_TOKEN);
});
