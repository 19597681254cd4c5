import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, longest first: begun last, one of them would keep one core waiting for the other. */
const LONG = [
  'host/keeping-killed',
  'session/learning',
  'session/scenario-exports',
  'host/cli-checkpoints',
  'host/cli-export-pytorch',
  'host/cli-import',
  'host/cli-bench',
  'host/cli-train',
  'session/series-scores',
  'golden/pytorch-training',
  'pure/engine-derivatives',
  'pure/import-fuzz',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = LONG.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return found === -1 ? LONG.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    include: ['test/{pure,kernels,golden,session,host}/**/*.test.{ts,tsx}'],
    allowOnly: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // No module here keeps anything that another test could see: files share what they import.
    isolate: false,
    // Read by Node itself: calls from module to module, of which the reference kernels make millions, then cost nothing.
    server: { deps: { external: [/\/src-(engine|main)\/.*\.(ts|mjs)$/u, /\/test\/.*(?<!\.test)\.ts$/u] } },
    sequence: { sequencer: LongestFirst },
  },
});
