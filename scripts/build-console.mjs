// Builds the console for browsers to dist/web/console: the desktop page, the phone page and their assets by digest.
import fs from 'node:fs';
import path from 'node:path';

const PAGES = ['app', 'm'];

/** Writes dist/web/console anew. Rejects with Vite's words. */
export async function buildConsole(root) {
  const { build } = await import('vite');
  const { configOf } = await import('../apps/console/vite.config.mjs');
  fs.rmSync(path.join(root, 'dist/web/console'), { recursive: true, force: true });
  for (const page of PAGES) await build({ ...configOf(page), configFile: false, logLevel: 'error' });
}
