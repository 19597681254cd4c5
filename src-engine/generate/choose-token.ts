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
  const best = likeliest(probabilities, never);
  if (temperature === 0) return best;
  const weights = new Float64Array(probabilities.length);
  // In logarithms: a small temperature raises to a power that float64 has no numbers for.
  const most = Math.log(at(probabilities, best));
  for (let id = 0; id < weights.length; id += 1) weights[id] = Math.exp((Math.log(at(probabilities, id)) - most) / temperature);
  for (const id of never) if (id >= 0 && id < weights.length) weights[id] = 0;
  if (topK !== null && topK < weights.length) keepLargest(weights, topK);
  let total = 0;
  for (const weight of weights) total += weight;
  let left = randomUniform(random) * total;
  for (let id = 0; id < weights.length; id += 1) {
    const weight = at(weights, id);
    left -= weight;
    if (left < 0 && weight > 0) return id;
  }
  return best;
}

/** All but the `count` largest become 0; of equals at the limit the first ones stay. */
function keepLargest(weights: Float64Array, count: number): void {
  const limit = at(weights.slice().sort(), weights.length - count);
  let equals = count;
  for (const weight of weights) if (weight > limit) equals -= 1;
  for (let id = 0; id < weights.length; id += 1) {
    const weight = at(weights, id);
    if (weight < limit || (weight === limit && equals-- <= 0)) weights[id] = 0;
  }
}

function likeliest(probabilities: ArrayLike<number>, never: ReadonlySet<number>): number {
  let best = -1;
  for (let id = 0; id < probabilities.length; id += 1) {
    if (!never.has(id) && (best === -1 || at(probabilities, id) > at(probabilities, best))) best = id;
  }
  if (best === -1) throw new Error('there is no token to choose');
  return best;
}
