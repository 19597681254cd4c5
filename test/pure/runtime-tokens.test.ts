import { expect, it } from 'vitest';
import { tokenizer } from '../../src-engine/exchange/runtime/tokens.ts';

const LETTERS = ['<unk>', 'a', 'B'];

it('a model that says what comes next reads a text as it is, up to a blank', () => {
  expect(tokenizer(LETTERS, 'character', LETTERS, false)(' aB__a')).toEqual([' ', 'a', 'B']);
});

it('a model that answers a sequence of its own reads the whole text in lower case, though its answers have the same letters', () => {
  expect(tokenizer(LETTERS, 'character', LETTERS, true)(' aB_a')).toEqual(['a', 'b', '_', 'a']);
});
