import canonicalize from 'canonicalize';
import { invariant, refuse, type Refusal } from '#domain/decision';
import { isDigest } from '#domain/identifiers';
import type { FormatId } from './format-definition.js';
import type { AnnualReport } from './model.js';
import { checkReportShape } from './parse-annual-report.js';
import { decodeStrictly } from './strict-decoding.js';
import { checkInteger, checkText, isObject, itemsOf, shapeOf, type Report, type ShapeProblem } from './strict-shape.js';

/** A file published beside the report; `digest` is its SHA-256. */
export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly digest: string;
}

/**
 * What submitting freezes and every signature speaks about. `document`: UUID of the report through all its editions; `edition`: 1, 2, …;
 * `organ.level`: lower-case word such as `county`.
 */
export interface EditionDocument {
  readonly schema: 'sunward.edition/1';
  readonly document: string;
  readonly edition: number;
  readonly kind: 'annual-report';
  readonly organ: { readonly code: string; readonly name: string; readonly level: string };
  readonly year: number;
  readonly format: FormatId;
  readonly report: AnnualReport;
  readonly attachments: readonly Attachment[];
}

// Largest edition, in bytes; the text of a long report is under 200 kB.
const MAX_EDITION_BYTES = 5 * 1024 * 1024;

const FIELDS = ['schema', 'document', 'edition', 'kind', 'organ', 'year', 'format', 'report', 'attachments'];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MEDIA_TYPE = /^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,100}$/;
const MAX_ATTACHMENT_BYTES = 1024 * 1024 * 1024;
const REPORTED_PROBLEMS = 20;

/**
 * The exact bytes of an edition: RFC 8785 canonical JSON in UTF-8. These bytes are stored and signed, never written a second time.
 * Throws when the document is not a valid edition: the caller checked its parts, so that is a defect.
 */
export function editionBytes(document: EditionDocument): Uint8Array {
  const problems: ShapeProblem[] = [];
  invariant(
    isEdition(document, problems),
    `an edition is valid before it is frozen: ${problems[0]?.path} must be ${problems[0]?.expected}`,
  );
  return canonicalBytes(document);
}

/**
 * Reads stored or downloaded bytes. Only the canonical bytes of a valid edition are accepted, so two documents never share a digest
 * and doubled keys cannot hide anything. Refuses `edition_too_large`, `edition_not_json`, `invalid_edition` (problems), `edition_not_canonical` (offset).
 */
export function parseEdition(
  bytes: Uint8Array,
): EditionDocument | Refusal<'edition_too_large' | 'edition_not_json' | 'invalid_edition' | 'edition_not_canonical'> {
  if (bytes.length > MAX_EDITION_BYTES)
    return refuse('edition_too_large', { sizeBytes: bytes.length, limitBytes: MAX_EDITION_BYTES });
  const parsed = parseJson(bytes);
  if (parsed === NOT_JSON) return refuse('edition_not_json', { sizeBytes: bytes.length });
  const problems: ShapeProblem[] = [];
  if (!isEdition(parsed, problems)) {
    return refuse('invalid_edition', { problems: problems.slice(0, REPORTED_PROBLEMS), found: problems.length });
  }
  const canonical = canonicalBytes(parsed);
  const differs = bytes.findIndex((byte, index) => byte !== canonical[index]);
  if (differs >= 0 || bytes.length !== canonical.length) {
    return refuse('edition_not_canonical', {
      offset: differs >= 0 ? differs : Math.min(bytes.length, canonical.length),
    });
  }
  return parsed;
}

const NOT_JSON = Symbol('not JSON');

function parseJson(bytes: Uint8Array): unknown {
  const text = decodeStrictly(bytes, 'utf-8', { keepMark: true });
  if (text === null) return NOT_JSON;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return NOT_JSON;
    throw error;
  }
}

function canonicalBytes(value: unknown): Uint8Array {
  const text = canonicalize(value);
  invariant(text !== undefined, 'an edition has a canonical form');
  return new TextEncoder().encode(text);
}

function isEdition(value: unknown, problems: ShapeProblem[]): value is EditionDocument {
  checkEdition(value, (path, expected) => problems.push({ path, expected }));
  return problems.length === 0;
}

function checkEdition(value: unknown, report: Report): void {
  const body = shapeOf(value, 'edition', { required: FIELDS }, report);
  if (body === null) return;
  if (body['schema'] !== 'sunward.edition/1') report('edition.schema', 'sunward.edition/1');
  if (body['kind'] !== 'annual-report') report('edition.kind', 'annual-report');
  checkText(body['document'], 'edition.document', { maxLength: 36, pattern: UUID, named: 'a lower-case UUID' }, report);
  checkInteger(body['edition'], 'edition.edition', 1, 1_000_000, report);
  checkOrgan(body['organ'], report);
  checkReportShape(body['report'], 'edition.report', report);
  for (const field of ['year', 'format'] as const) {
    const inside = isObject(body['report']) ? body['report'][field] : undefined;
    if (body[field] !== inside) report(`edition.${field}`, `the same as report.${field}`);
  }
  itemsOf(body['attachments'], 'edition.attachments', 50, report).forEach((item, index) =>
    checkAttachment(item, `edition.attachments.${index}`, report),
  );
}

function checkOrgan(value: unknown, report: Report): void {
  const organ = shapeOf(value, 'edition.organ', { required: ['code', 'name', 'level'] }, report);
  if (organ === null) return;
  checkText(organ['code'], 'edition.organ.code', { maxLength: 64, pattern: /^[A-Za-z0-9][A-Za-z0-9_-]*$/ }, report);
  checkText(organ['name'], 'edition.organ.name', { minLength: 1, maxLength: 200 }, report);
  checkText(organ['level'], 'edition.organ.level', { maxLength: 40, pattern: /^[a-z][a-z-]*$/ }, report);
}

function checkAttachment(value: unknown, path: string, report: Report): void {
  const file = shapeOf(value, path, { required: ['name', 'mediaType', 'sizeBytes', 'digest'] }, report);
  if (file === null) return;
  checkText(
    file['name'],
    `${path}.name`,
    { minLength: 1, maxLength: 200, pattern: /^[^/\\]+$/, named: 'a file name' },
    report,
  );
  checkText(file['mediaType'], `${path}.mediaType`, { maxLength: 200, pattern: MEDIA_TYPE }, report);
  checkInteger(file['sizeBytes'], `${path}.sizeBytes`, 0, MAX_ATTACHMENT_BYTES, report);
  const digest = file['digest'];
  if (typeof digest !== 'string' || !isDigest(digest))
    report(`${path}.digest`, 'a SHA-256 digest, 64 lower-case hexadecimal digits');
}
