import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './src-main/launch/chromium.mjs';
import { findElectron } from './src-main/launch/electron-program.mjs';

export default defineConfig({
  testDir: 'test',
  outputDir: 'out/test-results',
  forbidOnly: true,
  retries: 0,
  // Each test has an app of its own, so those of one file need not wait for each other.
  fullyParallel: true,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // The desktop app's tests run under a double of Electron, and a second time in Electron itself where its program is here.
  projects: [
    { name: 'app', testMatch: 'app/**/*.test.ts' },
    { name: 'double', testMatch: 'electron/**/*.test.ts' },
    ...(findElectron() === null ? [] : [{ name: 'electron', testMatch: 'electron/**/*.test.ts', testIgnore: 'electron/packaged.test.ts' }]),
  ],
  use: {
    browserName: 'chromium',
    launchOptions: chromiumLaunch(),
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
  },
});
