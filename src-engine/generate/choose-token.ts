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
  const candidates = candidatesOf(probabilities, topK, never);
  // In logarithms: a small temperature raises to a power that float64 has no numbers for.
  const most = Math.log(at(probabilities, best));
  const weights = Float64Array.from(candidates, (id) => Math.exp((Math.log(at(probabilities, id)) - most) / temperature));
  let left = randomUniform(random) * weights.reduce((total, weight) => total + weight, 0);
  for (const [place, weight] of weights.entries()) {
    left -= weight;
    if (left < 0 && weight > 0) return at(candidates, place);
  }
  return best;
}

/** Ids that may be drawn, in their own order. Of equals at the limit those with the lowest ids. */
function candidatesOf(probabilities: ArrayLike<number>, topK: number | null, never: ReadonlySet<number>): Int32Array {
  const all = Int32Array.from({ length: probabilities.length }, (_, id) => id).filter((id) => !never.has(id));
  if (topK === null || topK >= all.length) return all;
  const limit = at(Float64Array.from(all, (id) => at(probabilities, id)).sort(), all.length - topK);
  const above = all.reduce((count, id) => count + (at(probabilities, id) > limit ? 1 : 0), 0);
  let equals = topK - above;
  return all.filter((id) => at(probabilities, id) > limit || (at(probabilities, id) === limit && equals-- > 0));
}

function likeliest(probabilities: ArrayLike<number>, never: ReadonlySet<number>): number {
  let best = -1;
  for (let id = 0; id < probabilities.length; id += 1) {
    if (!never.has(id) && (best === -1 || at(probabilities, id) > at(probabilities, best))) best = id;
  }
  if (best === -1) throw new Error('there is no token to choose');
  return best;
}
