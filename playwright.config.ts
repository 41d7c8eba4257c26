import { defineConfig } from '@playwright/test';

/** The end-to-end tests start the real application themselves (tests/e2e); there is no browser project. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  // One screen, one clipboard, one loopback server: they take turns.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
});
