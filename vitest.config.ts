import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/{unit,contract,data,sync,interop,security,crash}/**/*.test.{ts,tsx}'],
    setupFiles: ['tests/support/seed-properties.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: more workers only make the server and child-process tests fight each other.
    maxWorkers: 2,
  },
});
