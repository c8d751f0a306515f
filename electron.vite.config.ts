import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { NONCE_PLACEHOLDER } from './src-shared/contract/page-policy.ts';

/**
 * Builds into out/: the Electron host with the vault process beside it, the preload (CommonJS: a sandboxed preload cannot be a module),
 * and the page that every host serves. Packages go into the bundles, except those with a native part, which are found where npm put them.
 */
export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      rollupOptions: {
        external: ['electron', 'better-sqlite3', '@node-rs/argon2'],
        input: { main: 'src-main/hosts/electron/main.ts', 'vault-process': 'src-main/app/vault-process.ts' },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: 'src-main/hosts/electron/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [react()],
    html: { cspNonce: NONCE_PLACEHOLDER },
    worker: { format: 'es' },
    build: {
      rollupOptions: { input: { index: 'src-renderer/index.html' } },
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: 'chrome138',
      chunkSizeWarningLimit: 4_000,
    },
  },
});
