/** Where a run ends: at the first of them. */
export interface Limit {
  readonly steps: number;
  readonly seconds: number;
  readonly epochs: number;
}

export const NO_LIMIT: Limit = { steps: Infinity, seconds: Infinity, epochs: Infinity };
