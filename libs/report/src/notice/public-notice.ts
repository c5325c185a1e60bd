import canonicalize from 'canonicalize';
import { invariant, refuse, type Refusal } from '#domain/decision';
import { decodeStrictly } from '../strict-decoding.js';
import {
  checkInteger,
  checkOneOf,
  checkText,
  itemsOf,
  type Report,
  shapeOf,
  type ShapeProblem,
} from '../strict-shape.js';
import type { ReportChanges } from './report-changes.js';

/** The acts about which the public is told in words. */
export const NOTICE_KINDS = ['correct', 'withdraw', 'emergency'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Longest public reason, in characters: it is printed on the page. */
export const MAX_REASON = 500;

/**
 * What the public is told of a correction, a withdrawal or an emergency publication, signed with it. `edition`: the new one, or
 * the one that is withdrawn; `replaces`: the public edition that makes way, null when none does. `changes` say in what the new
 * edition differs from that.
 */
export interface PublicNotice {
  readonly schema: 'sunward.notice/1';
  readonly kind: NoticeKind;
  readonly document: string;
  readonly edition: number;
  readonly replaces: number | null;
  readonly reason: string;
  readonly changes: ReportChanges | null;
}

const MAX_NOTICE_BYTES = 10 * 1024 * 1024;
const MAX_CHANGES = 20_000;
const MAX_TEXT = 1_000_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The exact bytes of a notice: RFC 8785 canonical JSON. Throws for one that could not be read back: its parts were checked before. */
export function noticeBytes(notice: PublicNotice): Uint8Array {
  const [problem] = problemsOf(notice);
  invariant(
    problem === undefined,
    `a notice is valid before it is frozen: ${problem?.path} must be ${problem?.expected}`,
  );
  return new TextEncoder().encode(canonicalize(notice));
}

/** Reads the bytes of a notice; only canonical ones. Refuses invalid_notice (problem). */
export function parseNotice(bytes: Uint8Array): PublicNotice | Refusal<'invalid_notice'> {
  const text = bytes.length > MAX_NOTICE_BYTES ? null : decodeStrictly(bytes, 'utf-8', { keepMark: true });
  if (text === null) return refuse('invalid_notice', { problem: 'not UTF-8, or too large' });
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse('invalid_notice', { problem: 'not JSON' });
  }
  const [problem] = problemsOf(value);
  if (problem !== undefined) return refuse('invalid_notice', { problem: `${problem.path}: ${problem.expected}` });
  return canonicalize(value) === text
    ? (value as PublicNotice)
    : refuse('invalid_notice', { problem: 'not in canonical form' });
}

function problemsOf(value: unknown): readonly ShapeProblem[] {
  const problems: ShapeProblem[] = [];
  checkNotice(value, (path, expected) => problems.push({ path, expected }));
  return problems;
}

const FIELDS = ['schema', 'kind', 'document', 'edition', 'replaces', 'reason', 'changes'];

function checkNotice(value: unknown, report: Report): void {
  const body = shapeOf(value, 'notice', { required: FIELDS }, report);
  if (body === null) return;
  checkOneOf(body['schema'], 'notice.schema', ['sunward.notice/1'], report);
  checkOneOf(body['kind'], 'notice.kind', NOTICE_KINDS, report);
  checkText(body['document'], 'notice.document', { maxLength: 36, pattern: UUID, named: 'a lower-case UUID' }, report);
  checkInteger(body['edition'], 'notice.edition', 1, 1_000_000, report);
  checkText(body['reason'], 'notice.reason', { maxLength: MAX_REASON, pattern: /\S/, named: 'a reason' }, report);
  checkReplaced(body, report);
  if (body['changes'] !== null) checkChanges(body['changes'], report);
}

/** A withdrawal takes back its own edition, a correction replaces a lower one; only an emergency may be the first. */
function checkReplaced({ kind, edition, replaces, changes }: Record<string, unknown>, report: Report): void {
  if (kind === 'withdraw') {
    if (replaces !== edition) report('notice.replaces', 'the edition that is withdrawn');
    if (changes !== null) report('notice.changes', 'null: a withdrawal changes no text');
    return;
  }
  if (replaces === null) {
    if (kind === 'correct') report('notice.replaces', 'the edition that is corrected');
    if (changes !== null) report('notice.changes', 'null when nothing is replaced');
    return;
  }
  if (changes === null) report('notice.changes', 'what differs from the edition replaced');
  checkInteger(replaces, 'notice.replaces', 1, Math.max(1, Number(edition) - 1), report);
}

function checkChanges(value: unknown, report: Report): void {
  const changes = shapeOf(value, 'notice.changes', { required: ['cells', 'texts'] }, report);
  if (changes === null) return;
  for (const [list, key] of [
    ['cells', 'cell'],
    ['texts', 'place'],
  ] as const)
    itemsOf(changes[list], `notice.changes.${list}`, MAX_CHANGES, report).forEach((item, index) => {
      const path = `notice.changes.${list}.${index}`;
      const change = shapeOf(item, path, { required: [key, 'name', 'before', 'after'] }, report);
      if (change === null) return;
      checkText(change[key], `${path}.${key}`, { maxLength: 200, minLength: 1 }, report);
      checkText(change['name'], `${path}.name`, { maxLength: 500, minLength: 1 }, report);
      for (const side of ['before', 'after'])
        if (change[side] !== null) checkText(change[side], `${path}.${side}`, { maxLength: MAX_TEXT }, report);
    });
}
