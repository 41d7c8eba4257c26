import { defineConfig } from '@playwright/test';

/** The end-to-end tests start the real application themselves (tests/e2e); there is no browser project. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  // Files side by side, each worker with its own display and exchange; the tests of one file take turns.
  workers: 2,
  fullyParallel: false,
  // A machine of the continuous integration stalls for seconds now and then: what failed is tried once more there, and
  // named as flaky where that helped. At the desk a test that fails has failed.
  retries: process.env.CI === 'true' ? 1 : 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
});
