import { defineConfig } from 'vite';

export default defineConfig({
  // Programs of the lab run from source; so is the console built.
  resolve: { conditions: ['@loadstair/source', 'module', 'browser', 'production'] },
  oxc: { jsx: { runtime: 'automatic' } },
  build: { outDir: 'dist/web', emptyOutDir: true, target: 'es2024', modulePreload: { polyfill: false }, reportCompressedSize: false },
});
