import { type CauseText, fillCause } from '#contracts/cause-text';
import { defectSentence } from '#evidence/defect-sentences';

/** What a person does about what the page says otherwise than what was signed. */
const LOOK_AT_SITE = {
  mendZh: '请运维人员检查公开网站与公开地址之间有没有改写页面的设备或软件；查明后由起草人重新送审。',
  mendEn:
    'Have the operator see what rewrites pages between the site and its address; then the drafter submits it anew.',
};
const BY_ITSELF = { mendZh: '无须处理，自动重试。', mendEn: 'Nothing to do: it is tried again by itself.' };
const AT_ADDRESS = {
  mendZh: '请运维人员检查网站、反向代理和网络；自动重试。',
  mendEn: 'Have the operator look at the site, the proxy before it and the network; it is tried again by itself.',
};
const ANEW = {
  mendZh: '请起草人核对现在公开的版本，然后重新送审。',
  mendEn: 'Have the drafter look at what is public now and submit it anew.',
};
const DISK = {
  mendZh: '请运维人员检查公开网站文件夹所在的磁盘；自动重试。',
  mendEn: 'Have the operator look at the disk of the public site’s folder; it is tried again by itself.',
};

/** Causes of a failed attempt that only publication knows; those of the evidence have their sentence with the verifier. */
const causes: Readonly<Record<string, CauseText>> = {
  address_unreachable: {
    zh: '公开地址 {url} 答复状态 {status}，读不回页面',
    en: 'the public address {url} answered with status {status}, so nothing could be read back',
    ...AT_ADDRESS,
  },
  address_silent: {
    zh: '公开地址 {url} 没有答复，或中途断开',
    en: 'the public address {url} gave no answer, or hung up',
    ...AT_ADDRESS,
  },
  address_stale: {
    zh: '公开地址 {url} 给出的 {where} 还是以前一版的，多半来自缓存',
    en: 'the public address {url} still gives {where} of an earlier edition, as a cache does',
    ...AT_ADDRESS,
  },
  public_bytes_differ: {
    zh: '公开地址上的 {where} 与写下的不一致（{detail}）',
    en: '{where} at the public address is not what was written ({detail})',
    ...LOOK_AT_SITE,
  },
  figure_differs: {
    zh: '公开页面的数字与签批的不同：{where}应为“{expected}”，读到“{found}”',
    en: 'a figure of the public page is not the signed one: {where} should say “{expected}” and says “{found}”',
    ...LOOK_AT_SITE,
  },
  text_differs: {
    zh: '公开页面的文字与签批的不同：{where}应为“{expected}”，读到“{found}”',
    en: 'a text of the public page is not the signed one: {where} should say “{expected}” and says “{found}”',
    ...LOOK_AT_SITE,
  },
  notice_differs: {
    zh: '公开页面的说明与签批的不同：应为“{expected}”，读到“{found}”',
    en: 'the notice on the public page is not the signed one: it should say “{expected}” and says “{found}”',
    ...LOOK_AT_SITE,
  },
  mark_differs: {
    zh: '公开页面的标记不对：应为“{expected}”，读到“{found}”',
    en: 'a mark of the public page is wrong: it should be “{expected}” and is “{found}”',
    ...LOOK_AT_SITE,
  },
  page_active: {
    zh: '公开页面里出现了不是本系统写的内容（{found}）',
    en: 'the public page holds something this system did not write ({found})',
    ...LOOK_AT_SITE,
  },
  still_public: {
    zh: '撤回后仍能读到旧内容：{where}',
    en: 'old content is still public after the withdrawal: {where}',
    ...AT_ADDRESS,
  },
  enospc: { zh: '公开网站的磁盘已满', en: 'the disk of the public site is full', ...DISK },
  eacces: { zh: '没有写入公开网站文件夹的权限', en: 'the folder of the public site may not be written to', ...DISK },
  erofs: { zh: '公开网站的磁盘只能读', en: 'the disk of the public site is read-only', ...DISK },
  eio: { zh: '公开网站的磁盘读写出错', en: 'the disk of the public site fails', ...DISK },
  database: {
    zh: '数据库没有答复或出错（{code}）',
    en: 'the database gave no answer, or failed ({code})',
    mendZh: '请运维人员检查数据库；自动重试。',
    mendEn: 'Have the operator look at the database; it is tried again by itself.',
  },
  too_early: {
    zh: '尚未到签批所定的公开时间',
    en: 'it may not be public yet',
    mendZh: '无须处理，到时自动公开。',
    mendEn: 'Nothing to do: it goes public by itself when it may.',
  },
  directory_unknown: {
    zh: '本服务还没有收到签批所依据的机构名录',
    en: 'the directory it was signed under has not arrived yet',
    ...BY_ITSELF,
  },
  inclusion_awaited: {
    zh: '封签的密钥已经换过，在等日志证明封签在换之前',
    en: 'its sealing key was changed since, and the log has yet to prove that it was in time',
    ...BY_ITSELF,
  },
  inclusion_missing: {
    zh: '在等日志证明最后一个签批已入账',
    en: 'the log has yet to prove the last signature',
    ...BY_ITSELF,
  },
  edition_gone: {
    zh: '这一版页面正在改写或已撤回',
    en: 'this edition’s page is being laid out anew, or was taken back',
    ...BY_ITSELF,
  },
  round_mismatch: {
    zh: '放行的不是封签所指的那一轮（{where}）',
    en: 'what was released is not the round that was sealed ({where})',
    ...ANEW,
  },
  notice_untrue: {
    zh: '更正说明没有说全与公开版本的差别（{detail}）',
    en: 'the notice does not tell every change from the public edition ({detail})',
    ...ANEW,
  },
  notice_outdated: {
    zh: '更正说明所针对的已不是公开的版本',
    en: 'the notice is about an edition that is public no more',
    ...ANEW,
  },
  correction_expected: {
    zh: '已有公开的版本，只能以更正代替',
    en: 'an edition is public already and only a correction replaces it',
    ...ANEW,
  },
  edition_taken: { zh: '这个版本号已经公开过', en: 'this edition was published already', ...ANEW },
  nothing_to_replace: { zh: '没有可更正的公开版本', en: 'there is no public edition to correct', ...ANEW },
  nothing_to_withdraw: { zh: '没有可撤回的公开版本', en: 'there is no public edition to withdraw', ...ANEW },
  nothing_to_ratify: { zh: '没有可追认的应急公开', en: 'there is no emergency publication to ratify', ...ANEW },
};

