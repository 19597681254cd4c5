import { problem, ProblemError } from '../../../src-engine/document/problems.ts';
import type { Command } from '../command.ts';

export const bench: Command = {
  name: 'bench',
  usage: '[--peers] [--quick]',
  summary: 'measures the engine, and PyTorch and TensorFlow.js beside it',
  options: {
    peers: { type: 'flag', help: 'install TensorFlow.js for the benchmark, apart from the app, and measure it too' },
    quick: { type: 'flag', help: 'the small shapes and short times: a look, not a measurement' },
  },
  words: [0, 0],
  run: async (args, context) => {
    const flags = ['peers', 'quick', 'json'].filter((name) => args.flag(name)).map((name) => `--${name}`);
    const code = await context.benchmark(flags);
    if (code === null) {
      throw new ProblemError([problem('U050', 'The benchmark is not part of an installed Unroll.', 'Run it in a checkout: npm run bench.')]);
    }
    return code === 0 ? 0 : 2;
  },
};
