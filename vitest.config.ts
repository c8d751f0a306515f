import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Of the application: everything that sends, receives, trusts, withdraws or answers. */
const EXCHANGE = [
  'affected',
  'approvals',
  'erasure',
  'exchange.adversarial',
  'forked-card',
  'keys',
  'ledger-names',
  'nothing-withheld-leaves',
  'quarantine',
  'receive-at-once',
  'release-leaks',
  'release-terms',
  'streams',
  'two-agencies',
  'undo-received',
];

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
          include: ['tests/{shared,main,architecture,renderer,adversarial}/**/*.test.{ts,tsx}'],
          environment: 'node',
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'boringssl',
          include: [
            'tests/boringssl/**/*.test.ts',
            'tests/shared/{crypto,bundle,records}/**/*.test.ts',
            'tests/main/{vault,store,exchange}/**/*.test.ts',
            `tests/main/app/{${EXCHANGE.join()}}.test.ts`,
            'tests/main/hosts/cli-{third-parties,approvals}.test.ts',
            'tests/adversarial/**/*.test.ts',
          ],
          environment: 'node',
          execArgv: ['--import', fileURLToPath(new URL('tests/support/boringssl.ts', import.meta.url))],
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
          // as patient as the page's own waiting: a busy machine is no failure
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
});
