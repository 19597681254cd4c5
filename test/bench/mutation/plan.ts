/** What a run of test files is told. */
export interface Plan {
  /** Mutants that are awake from the start; none: then each test is tried with those of `ids` that it reaches, one after the other. */
  readonly awake: readonly number[];
  readonly ids: readonly number[];
  /** Only these tests, each with these mutants, by `testName`; null: all of them. */
  readonly chosen: Readonly<Record<string, readonly number[]>> | null;
  /** A file of `Line`s, one a line. */
  readonly notes: string;
  /** Milliseconds of work above which a test is only noted, and what it reaches. */
  readonly slow: number;
}

/** What a run of test files tells. */
export type Line =
  /** The test fails with the mutant and passes before and after it; `late`: it takes twenty times as long. */
  | { readonly what: 'tries' | 'fails' | 'late'; readonly file: string; readonly test: string; readonly id: number }
  | { readonly what: 'slow'; readonly file: string; readonly test: string; readonly cost: number; readonly ids: readonly number[] }
  /** The test cannot be run twice in a row, or what a mutant left behind makes it fail: what it reaches has to be awake from the start. */
  | { readonly what: 'once'; readonly file: string; readonly ids: readonly number[] }
  /** The end of a file: what it reaches while no test runs, and its milliseconds of work. */
  | { readonly what: 'outside'; readonly file: string; readonly ids: readonly number[]; readonly cost: number };

/** What the process that runs test files is asked, and what it answers. */
export interface Question {
  readonly plan: Plan;
  readonly files: readonly string[];
  /** Failures after which the rest is not run; 0: none. */
  readonly bail: number;
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
