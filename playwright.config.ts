import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './src-main/launch/chromium.mjs';

export default defineConfig({
  testDir: 'test',
  testMatch: ['app/**/*.test.ts', 'electron/**/*.test.ts'],
  outputDir: 'out/test-results',
  forbidOnly: true,
  retries: 0,
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  use: {
    browserName: 'chromium',
    launchOptions: chromiumLaunch(),
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
  },
});
