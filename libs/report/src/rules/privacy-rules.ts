import type { Message } from '../place.js';
import { nationalRule } from './national-rule.js';
import { citizenNumber, isCardNumber, isMobile, masked, numbersIn, type PersonalNumber } from './personal-numbers.js';
import { personalWordsIn } from './personal-words.js';
import { failureIn, failuresOr, passagesOf, rangesOf, type Passage } from './report-passages.js';
import { wordsFor } from './rule-settings.js';
import type { Outcome, Rule, Subject } from './rule.js';
import { nothingSecret, secrecyIsReviewed } from './secrecy-checks.js';

const REMOVE = { zh: '请删除或隐去', en: 'remove or mask it' };

/** The failures of every number in the text that `judge` names; the number is shown masked. */
function numbersThat(
  { report }: Subject,
  judge: (number: PersonalNumber, passage: Passage) => (Message & Pick<Outcome, 'severity' | 'reveals'>) | null,
): readonly Outcome[] {
  return passagesOf(report).flatMap((passage) =>
    numbersIn(passage.text).flatMap((number): Outcome[] => {
      const judged = judge(number, passage);
      if (judged === null) return [];
      const { zh, en, ...more } = judged;
      const shown = number.digits.length > 11 ? masked(number.digits, 4, 4) : masked(number.digits, 3, 4);
      const words = { zh: `${zh} ${shown}；${REMOVE.zh}`, en: `${en} ${shown}; ${REMOVE.en}` };
      return [failureIn(passage, number, { ...words, ...more, found: shown, expected: '' })];
    }),
  );
}

const CITIZEN = {
  valid: { zh: '公民身份号码', en: 'citizen number' },
  'wrong-check': {
    zh: '疑似公民身份号码（校验码不符）',
    en: 'looks like a citizen number, check digit wrong:',
    severity: 'W',
  },
  old: { zh: '疑似 15 位公民身份号码', en: 'looks like a citizen number of 15 digits:', severity: 'W' },
} as const;

function noCitizenNumber(subject: Subject): readonly Outcome[] {
  const failures = numbersThat(subject, ({ digits }) => {
    const kind = citizenNumber(digits);
    return kind === null ? null : { ...CITIZEN[kind], reveals: 'citizen-number' };
  });
  return failuresOr(failures, '没有公民身份号码', 'no citizen number');
}

// The preface may give the office's own number; elsewhere a mobile number is somebody's.
const ANNOUNCED = /(?:电话|手机|联系|热线|传真)[^。；\n]{0,16}$/u;

function noMobileNumber(subject: Subject): readonly Outcome[] {
  const failures = numbersThat(subject, ({ digits, from }, passage) => {
    if (!isMobile(digits)) return null;
    const contact = passage.kind === 'preface' && ANNOUNCED.test(passage.text.slice(Math.max(0, from - 20), from));
    return contact ? null : { zh: '手机号码', en: 'mobile number', reveals: 'mobile-number' };
  });
  return failuresOr(failures, '联系方式以外没有手机号码', 'no mobile number outside the contact details');
}

function noCardNumber(subject: Subject): readonly Outcome[] {
  const failures = numbersThat(subject, ({ digits }) =>
    isCardNumber(digits) && citizenNumber(digits) !== 'valid'
      ? { zh: '疑似银行卡号', en: 'looks like a bank card number:', reveals: 'card-number' }
      : null,
  );
  return failuresOr(failures, '没有银行卡号', 'no bank card number');
}

const PERSONAL = {
  name: { zh: '疑似公民姓名', en: 'looks like the name of a citizen:', reveals: 'citizen-name' },
  home: { zh: '疑似家庭住址', en: 'looks like a home address:', reveals: 'home' },
  plate: { zh: '疑似车牌号', en: 'looks like a plate number:', reveals: 'plate' },
} as const;

function noCitizenNamed({ report, context }: Subject): readonly Outcome[] {
  const [triggers, surnames, notNames] = ['X04.triggers', 'X04.surnames', 'X04.not-names'].map((id) =>
    wordsFor(context.settings, id, report.year),
  );
  const words = { triggers: triggers ?? [], surnames: surnames ?? [], notNames: notNames ?? [] };
  const failures = passagesOf(report).flatMap((passage) =>
    personalWordsIn(passage.text, words).map(({ kind, shown, from, to }) => {
      const { zh, en, reveals } = PERSONAL[kind];
      const message = { zh: `${zh}“${shown}”；${REMOVE.zh}`, en: `${en} ${shown}; ${REMOVE.en}` };
      return failureIn(passage, { from, to }, { ...message, reveals, found: shown, expected: '' });
    }),
  );
  return failuresOr(failures, '没有发现公民姓名、住址和车牌号', 'no name, home or plate number of a citizen was found');
}

const MAIL = /(?<![\w.+-])(?<box>[\w.+-]{1,64})@(?<host>[A-Za-z\d-]{1,63}(?:\.[A-Za-z\d-]{1,63}){1,4})/gu;

function officialMail({ report, context }: Subject): readonly Outcome[] {
  const services = wordsFor(context.settings, 'X05.mail-services', report.year);
  const isPrivate = (host: string): boolean =>
    services.some((service) => host === service || host.endsWith(`.${service}`));
  const found = passagesOf(report).flatMap((passage) =>
    rangesOf(passage.text, MAIL)
      .filter(({ match }) => isPrivate((match.groups?.['host'] ?? '').toLowerCase()))
      .map((range) => failureIn(passage, range, privateMail(range.match[0]))),
  );
  const { email } = report.contact ?? {};
  const host = email?.split('@').at(-1)?.toLowerCase() ?? '';
  const onlyInContact = email !== undefined && isPrivate(host) && !report.preface.includes(email);
  const contact: Passage = {
    kind: 'preface',
    place: { part: 'preface' },
    text: email ?? '',
    where: { zh: '联系方式', en: 'contact' },
  };
  const inContact = onlyInContact ? [failureIn(contact, { from: 0, to: 0 }, privateMail(email))] : [];
  return failuresOr([...found, ...inContact], '没有使用私人邮箱', 'no private mail service');
}

function privateMail(address: string): Message & Pick<Outcome, 'reveals'> & { found: string; expected: string } {
  const [box = '', host = ''] = address.split('@');
  const shown = `${masked(box, Math.min(2, box.length - 1), 0)}@${host}`;
  return {
    zh: `联系邮箱 ${shown} 是商业邮箱；请改用政务邮箱`,
    en: `${shown} is a private mail service; use an official mailbox`,
    found: shown,
    expected: '政务邮箱',
    reveals: 'private-mail',
  };
}

/** Rules on privacy and secrecy; what is private is shown masked. Rules of the catalogue: X. */
export const privacyRules: readonly Rule[] = [
  nationalRule('X01', 'E', '条例第十五条；GB 11643', noCitizenNumber),
  nationalRule('X02', 'E', '条例第十五条', noMobileNumber),
  nationalRule('X03', 'E', '条例第十五条；ISO/IEC 7812-1', noCardNumber),
  nationalRule('X04', 'W', '条例第十五条', noCitizenNamed),
  nationalRule('X05', 'W', '条例第十五条', officialMail),
  nationalRule('X06', 'E', '保守国家秘密法；条例第十四条、第十七条', nothingSecret),
  nationalRule('X07', 'E', '条例第十七条', secrecyIsReviewed),
];
