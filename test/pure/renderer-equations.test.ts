import katex from 'katex';
import { describe, expect, test } from 'vitest';
import type { FieldSpec } from '../../src-engine/document/kind-spec.ts';
import { NODE_KINDS } from '../../src-engine/document/node-kinds.ts';
import type { ParamValue } from '../../src-engine/document/project.ts';
import { equationsOf } from '../../src-renderer/panels/inspector/equations.ts';
import { node } from './document-builders.ts';

type Params = Readonly<Record<string, ParamValue>>;

/** Every combination of a kind's choices and switches. */
function settings(fields: readonly FieldSpec[]): readonly Params[] {
  return fields.reduce<readonly Params[]>(
    (all, field) => {
      const values = field.type === 'choice' ? field.options.map((option) => option.value) : field.type === 'boolean' ? [false, true] : [field.default];
      return all.flatMap((params) => values.map((value) => ({ ...params, [field.name]: value })));
    },
    [{}],
  );
}

const CASES = Object.values(NODE_KINDS).flatMap((spec) => settings(spec.params).map((params) => [spec.kind, params] as const));

describe('equations', () => {
  test('of every kind, however it is set, can be typeset', () => {
    for (const [kind, params] of CASES) {
      for (const line of equationsOf(node('n', kind, params)) ?? [])
        expect(() => katex.renderToString(line, { throwOnError: true }), `${kind}: ${line}`).not.toThrow();
    }
  });

  test('of the GRU agree with the lecture to the sign and the order', () => {
    const lines = equationsOf(node('n', 'gru', { reset: 'before' }))?.join(' ') ?? '';
    expect(lines).toContain('\\odot H_{t-1}) W_{hh} + b_h)');
    expect(lines).toContain('H_t = Z_t \\odot H_{t-1} + (1 - Z_t) \\odot \\tilde H_t');
  });

  test('of the LSTM with coupled gates have no input gate of their own', () => {
    expect(equationsOf(node('n', 'lstm', { coupled: true }))).toContain('I_t = 1 - F_t');
  });
});
