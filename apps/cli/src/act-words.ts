import type { CaseKind } from '#domain/case-kind';
import { isRefusal } from '#domain/decision';
import { fromBase64 } from '#evidence/base64';
import { readBundle } from '#evidence/bundle';
import { isDefect } from '#evidence/defect';
import { readWithheld } from '#evidence/withheld-bundle';
import { parseNotice, type PublicNotice } from '#report/notice/public-notice';
import type { Message } from '#report/place';

/** What each kind of case asks for, in words. */
export const ACT_WORDS: Readonly<Record<CaseKind, Message>> = {
  publish: { zh: '公开首版', en: 'publication of a first edition' },
  correct: { zh: '更正：以新版取代已公开的版本', en: 'correction: a new edition in place of the public one' },
  withdraw: { zh: '撤回已公开的版本', en: 'withdrawal of the public edition' },
  emergency: { zh: '应急公开：由指名的人员先行签发', en: 'emergency publication, signed by named persons' },
  ratify: { zh: '追认应急公开', en: 'ratification of an emergency publication' },
};

/** The notice in verified evidence, with or without its content; null when there is none. */
export function noticeIn(evidence: Uint8Array): PublicNotice | null {
  const bundle = readBundle(evidence);
  const found = isDefect(bundle) ? readWithheld(evidence) : bundle;
  const bytes = isDefect(found) || found.notice == null ? undefined : fromBase64(found.notice);
  const notice = bytes === undefined ? null : parseNotice(bytes);
  return isRefusal(notice) ? null : notice;
}

/** What the public is told of an act, a line for each change. */
export function noticeLines({ reason, replaces, kind, changes }: PublicNotice): Message[] {
  const replaced: Message[] =
    replaces === null || kind === 'withdraw'
      ? []
      : [{ zh: `  取代版本  第 ${replaces} 版`, en: `  replaces  edition ${replaces}` }];
  const lines = [...(changes?.cells ?? []), ...(changes?.texts ?? [])].map(({ name, before, after }): Message => {
    const line = `    ${name}：${before ?? '—'} → ${after ?? '—'}`;
    return { zh: line, en: line };
  });
  return [{ zh: `  公开理由  ${reason}`, en: `  public reason  ${reason}` }, ...replaced, ...lines];
}
