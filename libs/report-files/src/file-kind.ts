import { refuse, type Refusal } from '#domain/decision';

/** What the first bytes say; `office` is a zip package, which one its parts tell. */
export type SniffedKind = 'text' | 'html' | 'office' | 'pdf';

const PDF = [0x25, 0x50, 0x44, 0x46, 0x2d];
const ZIP = [0x50, 0x4b];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const PICTURES: readonly (readonly number[])[] = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
];
/** Bytes looked at for markup. */
const HEAD = 4096;

/** Largest file by kind, in bytes. */
const LARGEST: Readonly<Record<SniffedKind, number>> = {
  text: 5 * 1024 * 1024,
  html: 5 * 1024 * 1024,
  office: 20 * 1024 * 1024,
  pdf: 20 * 1024 * 1024,
};

/**
 * Tells a file by its content, never by its name. Refuses empty_file, old_office_file (.doc, .xls and encrypted Office files are OLE), picture_file,
 * mixed_file (a PDF that is HTML as well), file_too_large (sizes).
 */
export function sniffKind(
  bytes: Uint8Array,
): SniffedKind | Refusal<'empty_file' | 'old_office_file' | 'picture_file' | 'mixed_file' | 'file_too_large'> {
  if (bytes.length === 0) return refuse('empty_file', { lines: 0 });
  if (starts(bytes, OLE)) return refuse('old_office_file');
  if (PICTURES.some((start) => starts(bytes, start))) return refuse('picture_file');
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD));
  const markup = /<(?:!doctype\s+html|html|head|body|table|div|p|section|article|h1)[\s>]/i.test(head);
  const kind = starts(bytes, PDF) ? 'pdf' : starts(bytes, ZIP) ? 'office' : markup ? 'html' : 'text';
  if (kind === 'pdf' && markup) return refuse('mixed_file', { kinds: ['pdf', 'html'] });
  if (bytes.length > LARGEST[kind])
    return refuse('file_too_large', { sizeBytes: bytes.length, limitBytes: LARGEST[kind] });
  return kind;
}

const starts = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);
