import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** The pages of the console: the desktop's and the phone's. */
export type ConsolePage = 'app' | 'm';

/** One file as it is sent. `encodings` are made when first asked for, and kept: the files never change while this runs. */
export interface ConsoleFile {
  readonly type: string;
  readonly bytes: Buffer;
  encoded(encoding: 'br' | 'gzip'): Buffer;
}

/** What the build of the console makes, and nothing else. */
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The built console, read once: pages by name, assets by the file name that carries their digest. */
export class ConsoleFiles {
  readonly #assets: ReadonlyMap<string, ConsoleFile>;
  readonly #pages: ReadonlyMap<string, ConsoleFile>;

  constructor(folder: string) {
    this.#pages = filesIn(folder, '.html');
    this.#assets = filesIn(join(folder, 'assets'));
  }

  page(name: ConsolePage): ConsoleFile | undefined {
    return this.#pages.get(`${name}.html`);
  }

  asset(name: string): ConsoleFile | undefined {
    return this.#assets.get(name);
  }
}

function filesIn(folder: string, only?: string): Map<string, ConsoleFile> {
  const files = new Map<string, ConsoleFile>();
  for (const name of readdirSync(folder)) {
    const type = TYPES[extname(name)];
    if (type === undefined || (only !== undefined && extname(name) !== only)) continue;
    files.set(name, consoleFile(type, readFileSync(join(folder, name))));
  }
  return files;
}

function consoleFile(type: string, bytes: Buffer): ConsoleFile {
  const made = new Map<string, Buffer>();
  const encoded = (encoding: 'br' | 'gzip'): Buffer => {
    const known = made.get(encoding);
    if (known !== undefined) return known;
    const fresh = encoding === 'br' ? brotliCompressSync(bytes) : gzipSync(bytes, { level: 9 });
    made.set(encoding, fresh);
    return fresh;
  };
  return { type, bytes, encoded };
}

let kept: ConsoleFiles | undefined;

/** The console the build left beside this program. Throws when it was not built: run `npm run build`. */
export function builtConsole(): ConsoleFiles {
  const folder = import.meta.url.endsWith('.ts') ? '../../../../dist/web/console/' : '../web/console/';
  kept ??= new ConsoleFiles(fileURLToPath(new URL(folder, import.meta.url)));
  return kept;
}
