import { savedAs } from '../domain/public-address.js';
import type { PageFile } from '../publish/page-manifest.js';
import type { EditionPage } from './proven-pages.js';

/** Media types by ending. Source: IANA; RFC 4180 for CSV. */
const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** A file made of the signed bytes as it is sent: to be saved, under a name that says organ, year and edition. */
export function derivedBody(
  { name, bytes }: PageFile,
  { proven }: EditionPage,
): { readonly bytes: Uint8Array; readonly type: string; readonly savedAs: string } {
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  return { bytes, type, savedAs: savedAs(proven.edition, name) };
}
