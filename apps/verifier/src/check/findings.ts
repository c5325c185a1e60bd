import { type Instant, instant } from '#domain/instant';
import { isRefusal } from '#domain/decision';
import { fromBase64 } from '#evidence/base64';
import type { Bundle } from '#evidence/bundle';
import { canonicalBytes, parseCanonical } from '#evidence/canonical';
import { defectSentence, type Message } from '#evidence/defect-sentences';
import type { NamedFiles } from '#evidence/files-manifest';
import { provenTrust } from '#evidence/key-changes';
import { portableCrypto } from '#evidence/portable-crypto';
import type { Trust } from '#evidence/trust';
import type { BundleSummary } from '#evidence/verify-bundle';
import { verifyFiles } from '#evidence/verify-files';
import { printCell } from '#report/cell-text';
import { parseEdition } from '#report/edition';
import { cellName, cellsOf, formatById } from '#report/format';
import type { AnnualReport } from '#report/model';

/** One figure that was signed. `text`: as the form prints it. */
export interface SignedFigure {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** What the files prove, or the first thing that stops the proof. `fingerprint`: of the anchors it was checked against. */
export type Finding =
  | {
      readonly isProved: true;
      readonly title: string;
      readonly organName: string;
      readonly summary: BundleSummary;
      readonly figures: readonly SignedFigure[];
      readonly fingerprint: string;
    }
  | { readonly isProved: false; readonly why: Message; readonly code: string; readonly where: string };

/**
 * Judges what a reader chose or what stands at an address, with no further request. `anchors`: the trust file's JSON. Files
 * beside `evidence.json` are checked when they are there; what is missing is not held against it.
 */
export function findingOf(files: NamedFiles, anchors: unknown, now: Instant = instant(new Date())): Finding {
  const {
    'evidence.json': evidence,
    'report.json': report,
    'receipt.json': receipt,
    'inclusion.json': inclusion,
  } = files;
  if (evidence === undefined)
    return refused('evidence_missing', { zh: '没有证据包 evidence.json', en: 'there is no evidence.json' }, '');
  const trust = readTrust(anchors);
  if (trust === undefined)
    return refused('trust_unusable', { zh: '信任文件不能用', en: 'the trust file cannot be used' }, 'trust.json');
  const beside = {
    ...(report === undefined ? {} : { report }),
    ...(receipt === undefined ? {} : { receipt }),
    ...(inclusion === undefined ? {} : { inclusion }),
  };
  const verdict = verifyFiles({ evidence, ...beside }, trust, portableCrypto, now);
  if (!verdict.ok) return refused(verdict.defect.code, defectSentence(verdict.defect.code), verdict.defect.where);
  const edition = parseEdition(contentOf(evidence));
  if (isRefusal(edition)) return refused(edition.refused, defectSentence('invalid_edition'), 'content');
  return {
    isProved: true,
    title: verdict.title,
    organName: edition.organ.name,
    summary: verdict.summary,
    figures: figuresOf(edition.report),
    fingerprint: portableCrypto.sha256(canonicalBytes(trust)),
  };
}

function refused(code: string, why: Message, where: string): Finding {
  return { isProved: false, code, why, where };
}

function readTrust(anchors: unknown): Trust | undefined {
  try {
    return provenTrust(anchors, portableCrypto);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}

function contentOf(evidence: Uint8Array): Uint8Array {
  const bytes = fromBase64((parseCanonical(evidence) as Bundle).content);
  if (bytes === undefined) throw new Error('a verified bundle has readable content');
  return bytes;
}

/** Every figure of the report in the order of the form; of a format not known here, every cell by its id. */
function figuresOf(report: AnnualReport): readonly SignedFigure[] {
  const format = formatById(report.format);
  if (format === null)
    return Object.values(report.tables)
      .flatMap((table) => Object.entries(table))
      .map(([id, cell]) => ({ id, name: id, text: cell.original }));
  return format.tables.flatMap(cellsOf).flatMap((place) => {
    const cell = report.tables[place.table.id]?.[place.id];
    return cell === undefined
      ? []
      : [{ id: place.id, name: cellName(place), text: printCell(place.column.kind, cell) }];
  });
}

/** A figure that a page shows otherwise than it was signed; null: it is not there. */
export interface ShownDifference {
  readonly id: string;
  readonly name: string;
  readonly signed: string | null;
  readonly shown: string | null;
}

const plain = (text: string): string => text.replace(/[\t\n\f\r ]+/g, ' ').trim();

/** Compares the figures a page shows with the signed ones: every difference, also what is missing and what was never signed. */
export function differencesOf(
  figures: readonly SignedFigure[],
  shown: readonly { readonly id: string; readonly text: string }[],
): readonly ShownDifference[] {
  const onPage = new Map(shown.map(({ id, text }) => [id, plain(text)]));
  const signed = new Set(figures.map(({ id }) => id));
  const unlike = figures.flatMap(({ id, name, text }) => {
    const seen = onPage.get(id) ?? null;
    return seen === plain(text) ? [] : [{ id, name, signed: text, shown: seen }];
  });
  const unsigned = [...onPage].filter(([id]) => !signed.has(id));
  return [...unlike, ...unsigned.map(([id, text]) => ({ id, name: id, signed: null, shown: text }))];
}
