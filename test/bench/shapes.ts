/** The grid of engine.md, "How fast it has to be". Letters: I features, H units, L layers, B rows, T steps. */
export interface Shape {
  readonly input: number;
  readonly hidden: number;
  readonly layers: number;
  readonly batch: number;
  readonly steps: number;
}

export type Cell = 'rnn' | 'gru' | 'lstm';
export const CELLS: readonly Cell[] = ['rnn', 'gru', 'lstm'];

const shape = (input: number, hidden: number, layers: number, batch: number, steps: number): Shape => ({ input, hidden, layers, batch, steps });

export const SHAPES: readonly Shape[] = [
  shape(8, 16, 1, 1, 50),
  shape(32, 32, 1, 16, 32),
  shape(64, 64, 2, 32, 50),
  shape(64, 128, 2, 32, 50),
  shape(128, 256, 1, 32, 50),
  shape(100, 512, 1, 64, 50),
];

const GATES: Readonly<Record<Cell, number>> = { rnn: 1, gru: 3, lstm: 4 };

/** Floating-point operations of the products of one training step: forward, both gradients, none for the first layer's input. */
export function productFlops(cell: Cell, { input, hidden, layers, batch, steps }: Shape): number {
  let total = 0;
  for (let layer = 0; layer < layers; layer++) {
    const inputProducts = layer === 0 ? 2 * input : 3 * hidden;
    total += 2 * batch * steps * GATES[cell] * hidden * (inputProducts + 3 * hidden);
  }
  return total;
}

export function shapeText({ input, hidden, layers, batch, steps }: Shape): string {
  return [input, hidden, layers, batch, steps].join(',');
}
