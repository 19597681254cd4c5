import type { Program } from '../ir/program.ts';
import type { Machine } from '../run/machine.ts';

/** The number whose gradient is taken for row b of a batch: a logit (or a number answered) at an output step, 0 where there is one answer. */
export interface Seed {
  readonly row: number;
  readonly step: number;
  readonly column: number;
  /** -1 for the class that a single sigmoid says no to. */
  readonly sign: 1 | -1;
}

/** What each input step did to one seed's number y, [T]; x is the step's embedded input (its vector, its one-hot row, its numbers). */
export interface InputInfluence {
  /** Gradient times input: sum of x * dy/dx over x. */
  readonly contributions: Float64Array;
  /** Connectivity: L2 norm of dy/dx. */
  readonly norms: Float64Array;
}

/**
 * Gradients of the seeds' numbers with respect to the embedded input, all rows in one backward pass; at most one seed for a row. The program is compiled
 * with `inputs`, loaded, and its forward section has just run. Steps past a row's length get 0. Gradient times input: Shrikumar et al. 2016; connectivity
 * as in Madsen, "Visualizing memorization in RNNs", Distill 2019.
 */
export function inputInfluence(machine: Machine, program: Program, seeds: readonly Seed[]): readonly InputInfluence[] {
  const { logits, output, batch, steps } = program;
  if (logits === null) throw new Error('a program without a backward section has no gradients');
  const gradient = new Float64Array(output.rows * logits.width);
  for (const { row, step, column, sign } of seeds) gradient[(step * batch + row) * logits.width + column] = sign;
  machine.writeFloats(logits.gradient, gradient);
  machine.run(program.sections.backward);
  const contributions = seeds.map(() => new Float64Array(steps));
  const squares = seeds.map(() => new Float64Array(steps));
  for (const { value, gradient: at, width, steps: length } of program.embedded) {
    const x = machine.readFloats(value, length * batch * width);
    const dx = machine.readFloats(at, length * batch * width);
    for (const [index, { row }] of seeds.entries()) {
      const [sums, norms] = [contributions[index], squares[index]];
      if (sums === undefined || norms === undefined) continue;
      for (let t = 0; t < length; t++) {
        const start = (t * batch + row) * width;
        for (let e = start; e < start + width; e++) {
          const slope = dx[e] ?? 0;
          sums[t] = (sums[t] ?? 0) + (x[e] ?? 0) * slope;
          norms[t] = (norms[t] ?? 0) + slope * slope;
        }
      }
    }
  }
  return seeds.map((_, index) => ({
    contributions: contributions[index] ?? new Float64Array(steps),
    norms: (squares[index] ?? new Float64Array(steps)).map(Math.sqrt),
  }));
}
