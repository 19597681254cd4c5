/** How much is measured, and for how long. */
export interface Extent {
  /** Of the grid and of inference, from the smallest. */
  readonly shapes: number;
  readonly inferenceShapes: number;
  /** T of the compiled models. */
  readonly compiled: readonly number[];
  /** Factor on every measuring time. */
  readonly time: number;
}

export const THOROUGH: Extent = { shapes: 6, inferenceShapes: 4, compiled: [10, 100, 1000, 10_000], time: 1 };
export const QUICK: Extent = { shapes: 2, inferenceShapes: 2, compiled: [10, 100, 1000], time: 0.02 };
