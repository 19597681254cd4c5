import type { Program } from '../ir/program.ts';
import type { Machine } from '../run/machine.ts';

/**
 * A model that reads one token at a time: h (and c) of every cell go from step to step, as in the unrolled graph, so that the answer to the n-th
 * token is what the forward pass over all n gives at its last step. The program is one window of B = 1 and T = 1 (`carry`), and stays
 * the machine's current one.
 */
export class Stepper {
  private readonly machine: Machine;
  private readonly program: Program;
  /** The weights have been packed. */
  private warm = false;

  constructor(machine: Machine, program: Program) {
    if (program.batch !== 1 || program.steps !== 1) throw new Error(`a stepper needs a program of 1 x 1, not ${program.batch} x ${program.steps}`);
    this.machine = machine;
    this.program = program;
    machine.writeInts(program.lengths, [1]);
    machine.writeInts(program.output.targets, [-1]);
    machine.writeFloats(program.lossWeights, [0]);
    this.reset();
  }

  /** Zero states: nothing has been read. */
  reset(): void {
    const { at, size } = this.program.shared.carried;
    this.machine.fill(at, size, 0);
  }

  /** Reads a token; probabilities of what comes after it, [V]. */
  step(id: number): Float32Array | Float64Array {
    const { input, packed, sections, output } = this.program;
    this.machine.writeInts(input.at, [id]);
    this.machine.run({ begin: this.warm ? packed : sections.forward.begin, end: sections.forward.end });
    this.warm = true;
    this.machine.run(sections.carry);
    return this.machine.readFloats(output.values, output.width);
  }
}
