import { expect, it } from 'vitest';
import { measureWidth } from '../../src-engine/kernels/measure-width.ts';
import { buildKernels } from './build-kernels.ts';

const module = new WebAssembly.Module(await buildKernels('relaxed'));

/** A clock for which the warm-up is over at once, and then every sample, wide and narrow in turn, takes what is given. */
function clock(wide: number, narrow: number): () => number {
  let [time, calls] = [0, 0];
  return () => {
    calls += 1;
    if (calls === 2) time += 1000;
    if (calls > 2 && calls % 2 === 0) time += calls % 4 === 0 ? wide : narrow;
    return time;
  };
}

it('takes the wider tiles where they are clearly faster, and only there', () => {
  expect(measureWidth(module, clock(1, 1.5))).toBe(true);
  expect(measureWidth(module, clock(1, 1.05))).toBe(false);
  expect(measureWidth(module, clock(1.5, 1))).toBe(false);
});
