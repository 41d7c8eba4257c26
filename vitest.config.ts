import { defineConfig } from 'vitest/config';
import { compileCache } from './scripts/lib/repository.ts';

export default defineConfig({
  test: {
    include: ['tests/{unit,contract,data,sync,interop,security,crash}/**/*.test.{ts,tsx}'],
    setupFiles: ['tests/support/seed-properties.ts'],
    env: { NODE_COMPILE_CACHE: compileCache },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: more workers only make the server and child-process tests fight each other.
    maxWorkers: 2,
  },
});
