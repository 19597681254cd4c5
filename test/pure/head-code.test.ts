import { expect, it } from 'vitest';
import { headCode } from '../../src-engine/exchange/pytorch/project/head-code.ts';
import { graph, node, TAGS, WORDS } from './document-builders.ts';

it.each([
  ['softmax-head', WORDS, 'functional.cross_entropy(out, y'],
  ['sigmoid-head', WORDS, 'functional.binary_cross_entropy_with_logits(out[:, 0], y.to(out)'],
  ['sigmoid-head', TAGS, 'functional.binary_cross_entropy_with_logits(out, wanted'],
] as const)('the exported loss of a %s is the one it trained with', (kind, signature, loss) => {
  expect(headCode(graph([node('head', kind)], []), signature, false)).toContain(`each = ${loss}`);
});
