import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/**
 * `unit` needs nothing but Node; `boringssl` runs everything that signs, seals or stores once more with the primitives that Electron's Node
 * does not have taken away; `e2e` drives a real Chromium against the loopback host, one file at a time.
 */
export default defineConfig({
  plugins: [react()],
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/{shared,main,architecture,renderer}/**/*.test.{ts,tsx}'],
          environment: 'node',
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'boringssl',
          include: [
            'tests/shared/{crypto,bundle,records}/**/*.test.ts',
            'tests/main/{vault,store,exchange}/**/*.test.ts',
          ],
          environment: 'node',
          setupFiles: ['tests/support/boringssl.ts'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
