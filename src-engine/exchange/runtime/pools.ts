import { EMPTY, times, type Vector } from './vectors.ts';

/** Makes one vector of the steps given so far: every call adds steps and gives the vector of all. */
export type Pool = (steps: readonly Vector[]) => Vector;

export function meanPool(): Pool {
  let total: Vector = EMPTY;
  let count = 0;
  return (steps) => {
    for (const step of steps) total = step.map((value, f) => value + (total[f] ?? 0));
    count += steps.length;
    return total.map((value) => value / count);
  };
}

export function maxPool(): Pool {
  let largest: Vector = EMPTY;
  return (steps) => {
    for (const step of steps) largest = step.map((value, f) => Math.max(value, largest[f] ?? -Infinity));
    return largest;
  };
}

/** Mean of the steps weighted by softmax over t of v . tanh(W x_t); weights are kept relative to the largest score so far. */
export function attentionPool(weight: Float32Array, vector: Float32Array): Pool {
  let total: Vector = EMPTY;
  let [largest, share] = [-Infinity, 0];
  return (steps) => {
    for (const x of steps) {
      const score = times(vector, times(weight, x, x.length).map(Math.tanh), 1)[0] ?? 0;
      const highest = Math.max(largest, score);
      const [old, now] = [Math.exp(largest - highest), Math.exp(score - highest)];
      const before = total;
      total = x.map((value, f) => (before[f] ?? 0) * old + value * now);
      share = share * old + now;
      largest = highest;
    }
    return total.map((value) => value / share);
  };
}
