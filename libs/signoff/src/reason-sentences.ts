import { defectSentence, type Message } from '#evidence/defect-sentences';
import { SIGNATURE_LAPSED } from './opening-leg.js';

/** Why a case went back though no person sent it, as everybody who may read the case is told. */
export interface Reason extends Message {
  readonly code: string;
}

/** The sentence of a code in both languages. */
export function reasonOf(code: string): Reason {
  if (code === SIGNATURE_LAPSED)
    return {
      code,
      zh: '有签批人在签批时已不任该职（机构名录到得较晚，签批后才知），该签批不能计入。从该环节起由现任职人员重新签批；内容没有改动，此前环节的签批仍然有效。',
      en: 'A signer no longer held the office when signing, as a directory that came late now says: the signature cannot count. Whoever holds the office now signs from that stage on; the content is the same, and signatures of earlier stages stand.',
    };
  const { zh, en } = HELD_FOR[code] ?? defectSentence(code);
  return {
    code,
    zh: `公开前核验未通过：${zh}。没有公开，已退回起草人，可重新提交（须重新签批）或作废。`,
    en: `It did not verify before going public: ${en}. Nothing is public; it is its drafter’s again, who submits it anew (everybody signs again) or cancels it.`,
  };
}

/** What publication finds beside the evidence itself. */
const HELD_FOR: Readonly<Record<string, Message>> = {
  held_before: { zh: '原因见报告的发布页', en: 'the publication page of the report says why' },
  deputy_revoked: { zh: '代签的授权在签批前已撤销', en: 'a deputy’s grant was revoked before the signature' },
  correction_expected: {
    zh: '已有公开版本，应作更正而不是首次公开',
    en: 'an edition is public already: it takes a correction',
  },
  notice_outdated: {
    zh: '公告所说的被替换版本已不是现在公开的版本',
    en: 'the notice replaces another edition than the public one',
  },
  notice_untrue: { zh: '公告没有说全所作的改动', en: 'the notice does not tell of every change' },
  nothing_to_replace: { zh: '没有可更正的公开版本', en: 'there is no public edition to correct' },
  nothing_to_withdraw: { zh: '没有可撤回的公开版本', en: 'there is no public edition to withdraw' },
  nothing_to_ratify: { zh: '没有待追认的应急公开', en: 'there is no emergency publication to ratify' },
  edition_taken: { zh: '该版本号已由另一轮公开', en: 'another round has made this edition public' },
  address_taken: { zh: '该公开地址已属于另一份报告', en: 'the address belongs to another report' },
  round_mismatch: { zh: '证据包与放行的轮次不符', en: 'the bundle is about another round than was released' },
  round_contradicted: { zh: '各服务对本轮的说法不一致', en: 'services say different things of this round' },
  bundle_contradicted: { zh: '放行的证据包与签发的不同', en: 'another bundle was released than was granted' },
  released_after_end: { zh: '本轮结束后又收到放行', en: 'it was released after its round had ended' },
  bundle_missing: { zh: '证据包不在', en: 'the bundle is not there' },
  bundle_corrupt: { zh: '证据包已损坏', en: 'the bundle is damaged' },
  public_bytes_differ: {
    zh: '从公开地址回读的字节与签批的不同',
    en: 'what was read back from the address is not what was signed',
  },
};
