/** Text for people; Chinese is the one that counts. */
export interface Message {
  readonly zh: string;
  readonly en: string;
}

const sentences: Readonly<Record<string, Message>> = {
  not_canonical: { zh: '文件被改动或不是证据包', en: 'the file was altered or is no bundle' },
  bad_shape: { zh: '证据包的结构不符', en: 'the bundle does not have the required form' },
  inclusion_unreadable: { zh: '入账证明读不出来', en: 'the proof of inclusion cannot be read' },
  inclusion_other: { zh: '入账证明说的是别的事', en: 'the proof of inclusion is about something else' },
  inclusion_checkpoint: { zh: '日志检查点的签名无效', en: 'the signature of the log’s checkpoint is not good' },
  inclusion_proof: { zh: '日志中没有这一条', en: 'the log does not hold this entry' },
  trust_missing_key: {
    zh: '信任文件中缺少两位管理员的公钥',
    en: 'the trust file lacks the keys of two administrators',
  },
  seal_signature: { zh: '封签的签名无效', en: 'the signature of the seal is not good' },
  seal_mismatch: { zh: '封签与所列席位不符', en: 'the seal does not fit the seats it lists' },
  content_digest: { zh: '报告内容与签批的字节不同', en: 'the content is not the bytes that were signed' },
  report_bytes: { zh: 'report.json 与签批的字节不同', en: 'report.json is not the bytes that were signed' },
  invalid_edition: { zh: '签批的内容不是年度报告的版本', en: 'what was signed is no edition of a report' },
  receipt_unreadable: { zh: '发布回执读不出来', en: 'the receipt cannot be read' },
  receipt_signature: { zh: '发布回执的签名无效', en: 'the signature of the receipt is not good' },
  receipt_mismatch: { zh: '发布回执说的是别的版本', en: 'the receipt is about another publication' },
  edition_mismatch: { zh: '报告不是封签所指的版本', en: 'the report is not the edition the seal names' },
  files_unreadable: { zh: '文件清单读不出来', en: 'the list of files cannot be read' },
  file_missing: { zh: '缺少清单所列的文件', en: 'a listed file is missing' },
  file_altered: { zh: '有文件与清单不符', en: 'a file is not the one listed' },
  too_early: { zh: '尚未到公开时间', en: 'it may not be public yet' },
  directory_digest: { zh: '机构名录不是封签所指的那一份', en: 'the directory is not the one the seal names' },
  directory_not_agreed: { zh: '机构名录未经两位管理员签署', en: 'two administrators did not sign the directory' },
  route_not_listed: { zh: '名录中该机关没有这条审签路线', en: 'the directory does not list this route for the organ' },
  route_digest: { zh: '审签路线与所指的不同', en: 'the route is not the one named' },
  route_not_agreed: { zh: '审签路线未经两位管理员签署', en: 'two administrators did not sign the route' },
  route_unlawful: { zh: '审签路线不合规', en: 'the route breaks the rules for routes' },
  submission_digest: { zh: '送审单不是封签所指的那一份', en: 'the submission is not the one the seal names' },
  submission_signature: { zh: '送审单的签名无效', en: 'the signature of the submission is not good' },
  submission_mismatch: { zh: '送审单与封签不一致', en: 'submission and seal say different things' },
  dossier_digest: { zh: '审核卷宗不是封签所指的那一份', en: 'the dossier is not the one the seal names' },
  dossier_signature: { zh: '审核卷宗的签名无效', en: 'the signature of the dossier is not good' },
  dossier_mismatch: { zh: '审核卷宗与封签不一致', en: 'dossier and seal say different things' },
  seat_twice: { zh: '同一席位计了两次', en: 'a seat is counted twice' },
  seat_unlisted: { zh: '有未列入的签批', en: 'there is a decision nobody listed' },
  decision_missing: { zh: '所列席位缺少签批', en: 'a listed seat has no decision' },
  slot_unknown: { zh: '席位不在审签路线上', en: 'a seat is not on the route' },
  slot_twice: { zh: '同一席位由两人签批', en: 'two signed for one slot' },
  person_twice: { zh: '同一人签了两个席位', en: 'one person signed two seats' },
  contributor_signed: { zh: '参与起草的人签批了', en: 'a contributor signed' },
  role_not_held: { zh: '签批人当时不任该职', en: 'a signer did not hold the office then' },
  need_not_met: { zh: '环节的签批人数不足', en: 'a stage lacks signatures' },
  stage_order: { zh: '签批次序不对', en: 'the stages were not signed in order' },
  decision_digest: { zh: '签批不是所列的那一份', en: 'a decision is not the one listed' },
  decision_signature: { zh: '签批的签名无效', en: 'the signature of a decision is not good' },
  decision_mismatch: { zh: '签批的内容与本案不符', en: 'a decision is about something else' },
  deputy_not_granted: { zh: '代签没有授权', en: 'a deputy was not granted' },
  deputy_signature: { zh: '代理授权的签名无效', en: 'the signature of a deputy’s grant is not good' },
  deputy_mismatch: { zh: '代理授权与代签的席位不符', en: 'a deputy’s grant is for another seat or person' },
  deputy_expired: { zh: '代签时授权尚未生效或已到期', en: 'the deputy signed outside the time of the grant' },
  deputy_caller: { zh: '不能证明代理授权出自委托人本人', en: 'nothing proves that the principal granted the deputy' },
  escalation_unknown: { zh: '以上级身份签批，而路线未定该上级', en: 'signed as a superior the route does not name' },
  checklist_incomplete: { zh: '核对清单有未确认的事项', en: 'items of the checklist were not confirmed' },
  notice_missing: {
    zh: '更正、撤回或应急公开没有公告',
    en: 'a correction, withdrawal or emergency tells the public nothing',
  },
  notice_digest: { zh: '公告与签批的字节不同', en: 'the notice is not the bytes that were signed' },
  grade_too_low: { zh: '签批方式达不到环节要求', en: 'a signature is of too low a grade' },
  caller_signature: { zh: '来访证明的签名无效', en: 'the signature of a caller assertion is not good' },
  caller_mismatch: { zh: '来访证明与签批不符', en: 'a caller assertion is about another request' },
  caller_stale: { zh: '签批时未重新验证本人', en: 'the signer had not proved himself anew' },
};

/** The sentence of a defect code in both languages; an unknown code stands for itself. */
export function defectSentence(code: string): Message {
  return sentences[code] ?? { zh: code, en: code };
}
