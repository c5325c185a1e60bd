import type { Language } from './frame.page.js';

interface Side {
  readonly word: string;
  readonly none: string;
}

/** Words for what has become of an edition, around reasons and changes, which are in Chinese as they were signed. */
export interface StandingWords {
  /** What tells the language of a text that is quoted. */
  readonly quoted: { readonly lang?: 'zh-CN' };
  readonly edition: (no: number) => string;
  readonly editionNoted: (no: number, notes: readonly string[]) => string;
  readonly corrected: string;
  readonly emergencyEdition: Readonly<Record<'awaited' | 'ratified', string>>;
  readonly replaced: string;
  readonly superseded: (no: number, newer: number, date: string) => string;
  readonly current: string;
  readonly emergency: readonly [strong: string, text: string];
  readonly ratified: (date: string) => readonly [strong: string, text: string];
  readonly correction: string;
  readonly inEmergency: string;
  readonly changes: (all: number) => string;
  readonly textOf: (no: number) => string;
  readonly others: (left: number) => string;
  readonly before: Side;
  readonly after: Side;
  readonly editions: string;
  readonly thisPage: (no: number) => string;
  readonly present: string;
  readonly corrections: string;
}

export const STANDING_WORDS: Readonly<Record<Language, StandingWords>> = {
  zh: {
    quoted: {},
    edition: (no) => `第${no}版`,
    editionNoted: (no, notes) => `第${no}版（${notes.join('，')}）`,
    corrected: '更正版',
    emergencyEdition: { awaited: '应急公开，待追认', ratified: '应急公开，已追认' },
    replaced: '已被取代',
    superseded: (no, newer, date) => `这是第${no}版，已由第${newer}版（${date}）取代。`,
    current: '查看现行版本',
    emergency: [
      '应急公开，尚待追认。',
      '本版由指定的两名以上人员先行签发；按正常程序的追认正在办理，未获追认的将予撤回。应急事由：',
    ],
    ratified: (date) => [`已追认（${date}）。`, '本版曾应急公开，其后已按正常程序对同一内容签批。应急事由：'],
    correction: '更正说明',
    inEmergency: '应急公开，改动如下。',
    changes: (all) => `　共 ${all} 处改动，其他内容不变。`,
    textOf: (no) => `第${no}版原文`,
    others: (left) => `其余 ${left} 处`,
    before: { word: '原为', none: '（原版没有此内容）' },
    after: { word: '改为', none: '（删去）' },
    editions: '各版本',
    thisPage: (no) => `第${no}版（本页）`,
    present: '现行版本',
    corrections: '本报告历次更正与撤回的说明',
  },
  en: {
    quoted: { lang: 'zh-CN' },
    edition: (no) => `Edition ${no}`,
    editionNoted: (no, notes) => `Edition ${no} (${notes.join(', ')})`,
    corrected: 'corrected',
    emergencyEdition: { awaited: 'emergency, not ratified yet', ratified: 'emergency, ratified' },
    replaced: 'replaced',
    superseded: (no, newer, date) => `This is edition ${no}; edition ${newer} has replaced it on ${date}. `,
    current: 'See the present edition',
    emergency: [
      'Published in an emergency, not ratified yet. ',
      'At least two named persons signed it ahead of the regular sign-off, which is under way; what is not ratified is withdrawn. The reason, as it was signed: ',
    ],
    ratified: (date) => [
      `Ratified on ${date}. `,
      'It was published in an emergency; the same content was signed by the regular route afterwards. The reason, as it was signed: ',
    ],
    correction: 'Correction note',
    inEmergency: 'Published in an emergency, with these changes.',
    changes: (all) => `　${all} ${all === 1 ? 'change' : 'changes'}; nothing else is different. `,
    textOf: (no) => `Text of edition ${no}`,
    others: (left) => `${left} more`,
    before: { word: 'Before', none: '(the edition before did not have it)' },
    after: { word: 'Now', none: '(left out)' },
    editions: 'Editions',
    thisPage: (no) => `Edition ${no} (this page)`,
    present: 'the present one',
    corrections: 'Every correction and withdrawal of this report',
  },
};
