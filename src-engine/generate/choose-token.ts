import { randomUniform, type Random } from '../data/random.ts';
import { at } from '../data/at.ts';

export interface Choosing {
  /** Probabilities are raised to 1 / temperature; 0 takes the likeliest. */
  readonly temperature: number;
  /** Only the likeliest `topK` are drawn from; null: all. */
  readonly topK: number | null;
}

export interface Ranked {
  readonly id: number;
  readonly probability: number;
}

/** The likeliest first, of equals the one with the lower id; those in `never` are left out. */
export function rankTokens(probabilities: ArrayLike<number>, count: number, never: ReadonlySet<number>): readonly Ranked[] {
  const all = Array.from(probabilities, (probability, id) => ({ id, probability })).filter(({ id }) => !never.has(id));
  return all.sort((left, right) => right.probability - left.probability || left.id - right.id).slice(0, count);
}

/** One token drawn from [V] probabilities; temperature 0 draws nothing from `random`. Throws where all of them are in `never`. */
export function chooseToken(probabilities: ArrayLike<number>, { temperature, topK }: Choosing, never: ReadonlySet<number>, random: Random): number {
  if (temperature === 0) return likeliest(probabilities, never);
  const candidates = topK === null ? everyToken(probabilities, never) : rankTokens(probabilities, topK, never);
  // In logarithms: a small temperature raises to a power that float64 has no numbers for.
  const most = candidates.reduce((largest, { probability }) => Math.max(largest, probability), 0);
  const weights = candidates.map(({ probability }) => Math.exp((Math.log(probability) - Math.log(most)) / temperature));
  let left = randomUniform(random) * weights.reduce((total, weight) => total + weight, 0);
  for (const [place, weight] of weights.entries()) {
    left -= weight;
    if (left < 0 && weight > 0) return candidates[place]?.id ?? likeliest(probabilities, never);
  }
  return likeliest(probabilities, never);
}

function everyToken(probabilities: ArrayLike<number>, never: ReadonlySet<number>): readonly Ranked[] {
  return Array.from(probabilities, (probability, id) => ({ id, probability })).filter(({ id }) => !never.has(id));
}

function likeliest(probabilities: ArrayLike<number>, never: ReadonlySet<number>): number {
  let best = -1;
  for (let id = 0; id < probabilities.length; id += 1) {
    if (!never.has(id) && (best === -1 || at(probabilities, id) > at(probabilities, best))) best = id;
  }
  if (best === -1) throw new Error('there is no token to choose');
  return best;
}
