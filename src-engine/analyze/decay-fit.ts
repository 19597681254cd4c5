export type DecayVerdict = 'vanishing' | 'healthy' | 'exploding';

export interface DecayFit {
  /** What one step back multiplies the gradient by: exp of the slope of ln(flow) against lag; 0 where nothing is left behind the loss step. */
  readonly factorPerStep: number;
  /** Steps until half is left; null where the gradient does not shrink. */
  readonly halfLife: number | null;
  /** Steps until it has doubled; null where it does not grow. */
  readonly doubling: number | null;
  /** ln of the fitted flow at lag 0. */
  readonly intercept: number;
  /** First and last lag of the stretch that was fitted, and whether that is all there is. */
  readonly from: number;
  readonly to: number;
  readonly whole: boolean;
  readonly verdict: DecayVerdict;
}

/** Below this factor per step the gradient is called vanishing: a tenth is left after 22 steps. */
const VANISHING_BELOW = 0.9;
/** Above this factor per step it is called exploding: tenfold after 24 steps. */
const EXPLODING_ABOVE = 1.1;
/** Lags that each of two lines needs. */
const SHORTEST = 4;
/** One line serves as long as it is off by no more than a tenth in the mean, or two leave more than a quarter of its squared error. */
const GOOD_ENOUGH = 0.1;
const TWICE_AS_CLOSE = 1 / 4;
/** A stretch that changes the gradient this many times speaks for the whole, however long the rest of the sequence is. */
const TELLING = Math.log(1000);

interface Point {
  readonly lag: number;
  readonly log: number;
}

interface Line {
  readonly points: readonly Point[];
  readonly slope: number;
  readonly intercept: number;
}

/**
 * How the gradient fades with distance: least squares of ln(flow) against lag over the finite positive values. A flow that bends, steep at first and then
 * flat (what little is left comes back by another way, or is rounding), would make one line a bad mean of both: it gets two, on either side of the bend that
 * fits best, if they tell different things and are twice as close. The stretch that changes the gradient a thousandfold then speaks, the larger change of
 * two; else the longer one does, so that an LSTM whose gradient leaves the output gate and then rides on its cell state is judged by the ride.
 * A flow that ends in zeros is vanishing and one with an infinite value exploding, whatever the fit.
 * @param flow [T] mean norm of dL/dh by distance from the loss step, index 0 the loss step itself
 * @returns null where fewer than two values tell anything
 */
export function fitDecay(flow: ArrayLike<number>): DecayFit | null {
  const values = Array.from(flow);
  const points = values.map((value, lag) => ({ lag, log: Math.log(value) })).filter(({ log }) => Number.isFinite(log));
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return null;
  const isGone = first.lag === values.findIndex((value) => !Number.isNaN(value)) && endsInZeros(values, last.lag);
  if (points.length < 2) return isGone ? gone(first) : null;
  const { slope, intercept, points: fitted } = tellingLine(points);
  const factorPerStep = Math.exp(slope);
  return {
    factorPerStep,
    halfLife: slope < 0 ? Math.LN2 / -slope : null,
    doubling: slope > 0 ? Math.LN2 / slope : null,
    intercept,
    from: fitted[0]?.lag ?? first.lag,
    to: fitted.at(-1)?.lag ?? last.lag,
    whole: fitted.length === points.length,
    verdict: values.includes(Number.POSITIVE_INFINITY) ? 'exploding' : isGone ? 'vanishing' : verdictOf(slope),
  };
}

function gone({ lag, log }: Point): DecayFit {
  return { factorPerStep: 0, halfLife: 0, doubling: null, intercept: log, from: lag, to: lag, whole: true, verdict: 'vanishing' };
}

/** Behind the last positive value stand zeros, and nothing else that is a number. */
function endsInZeros(values: readonly number[], last: number): boolean {
  const rest = values.slice(last + 1).filter((value) => !Number.isNaN(value));
  return rest.length > 0 && rest.every((value) => value === 0);
}

function verdictOf(slope: number): DecayVerdict {
  if (slope < Math.log(VANISHING_BELOW)) return 'vanishing';
  return slope > Math.log(EXPLODING_ABOVE) ? 'exploding' : 'healthy';
}

function tellingLine(points: readonly Point[]): Line {
  const whole = lineThrough(points);
  const error = squaredErrors(points);
  const one = error(0, points.length);
  const n = points.length;
  if (n < 2 * SHORTEST || one < n * GOOD_ENOUGH ** 2) return whole;
  let [bend, two] = [0, Infinity];
  for (let at = SHORTEST; at <= n - SHORTEST; at++) {
    const both = error(0, at) + error(at, n);
    if (both < two) [bend, two] = [at, both];
  }
  const [near, far] = [lineThrough(points.slice(0, bend)), lineThrough(points.slice(bend))];
  if (two > one * TWICE_AS_CLOSE || verdictOf(near.slope) === verdictOf(far.slope)) return whole;
  const [small, large] = [near, far].toSorted((a, b) => changeOf(a) - changeOf(b));
  if (large !== undefined && verdictOf(large.slope) !== 'healthy' && changeOf(large) >= TELLING) return large;
  if (small !== undefined && verdictOf(small.slope) !== 'healthy' && changeOf(small) >= TELLING) return small;
  return far.points.length >= near.points.length ? far : near;
}

/** |ln| of what the line multiplies the gradient by from its first lag to its last. */
function changeOf({ slope, points }: Line): number {
  return Math.abs(slope) * ((points.at(-1)?.lag ?? 0) - (points[0]?.lag ?? 0));
}

/** Least squares of two points or more. */
function lineThrough(points: readonly Point[]): Line {
  const n = points.length;
  const meanLag = points.reduce((sum, { lag }) => sum + lag, 0) / n;
  const meanLog = points.reduce((sum, { log }) => sum + log, 0) / n;
  const covariance = points.reduce((sum, { lag, log }) => sum + (lag - meanLag) * (log - meanLog), 0);
  const variance = points.reduce((sum, { lag }) => sum + (lag - meanLag) ** 2, 0);
  const slope = covariance / variance;
  return { points, slope, intercept: meanLog - slope * meanLag };
}

/** The squared error of the line through points [begin, end), from running sums: every bend is tried in one pass. */
function squaredErrors(points: readonly Point[]): (begin: number, end: number) => number {
  const n = points.length;
  const middle = points.reduce((sum, { log }) => sum + log, 0) / n;
  const sums = [0, 1, 2, 3, 4].map(() => new Float64Array(n + 1));
  for (const [index, { lag, log }] of points.entries()) {
    const [x, y] = [lag - n / 2, log - middle];
    for (const [which, term] of [x, y, x * x, x * y, y * y].entries()) {
      const running = sums[which];
      if (running !== undefined) running[index + 1] = (running[index] ?? 0) + term;
    }
  }
  const between = (which: number, begin: number, end: number): number => (sums[which]?.[end] ?? 0) - (sums[which]?.[begin] ?? 0);
  return (begin, end) => {
    const count = end - begin;
    const [x, y] = [between(0, begin, end), between(1, begin, end)];
    const variance = between(2, begin, end) - (x * x) / count;
    const covariance = between(3, begin, end) - (x * y) / count;
    return Math.max(0, between(4, begin, end) - (y * y) / count - (covariance * covariance) / variance);
  };
}
