import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defineConfig } from 'vite';

/** Files that labs and prices are read from, beside the source that reads them: a browser gets them as text. */
const READ_FILES = [
  [/[\\/]libs[\\/]stages[\\/]src[\\/][^\\/]+[\\/]lab\.ts$/, "readFileSync(join(import.meta.dirname, 'guide.md'), 'utf8')", 'guide.md'],
  [/[\\/]libs[\\/]stages[\\/]src[\\/]prices\.ts$/, "readFileSync(file, 'utf8')", '../prices.json'],
];
const filesAsText = {
  name: 'files-as-text',
  enforce: 'pre',
  transform(code, id) {
    const [, reading, file] = READ_FILES.find(([source]) => source.test(id)) ?? [];
    if (reading === undefined) return null;
    const text = readFileSync(join(dirname(id), file), 'utf8');
    return {
      code: code.replace(reading, () => JSON.stringify(text)).replace("join(import.meta.dirname, '../prices.json')", "''"),
      map: null,
    };
  },
};

export default defineConfig({
  // Programs of the lab run from source; so is the console built.
  resolve: { conditions: ['@loadstair/source', 'module', 'browser', 'production'] },
  oxc: { jsx: { runtime: 'automatic' } },
  plugins: [filesAsText],
  // Scripts find each other wherever they lie: a copy without a server (./lab site) may be below any path. Its pages are rewritten.
  experimental: { renderBuiltUrl: (_file, { hostType }) => ({ relative: hostType !== 'html' }) },
  build: { outDir: 'dist/web', emptyOutDir: true, target: 'es2024', modulePreload: { polyfill: false }, reportCompressedSize: false },
});
