import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{pure,kernels,golden,session,host}/**/*.test.{ts,tsx}'],
    allowOnly: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
