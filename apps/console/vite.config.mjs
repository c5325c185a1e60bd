// The console: pages built each by itself. `npx vite apps/console --mode m` serves the phone's with reloading, before a
// gateway on its usual port.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = path.dirname(fileURLToPath(import.meta.url));

/** The phone runs on Preact: the same components, and a leader on a slow line waits for 60 kB less. Longest names first. */
const PREACT = {
  'react/jsx-runtime': 'preact/jsx-runtime',
  'react-dom/client': 'preact/compat/client',
  'react-dom': 'preact/compat',
  react: 'preact/compat',
};

/** How one page of the console is built. */
export const configOf = (page) => ({
  root: here,
  base: '/console/',
  resolve: {
    // "source" makes the libs' "#lib/*" lead to their TypeScript files.
    conditions: ['source', 'module', 'browser', 'production'],
    alias: page === 'm' ? PREACT : {},
  },
  build: {
    outDir: path.resolve(here, '../../dist/web/console'),
    emptyOutDir: false,
    target: 'es2022',
    // Every asset is a file named by its digest: the policy of the page lets nothing inline in.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { [page]: path.join(here, `${page}.html`) } },
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': 'http://localhost:3000' } },
});

export default defineConfig(({ mode }) => configOf(mode));
