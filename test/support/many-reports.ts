import { readFileSync } from 'node:fs';
import { isRefusal } from '#domain/decision';
import { canonicalBytes } from '#evidence/canonical';
import { nodeCrypto } from '#evidence/node-crypto';
import { editionBytes } from '#report/edition';
import type { AnnualReport } from '#report/model';
import { readPlainText } from '#report/readers/plain-text';
import { buildBundle, type Changes, id } from './bundle-builder.js';
import type { PublicationWorld } from './publication-world.js';

const ORGAN = 'xiangyang';
const reading = readPlainText(readFileSync('samples/xiangyang-2020.txt', 'utf8'));
if (isRefusal(reading)) throw new Error(reading.refused);
const sample: AnnualReport = reading.report;

/** How many reports the test of readers publishes while they read. */
export const YEARS_PUBLISHED = Number(process.env['PUBLICATIONS'] ?? 10);

/** A report of one year, signed by everybody of the story and released. */
export interface YearReport {
  readonly year: number;
  readonly content: Uint8Array;
  readonly evidence: Uint8Array;
  readonly released: Readonly<Record<string, unknown>>;
  readonly submitted: Readonly<Record<string, unknown>>;
}

/** The frozen sample as the report of another year. `change`: what else is to be different in it. */
function contentOf(year: number, change: (report: AnnualReport) => AnnualReport): Uint8Array {
  return editionBytes({
    schema: 'sunward.edition/1',
    document: id(5_000_000 + year),
    edition: 1,
    kind: 'annual-report',
    organ: { code: ORGAN, name: '向阳区人民政府', level: 'county' },
    year,
    format: sample.format,
    report: change({ ...sample, year }),
    attachments: [],
  });
}

/** Seals the report of a year: a document and a case of its own, the same route, directory and signers. */
export async function sealYear(
  world: PublicationWorld,
  year: number,
  change: (report: AnnualReport) => AnnualReport = (report) => report,
): Promise<YearReport> {
  const content = contentOf(year, change);
  const of = { case: id(6_000_000 + year), document: id(5_000_000 + year) };
  const changes: Changes = {
    content,
    submission: (submission) => ({ ...submission, ...of, year }),
    decision: (decision) => ({ ...decision, ...of }),
    caller: (caller) => ({ ...caller, path: caller.path.replace(id(2), of.case) }),
    dossier: (dossier) => ({ ...dossier, ...of }),
    seal: (seal) => ({ ...seal, ...of, year }),
  };
  const { bundle, bytes: evidence } = buildBundle(changes);
  const directory = await world.put(canonicalBytes(bundle.directory));
  await world.put(Buffer.from(bundle.route.payload, 'base64'));
  await world.hear('gateway.directory-published', { version: 1, directory });
  const round = { ...of, round: 1, edition: 1, content: nodeCrypto.sha256(content) };
  const submitted = { ...round, organ: ORGAN, year, kind: 'publish' };
  return { year, content, evidence, submitted, released: { ...round, bundle: await world.put(evidence) } };
}

/** Everything the release of a year's report makes publication hear. */
export async function releaseYear(world: PublicationWorld, { submitted, released }: YearReport): Promise<void> {
  await world.hear('drafting.edition-submitted', submitted);
  await world.hear('approval.granted', released);
  await world.hear('approval.released', released);
}
