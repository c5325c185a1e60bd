// Builds the verifier that travels with the evidence: dist/run/verify.mjs (one file for Node, readable), the list of
// what is in it (CycloneDX), dist/web/verifier.js, the same for browsers, and dist/web/check-page.js, the program of the page
// on which readers check a report.
import fs from 'node:fs';
import path from 'node:path';

const HEADER = `// Sunward 向阳: verifies the evidence of a published report. No network, nothing to install: node verify.mjs
// Built from libs/evidence and apps/verifier. Apache-2.0; the packages in it are named in verify.sbom.json.`;

const SHARED = {
  bundle: true,
  format: 'esm',
  legalComments: 'none',
  charset: 'utf8',
  logLevel: 'silent',
  metafile: true,
};

/** Packages a bundle was made of, by the esbuild metafile. */
function packagesIn(metafile) {
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs: used }) =>
    Object.entries(used).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  const names = inputs.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  return [...new Set(names)].sort();
}

/** One package as a CycloneDX component; the hash is the one the lock file holds. */
function componentOf(root, lock, name) {
  const { version, license } = JSON.parse(
    fs.readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8'),
  );
  const [algorithm, base64] = lock.packages[`node_modules/${name}`].integrity.split('-');
  if (algorithm !== 'sha512') throw new Error(`${name} is locked by ${algorithm}`);
  const content = Buffer.from(base64, 'base64').toString('hex');
  const [group, short] = name.startsWith('@') ? name.split('/') : [undefined, name];
  return {
    type: 'library',
    ...(group === undefined ? {} : { group }),
    name: short,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    hashes: [{ alg: 'SHA-512', content }],
    licenses: [{ license: { id: license } }],
  };
}

/** The bill of materials of verify.mjs, the same for the same program. Source: CycloneDX 1.6. */
function billOfMaterials(root, metafile, program) {
  const { version, license } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const component = {
    type: 'application',
    name: 'sunward-verifier',
    version,
    hashes: [{ alg: 'SHA-256', content: program }],
    licenses: [{ license: { id: license } }],
  };
  const components = packagesIn(metafile).map((name) => componentOf(root, lock, name));
  const bill = { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata: { component }, components };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

/** Writes the builds and the list from what swc compiled. Rejects with esbuild's words. */
export async function bundleVerifier(root) {
  const { build } = await import('esbuild');
  const { createHash } = await import('node:crypto');
  const target = path.join(root, 'dist/run/verify.mjs');
  const forNode = await build({
    ...SHARED,
    absWorkingDir: root,
    entryPoints: ['dist/apps/verifier/src/main.js'],
    outfile: target,
    platform: 'node',
    target: 'node20',
    banner: { js: HEADER },
  });
  const digest = createHash('sha256').update(fs.readFileSync(target)).digest('hex');
  fs.writeFileSync(path.join(root, 'dist/run/verify.sbom.json'), billOfMaterials(root, forNode.metafile, digest));
  await build({
    ...SHARED,
    absWorkingDir: root,
    entryPoints: ['dist/apps/verifier/src/browser.js'],
    outfile: path.join(root, 'dist/web/verifier.js'),
    platform: 'browser',
    target: 'es2022',
    minify: true,
  });
  await build({
    ...SHARED,
    absWorkingDir: root,
    entryPoints: ['dist/apps/verifier/src/check-page.js'],
    outfile: path.join(root, 'dist/web/check-page.js'),
    // A classic script: it stands in the page itself, and a saved page may load no module.
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    minify: true,
  });
}
