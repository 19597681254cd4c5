import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** A stream of random numbers; drawing from it moves it on. The only source of chance in the engine. */
export type Random = RandomGenerator;

export function createRandom(seed: number): Random {
  return xoroshiro128plus(seed);
}

/** Where a stream stands; `randomFromState` goes on from there. */
export function randomState(random: Random): readonly number[] {
  return [...random.getState()];
}

export function randomFromState(state: readonly number[]): Random {
  return xoroshiro128plusFromState(state);
}

/** Uniform in 0 .. bound-1. */
export function randomIndex(random: Random, bound: number): number {
  return uniformInt(random, 0, bound - 1);
}

export function chance(random: Random, probability: number): boolean {
  return uniformFloat64(random) < probability;
}

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[randomIndex(random, items.length)];
  if (item === undefined) throw new Error('pick: nothing to pick from');
  return item;
}

/** A shuffled copy (Fisher-Yates). */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = randomIndex(random, last + 1);
    const held = result[last] as T;
    result[last] = result[other] as T;
    result[other] = held;
  }
  return result;
}

/** Uniform in [0, 1). */
export function randomUniform(random: Random): number {
  return uniformFloat64(random);
}

/** Standard normal (Box and Muller 1958; one of the pair, so that each draw moves the stream by the same amount). */
export function randomNormal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(random)));
  return radius * Math.cos(2 * Math.PI * uniformFloat64(random));
}
