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

/** What each input step did to one seed's number y, [T], or each number of an input without steps, [F]; x is the embedded input (a step's vector, its one-hot row, its numbers). */
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
export function inputInfluence(machine: Machine, program: Program, seeds: readonly Seed[], by: 'step' | 'number' = 'step'): readonly InputInfluence[] {
  const { logits, output, batch, steps } = program;
  if (logits === null) throw new Error('the program was not compiled with `inputs`: it keeps no logits');
  const gradient = new Float64Array(output.rows * logits.width);
  for (const { row, step, column, sign } of seeds) gradient[(step * batch + row) * logits.width + column] = sign;
  machine.writeFloats(logits.gradient, gradient);
  machine.run(program.sections.backward);
  const inputs = program.embedded.map(({ value, gradient: at, width, steps: length }) => ({
    x: machine.readFloats(value, length * batch * width),
    dx: machine.readFloats(at, length * batch * width),
    width,
    length,
  }));
  const entries = by === 'step' ? steps : Math.max(...program.embedded.map(({ width }) => width));
  return seeds.map(({ row }) => {
    const contributions = new Float64Array(entries);
    const squares = new Float64Array(entries);
    for (const { x, dx, width, length } of inputs) {
      for (let t = 0; t < length; t++) {
        for (let e = 0; e < width; e++) {
          const at = (t * batch + row) * width + e;
          const entry = by === 'step' ? t : e;
          const slope = dx[at] ?? 0;
          contributions[entry] = (contributions[entry] ?? 0) + (x[at] ?? 0) * slope;
          squares[entry] = (squares[entry] ?? 0) + slope * slope;
        }
      }
    }
    return { contributions, norms: squares.map(Math.sqrt) };
  });
}
