import type { NoticeKind } from '#contracts/http/notices.api';
import type { CaseKind } from '#domain/case-kind';
import { isRefusal } from '#domain/decision';
import type { Instant } from '#domain/instant';
import { publishingDate, type Uncovered, type WorkCalendar, workdaysBetween } from '#domain/work-calendar';
import { type CivilDay, dayAt } from '#domain/work-day';
import { lastDayBefore } from './seat-notices.js';

export type Language = 'zh' | 'en';

/** What a sentence is made of, with the names that only the gateway knows. */
export interface NoticeWords {
  readonly kind: NoticeKind;
  readonly organName: string | null;
  readonly year: number | null;
  /** What the case asks for; null where the notice is about no case. */
  readonly caseKind: CaseKind | null;
  /** The seat's stage as people call it, in each language; null when the notice is about no stage. */
  readonly stage: { readonly zh: string; readonly en: string } | null;
  readonly byName: string | null;
  readonly dueAt: Instant | null;
  /** False: about the statutory date of the whole report. */
  readonly aboutSeat: boolean;
}

/** The time at which a sentence is read, and the days worked. */
export interface TextClock {
  readonly now: Instant;
  readonly calendar: WorkCalendar;
}

/** Working days left until a due time: 0 on its last day, negative afterwards; null where a year's holidays are not known. */
export function workdaysLeft(dueAt: Instant, { now, calendar }: TextClock): number | null {
  const last = lastDayBefore(dueAt);
  const days = workdaysBetween(calendar, dayAt(now), last);
  return isRefusal(days) ? null : days;
}

/** One sentence: who or what, what is to be done, by when with weekday and working days left. */
export function noticeText(words: NoticeWords, language: Language, clock: TextClock): string {
  const due = words.dueAt === null ? '' : dueText(words.dueAt, language, clock);
  const say = language === 'zh' ? ZH : EN;
  const sentence = say[words.kind](words, report(words, language));
  const parted = language === 'zh' ? `${sentence}，${due}。` : `${sentence}, ${due}.`;
  return due === '' ? `${sentence}${language === 'zh' ? '。' : '.'}` : parted;
}

/** What a case asks for, where that is not the first publication. */
const CASE_KINDS: Readonly<Record<CaseKind, { readonly zh: string; readonly en: string }>> = {
  publish: { zh: '', en: '' },
  correct: { zh: '（更正）', en: ' (correction)' },
  withdraw: { zh: '（撤回公开）', en: ' (withdrawal)' },
  emergency: { zh: '（应急公开）', en: ' (emergency)' },
  ratify: { zh: '（追认）', en: ' (ratification)' },
};

function report({ organName, year, caseKind }: NoticeWords, language: Language): string {
  const kind = CASE_KINDS[caseKind ?? 'publish'][language];
  const [organ, of] = [organName ?? '', year ?? ''];
  return language === 'zh' ? `${organ}${of}年度报告${kind}` : `the ${of} report of ${organ}${kind}`;
}

type Sentences = Readonly<Record<NoticeKind, (words: NoticeWords, report: string) => string>>;

const stageZh = ({ stage }: NoticeWords): string => stage?.zh ?? '签批';
const stageEn = ({ stage }: NoticeWords): string => stage?.en ?? 'sign-off';
const byZh = ({ byName }: NoticeWords, otherwise: string): string => byName ?? otherwise;
const byEn = ({ byName }: NoticeWords, otherwise: string): string => byName ?? otherwise;

