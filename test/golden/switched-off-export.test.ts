import { expect, it } from 'vitest';
import { emptyProject } from '../../src-engine/document/defaults.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { writeModelCode } from '../../src-engine/exchange/pytorch/write-model-code.ts';
import { graph, node } from '../pure/document-builders.ts';

const SIGNATURE: DataSignature = {
  input: { kind: 'features', width: 2, columns: ['a', 'b'], normalisation: null },
  output: { kind: 'numbers', width: 1, columns: ['y'], normalisation: null, perStep: true },
  longest: 4,
};

it('a final state goes through a node that is switched off, with the cell state of an LSTM', () => {
  const off = { ...node('off', 'dropout'), enabled: false };
  const nodes = [node('x', 'features'), node('first', 'lstm', { units: 3 }), off, node('second', 'lstm', { units: 3 }), node('head', 'regression-head')];
  const wires = ['x -> first', 'first.state -> off', 'off -> second.initial', 'x -> second', 'second -> head'];
  const code = writeModelCode({ ...emptyProject('Off'), graph: graph(nodes, wires) }, SIGNATURE);
  expect(code).toContain('second, second_state = run(self.second, x, lengths, first_state)');
});