/** Every code with a sentence of its own here. */
export const publicationCodes: readonly string[] = Object.keys(causes);

/** SQLSTATE of PostgreSQL, as its driver gives it. */
const SQL_STATE = /^(?=.*\d)[0-9a-z]{5}$/;

const PLACES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  title: ['标题', 'the title'],
  preface: ['前言', 'the preface'],
};

/** What a defect of an attempt says, and how to mend it. */
export function publicationCause(code: string, data: Readonly<Record<string, unknown>>): CauseText {
  const known = causes[code];
  if (known === undefined)
    return SQL_STATE.test(code) ? fillCause(causes['database'] ?? other(code), { code }) : other(code);
  const zh = fillCause(known, { ...data, where: placeWords(data['where'], 'zh') });
  const en = fillCause(known, { ...data, where: placeWords(data['where'], 'en') });
  return { zh: zh.zh, mendZh: zh.mendZh, en: en.en, mendEn: en.mendEn };
}

/** What the verifier says of it, or that something of this program's own failed. */
function other(code: string): CauseText {
  const { zh, en } = defectSentence(code);
  if (zh !== code)
    return {
      zh,
      en,
      mendZh: '请管理员核对签批、名录和密钥；查明后由起草人重新送审。',
      mendEn: 'Have an administrator look at signatures, directory and keys; then the drafter submits it anew.',
    };
  return {
    zh: `公开服务出错（${code}）`,
    en: `publication failed (${code})`,
    mendZh: '请运维人员查看公开服务的日志。',
    mendEn: 'Have the operator look into publication’s log.',
  };
}

function placeWords(where: unknown, language: 'zh' | 'en'): unknown {
  if (typeof where !== 'string') return where;
  const [, chapter] = /^chapter-(\d+)(?:\.title)?$/.exec(where) ?? [];
  if (chapter !== undefined) return language === 'zh' ? `第 ${chapter} 章` : `chapter ${chapter}`;
  return PLACES[where]?.[language === 'zh' ? 0 : 1] ?? where;
}