const ZH: Sentences = {
  turn: (words, about) => `【轮到您】${about}：${stageZh(words)}，等您签批`,
  returned: (words, about) =>
    words.aboutSeat
      ? `【退回给您】${about}：后一环节退回到${stageZh(words)}，看过退回理由后重新签批`
      : `【退回给您】${about}已退回起草人，按退回理由修改后重新提交`,
  withdrawn: (_words, about) => `【已撤回】${about}已由提交人撤回，不用再签批；重新提交后另行通知`,
  recalled: (_words, about) => `【已收回】${about}签发后已收回，没有公开；重新提交后另行通知`,
  cancelled: (_words, about) => `【已作废】${about}的这次送审已作废，不用再办`,
  'due-soon': (words, about) =>
    words.aboutSeat ? `【快到期】${about}：${stageZh(words)}还没有签批` : `【快到期】${about}还没有公开，法定期限将到`,
  overdue: (words, about) =>
    words.aboutSeat ? `【已超期】${about}：${stageZh(words)}还没有签批` : `【已超期】${about}还没有公开，法定期限已过`,
  urged: (words, about) => `【催办】${about}：${stageZh(words)}还没有签批，${byZh(words, '提交人')}催办`,
  consulted: (words, about) => `【征求意见】${about}：${byZh(words, '签批人')}向您征求意见，只提意见，不用签批`,
  answered: (words, about) => `【意见已回】${about}：${byZh(words, '被征求人')}已提意见`,
  copied: (words, about) => `【抄送】${about}：${byZh(words, '经办人')}抄送给您，供阅知，不用办理`,
  blocked: (words, about) => `【无人可签】${about}：${stageZh(words)}没有可以签批的人，由管理员指定任职人员后才能继续`,
  held: (_words, about) =>
    `【暂缓公开】${about}签批已齐，核验没有通过，没有公开，已退回起草人；看过原因后重新提交或作废`,
  live: (_words, about) => `【已公开】${about}已公开，网上内容已核对一致`,
  'taken-down': (_words, about) => `【已撤下】${about}已撤回公开，原地址只显示撤回说明`,
  ratification: (_words, about) => `【待追认】${about}已应急公开，须补办审签追认`,
  'directory-change': (words) => `【待您确认】${byZh(words, '另一名管理员')}提出一项目录变更，须您确认后生效`,
  'passkey-registered': () =>
    '【通行密钥】您的名下登记了一把通行密钥，可以用来签批。不是您本人登记的，立即到“我的”注销它并更换密码，再告诉管理员',
  'passkey-revoked': ({ byName }) =>
    byName === null
      ? '【通行密钥】您的一把通行密钥已注销。不是您本人注销的，立即更换密码，再告诉管理员'
      : `【通行密钥】管理员${byName}注销了您的一把通行密钥，理由见“我的”。有疑问请与其联系`,
};

const EN: Sentences = {
  turn: (words, about) => `Your turn: ${stageEn(words)} of ${about} waits for your signature`,
  returned: (words, about) =>
    words.aboutSeat
      ? `Returned to you: a later stage sent ${about} back to ${stageEn(words)}; read the reason, then sign again`
      : `Returned to you: ${about} went back to its drafter; mend what the reason names and submit it again`,
  withdrawn: (_words, about) =>
    `Withdrawn: the submitter took ${about} back; nothing to sign until it is submitted again`,
  recalled: (_words, about) => `Recalled: ${about} was approved and taken back before it was public`,
  cancelled: (_words, about) => `Cancelled: this sign-off of ${about} is over; nothing is left to do`,
  'due-soon': (words, about) =>
    words.aboutSeat
      ? `Due soon: ${stageEn(words)} of ${about} is not signed`
      : `Due soon: ${about} is not public and its statutory date is near`,
  overdue: (words, about) =>
    words.aboutSeat
      ? `Overdue: ${stageEn(words)} of ${about} is not signed`
      : `Overdue: ${about} is not public and its statutory date has passed`,
  urged: (words, about) =>
    `Reminder: ${byEn(words, 'the submitter')} asks you to attend to ${stageEn(words)} of ${about}, which is not signed`,
  consulted: (words, about) =>
    `Your opinion: ${byEn(words, 'a signer')} asks what you think of ${about}; an opinion only, no signature`,
  answered: (words, about) => `Opinion given: ${byEn(words, 'whoever was asked')} answered about ${about}`,
  copied: (words, about) =>
    `For your information: ${byEn(words, 'a colleague')} sent you a copy of ${about}; nothing to do`,
  blocked: (words, about) =>
    `Nobody can sign: ${stageEn(words)} of ${about} has nobody left; it goes on when an administrator gives somebody the office`,
  held: (_words, about) =>
    `Held: ${about} is fully signed, did not verify and is not public; its drafter reads why, then submits it again or cancels it`,
  live: (_words, about) => `Public: ${about} is live, read back and the same as what was signed`,
  'taken-down': (_words, about) => `Taken down: ${about} is public no more; its address says so`,
  ratification: (_words, about) =>
    `To be ratified: ${about} went public in an emergency and needs its sign-off afterwards`,
  'directory-change': (words) =>
    `Your confirmation: ${byEn(words, 'the other administrator')} proposed a change of the directory; it takes effect when you confirm it`,
  'passkey-registered': () =>
    'Passkey: one was registered in your name and can sign. If it was not you, revoke it under Mine and change your password at once, then tell an administrator',
  'passkey-revoked': ({ byName }) =>
    byName === null
      ? 'Passkey: one of yours was revoked. If it was not you, change your password at once, then tell an administrator'
      : `Passkey: the administrator ${byName} revoked one of yours; the reason stands under Mine. Ask there if you have doubts`,
};

