/** What a run of test files is told. */
export interface Plan {
  /** The mutant that is awake from the start, or -1: then each test is tried with all of `ids` that it reaches. */
  readonly awake: number;
  readonly ids: readonly number[];
  /** A file of `Line`s, one a line. */
  readonly notes: string;
  /** Milliseconds of work above which a test is not used. */
  readonly slow: number;
}

/** What a run of test files tells. */
export type Line =
  | { readonly what: 'tries' | 'kills'; readonly file: string; readonly test: string; readonly id: number }
  | { readonly what: 'slow'; readonly file: string; readonly test: string; readonly cost: number }
  | { readonly what: 'outside'; readonly file: string; readonly ids: readonly number[] };

/** What the process that runs test files is asked, and what it answers. */
export interface Question {
  readonly plan: Plan;
  readonly files: readonly string[];
}

export interface Answer {
  readonly failed: readonly { readonly test: string; readonly message: string }[];
}

export function linesOf(text: string): Line[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}
