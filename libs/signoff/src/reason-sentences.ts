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
  const { zh, en } = defectSentence(code);
  return { code, zh, en };
}