const WEEKDAYS = '日一二三四五六';

/** 2027年1月29日（周五）, Friday 29 January 2027. */
export function dayText(day: CivilDay, language: Language): string {
  const date = new Date(day);
  if (language === 'en') {
    const parts = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
    return date.toLocaleDateString('en-GB', parts).replace(',', '');
  }
  const [year, month, dayOfMonth] = day.split('-').map(Number);
  return `${year}年${month}月${dayOfMonth}日（周${WEEKDAYS[date.getUTCDay()]}）`;
}

function dueText(dueAt: Instant, language: Language, { now, calendar }: TextClock): string {
  const last = lastDayBefore(dueAt);
  const left = workdaysBetween(calendar, dayAt(now), last);
  const passed = dueAt <= now;
  const day = dayText(last, language);
  const lastWorkday = passed ? '' : lastWorkdayText(last, language, calendar);
  if (language === 'zh')
    return `${passed ? '期限是' : ''}${day}${passed ? '' : '前'}${lastWorkday}，${leftZh(left, last, { now, passed })}`;
  return `${passed ? 'due was' : 'by'} ${day}${lastWorkday}, ${leftEn(left, last, { now, passed })}`;
}

/** When the day is a day off, the last day before it on which somebody is there. */
function lastWorkdayText(day: CivilDay, language: Language, calendar: WorkCalendar): string {
  const known = publishingDate(calendar, day);
  if (isRefusal(known) || known.lastWorkday === day) return '';
  const text = dayText(known.lastWorkday, language);
  return language === 'zh' ? `（最后工作日是${text}）` : ` (last working day ${text})`;
}

interface Left {
  readonly now: Instant;
  readonly passed: boolean;
}

function leftZh(left: number | Uncovered, last: CivilDay, { now, passed }: Left): string {
  if (isRefusal(left)) return `缺 ${String(left.data['year'])} 年放假安排，工作日数没有计算`;
  if (passed) return left === 0 ? '已过期' : `已超过 ${-left} 个工作日`;
  if (left > 0) return `还有 ${left} 个工作日`;
  return last === dayAt(now) ? '今天到期' : '今天之后没有工作日了';
}

function leftEn(left: number | Uncovered, last: CivilDay, { now, passed }: Left): string {
  if (isRefusal(left)) return `working days not counted: the holidays of ${String(left.data['year'])} are not loaded`;
  const days = (count: number): string => `${count} working ${count === 1 ? 'day' : 'days'}`;
  if (passed) return left === 0 ? 'past due' : `${days(-left)} ago`;
  if (left > 0) return `${days(left)} left`;
  return last === dayAt(now) ? 'due today' : 'no working day left after today';
}
