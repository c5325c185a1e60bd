/** Words of a result in one language. Titles, names and reasons stay as they were signed. */
export interface ResultWords {
  readonly notProved: string;
  readonly proved: string;
  readonly provedWithdrawn: string;
  readonly differs: string;
  readonly claim: (signatures: number) => string;
  readonly claimEmergency: (signatures: number) => string;
  readonly claimWithdrawn: (signatures: number) => string;
  readonly kept: Readonly<Record<'same' | 'other', string>>;
  readonly ratified: string;
  readonly notRatified: string;
  readonly facts: Readonly<
    Record<'report' | 'organ' | 'year' | 'act' | 'reason' | 'replaces' | 'route' | 'content' | 'sealed' | 'log', string>
  >;
  readonly acts: Readonly<Record<'publish' | 'correct' | 'withdraw' | 'emergency' | 'ratify', string>>;
  readonly edition: (year: number, edition: number) => string;
  readonly replaced: (edition: number) => string;
  readonly noLog: string;
  readonly who: string;
  readonly whoRatified: string;
  readonly instead: string;
  readonly china: string;
  readonly ownTrust: string;
  readonly siteTrust: string;
  readonly allShown: (figures: number) => string;
  readonly toldShown: string;
  readonly unlike: (all: number) => string;
  readonly one: (name: string, signed: string | null, shown: string | null) => string;
  readonly figures: string;
  readonly findFigure: string;
  readonly none: (asked: string) => string;
  readonly found: (all: number) => string;
}

export const RESULT_WORDS: Readonly<Record<'zh' | 'en', ResultWords>> = {
  zh: {
    notProved: '✗ 不能证实',
    proved: '✓ 已证实',
    provedWithdrawn: '✓ 撤回已证实',
    differs: '✗ 页面与所签不同',
    claim: (all) =>
      `审签路线规定的 ${all} 个签批齐全，人人不同、有权，没有起草人签自己的稿；每个人签的正是这份内容，此后一个字节也没有改动。`,
    claimEmergency: (all) =>
      `应急公开要求的 ${all} 个签批齐全，人人不同、有权；每个人签的正是这份内容，此后一个字节也没有改动。`,
    claimWithdrawn: (all) =>
      `撤回经路线规定的 ${all} 个签批，人人不同、有权；所签的理由如下。被撤回的正文不在证据里，本站也不再提供。`,
    kept: {
      same: '所选的 report.json 正是被撤回的那份报告，一个字节也没有改动。',
      other: '所选的 report.json 不是被撤回的那份报告。',
    },
    ratified: '已追认：其后按正常程序对同一内容签批，签批人见下。',
    notRatified: '没有追认的证据：尚未按正常程序追认，或没有一并提供 ratification.json。',
    facts: {
      report: '报告',
      organ: '机关',
      year: '年度、版本',
      act: '事项',
      reason: '公开的理由',
      replaces: '取代',
      route: '审签路线',
      content: '所签字节 SHA-256',
      sealed: '封签',
      log: '台账日志',
    },
    acts: { publish: '首次公开', correct: '更正', withdraw: '撤回', emergency: '应急公开', ratify: '追认' },
    edition: (year, edition) => `${year}年 · 第${edition}版`,
    replaced: (edition) => `第${edition}版`,
    noLog: '未附入账证明',
    who: '谁在何时签批',
    whoRatified: '谁在何时追认',
    instead: '代',
    china: '（北京时间）',
    ownTrust: '公钥取自所选的信任文件，指纹 ',
    siteTrust: '公钥取自本页所带的信任文件。要确知签批者就是该机关，请通过电话等可靠渠道核对指纹 ',
    allShown: (figures) => `页面上的 ${figures} 个数字与所签逐一相同，理由和标记也是所签的。`,
    toldShown: '页面上的撤回理由正是所签的理由。',
    unlike: (all) => `页面上有 ${all} 处与所签不同：`,
    one: (name, signed, shown) => `${name}：所签 ${signed ?? '无'}，页面 ${shown ?? '无'}`,
    figures: '所签的数字',
    findFigure: '查一个数字（数值，或名称的一部分）',
    none: (asked) => `所签数字中没有“${asked}”`,
    found: (all) => `${all} 个，都在签批范围内`,
  },
  en: {
    notProved: '✗ Not proved',
    proved: '✓ Proved',
    provedWithdrawn: '✓ The withdrawal is proved',
    differs: '✗ The page differs from what was signed',
    claim: (all) =>
      `All ${all} signatures the route requires are there, by distinct and entitled people who did not write it, each on exactly this content; not a byte has changed since.`,
    claimEmergency: (all) =>
      `All ${all} signatures an emergency requires are there, by distinct and entitled people, each on exactly this content; not a byte has changed since.`,
    claimWithdrawn: (all) =>
      `The withdrawal has all ${all} signatures its route requires, by distinct and entitled people, with the reason below. The text that was withdrawn is not in the evidence, and this site does not give it out any more.`,
    kept: {
      same: 'The report.json you chose is the very report that was withdrawn, byte for byte.',
      other: 'The report.json you chose is not the report that was withdrawn.',
    },
    ratified: 'Ratified: the same content was signed by the regular route afterwards, by the people below.',
    notRatified: 'No evidence of a ratification: it is not ratified yet, or ratification.json did not come along.',
    facts: {
      report: 'Report',
      organ: 'Office',
      year: 'Year, edition',
      act: 'Act',
      reason: 'Public reason',
      replaces: 'Replaces',
      route: 'Route',
      content: 'SHA-256 of the signed bytes',
      sealed: 'Sealed',
      log: 'Log',
    },
    acts: {
      publish: 'first publication',
      correct: 'correction',
      withdraw: 'withdrawal',
      emergency: 'emergency publication',
      ratify: 'ratification',
    },
    edition: (year, edition) => `${year}, edition ${edition}`,
    replaced: (edition) => `edition ${edition}`,
    noLog: 'no proof of inclusion came along',
    who: 'Who signed, and when',
    whoRatified: 'Who ratified it, and when',
    instead: 'for',
    china: ' (Beijing time)',
    ownTrust: 'The keys are from the trust file you chose; its fingerprint is ',
    siteTrust:
      'The keys are from the trust file in this page. To know that it was this office, compare the fingerprint with it, say by telephone: ',
    allShown: (figures) =>
      `All ${figures} figures on the page are the signed ones, and so are its reason and its marks.`,
    toldShown: 'The reason on the page is the one that was signed.',
    unlike: (all) =>
      `${all} ${all === 1 ? 'thing' : 'things'} on the page ${all === 1 ? 'differs' : 'differ'} from what was signed:`,
    one: (name, signed, shown) => `${name}: signed ${signed ?? 'nothing'}, shown ${shown ?? 'nothing'}`,
    figures: 'The signed figures',
    findFigure: 'Find a figure by its value, or by a part of its name in Chinese',
    none: (asked) => `“${asked}” is not among the signed figures`,
    found: (all) => `${all}, all covered by the signatures`,
  },
};
