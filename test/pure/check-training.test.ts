import { describe, expect, it } from 'vitest';
import { checkTraining } from '../../src-engine/document/check/check-training.ts';
import { DEFAULT_TRAINING } from '../../src-engine/document/defaults.ts';
import type { FieldSpec } from '../../src-engine/document/kind-spec.ts';
import { kindSpec, NODE_KINDS } from '../../src-engine/document/node-kinds.ts';
import { isFieldValue, isShown } from '../../src-engine/document/params.ts';
import { parseProjectValue } from '../../src-engine/document/file/parse-project.ts';
import { node } from './document-builders.ts';

/** As a file has it: the parser keeps keys it does not know. */
function problemsOf(optimizer: Readonly<Record<string, unknown>>) {
  const parsed = parseProjectValue({ format: 'unroll/project', version: 1, graph: { nodes: [] }, training: { optimizer } });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return checkTraining(parsed.project.training).map(({ code, path, message, fix }) => `${code} ${path ?? ''}: ${message} ${fix}`);
}

describe('a constant of an optimiser', () => {
  it('that belongs to another one is a problem that names both', () => {
    expect(problemsOf({ kind: 'sgd', beta1: 0.8, alpha: 0.9 })).toEqual([
      'U040 training.optimizer.beta1: SGD has no beta1: it would have no effect. Remove it, or train with Adam or AdamW.',
      'U040 training.optimizer.alpha: SGD has no alpha: it would have no effect. Remove it, or train with RMSProp.',
    ]);
    expect(problemsOf({ kind: 'adam', weightDecay: 0.1 })).toHaveLength(1);
    expect(problemsOf({ kind: 'rmsprop', momentum: 0.9 })).toHaveLength(1);
    expect(problemsOf({ kind: 'adagrad', nesterov: true })).toHaveLength(1);
  });

  it('that is its own is none, nor is a key that no optimiser has', () => {
    expect(problemsOf({ kind: 'adamw', beta1: 0.8, beta2: 0.9, epsilon: 1e-6, weightDecay: 0.1, comment: 'mine' })).toEqual([]);
    expect(problemsOf({ kind: 'rmsprop', alpha: 0.9, epsilon: 1e-6 })).toEqual([]);
    expect(problemsOf({ kind: 'sgd', momentum: 0.9, nesterov: true })).toEqual([]);
    expect(checkTraining(DEFAULT_TRAINING)).toEqual([]);
  });

  it('nesterov without momentum is a problem', () => {
    expect(problemsOf({ kind: 'sgd', nesterov: true })[0]).toMatch(/^U040 training\.optimizer\.nesterov: /u);
  });
});

describe('a field that matters only with another', () => {
  it('is shown with it alone', () => {
    const radius = kindSpec('gru')!.params.find(({ name }) => name === 'spectralRadius')!;
    expect(isShown(radius, node('a', 'gru'))).toBe(false);
    expect(isShown(radius, node('a', 'gru', { recurrentInit: 'spectral' }))).toBe(true);
    const delta = kindSpec('regression-head')!.params.find(({ name }) => name === 'delta')!;
    expect(isShown(delta, node('a', 'regression-head', { loss: 'squared' }))).toBe(false);
    expect(isShown(delta, node('a', 'regression-head', { loss: 'huber' }))).toBe(true);
  });

  it('names another field of its kind and a value that this one takes', () => {
    for (const spec of Object.values(NODE_KINDS)) {
      const params: readonly FieldSpec[] = spec.params;
      for (const { name, shownWhen } of params) {
        if (shownWhen === undefined) continue;
        const other = params.find((each) => each.name === shownWhen.name);
        expect(other !== undefined && isFieldValue(other, shownWhen.is), name).toBe(true);
      }
    }
  });
});
