import { describe, expect, it } from 'vitest';
import { compile } from '../../src-engine/compile/compile.ts';
import { inspect } from '../../src-engine/compile/inspect.ts';
import { checkGraph } from '../../src-engine/document/check.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { findScenario } from '../../src-engine/scenarios/scenarios.ts';

const signature: DataSignature = {
  input: { kind: 'tokens', unit: 'character', vocabulary: ['<unk>', 'a', 'b'] },
  output: { kind: 'classes', classes: ['female', 'male'], perStep: false },
  longest: 3,
};
const graph = findScenario('names')!.project().graph;
const model = { graph, checked: checkGraph(graph, signature), signature };
const options = { batch: 2, steps: 3, backward: true, copies: false, optimizer: 'adam', reduce: 'sum' } as const;

describe('inspect', () => {
  it('lists the layers and what feeds them', () => {
    expect(inspect(model, options, 'graph')).toMatch(/rnn +rnn1 {2}<- embed/u);
  });

  it('writes one node for each op and step, weights shared by name', () => {
    const text = inspect(model, options, 'unrolled');
    for (const t of [1, 2, 3]) expect(text).toContain(`rnn1:t${t}.h [B x 64] = tanh(rnn1:t${t}.pre)`);
    expect(text).toContain('rnn1:t3.pre [B x 64] = rnn1:t3.input + rnn1:t2.h . rnn1.weight_hh[0:64]^T');
    expect(text).toContain('rnn1.weight_hh [64 x 64], 3 copies');
    expect(text).toContain('d(rnn1.weight_hh) += d(rnn1:t3.pre)^T . rnn1:t2.h');
    expect(text).not.toContain('d(0)');
    expect(text).not.toMatch(/[.] 0$/mu);
  });

  it('shows the first and last copies of many', () => {
    const text = inspect(model, { ...options, steps: 100 }, 'unrolled');
    expect(text).toContain('rnn1:t100.h');
    expect(text).not.toContain('rnn1:t50.h');
    expect(text).toContain('more copies');
  });

  it('names what every address of the program means', () => {
    const text = inspect(model, options, 'program');
    expect(text).toContain('rnnForward pre=rnn1.input hPrev=none h=rnn1.h');
    expect(text).not.toMatch(/=@\d/u);
    expect(text.match(/^ +\d+ {2}rnnBackward/gmu)).toHaveLength(3);
  });
});

describe('compile', () => {
  it('makes a tape that grows by the same number of words with every step', () => {
    const words = [10, 20, 40].map((steps) => compile(model, { ...options, steps }).tape.length);
    expect((words[2]! - words[1]!) / 20).toBe((words[1]! - words[0]!) / 10);
  });
});
