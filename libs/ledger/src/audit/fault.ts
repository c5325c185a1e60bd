/** Something in the ledger that is not as it was written: a stable code, in whose tables, and which row. */
export interface LedgerFault {
  readonly code: FaultCode;
  /** The service in whose schema it is, or `copies` for the checkpoints outside the database. */
  readonly in: string;
  /** The row: `<report>/<seq>`, a digest, a leaf or a checkpoint. */
  readonly where: string;
}

/** Every way in which a ledger can be wrong, with its sentence. */
export const FAULTS = {
  entry_unreadable: { zh: '条目的字节已被改动，读不出来', en: 'the bytes of an entry were altered and cannot be read' },
  entry_altered: {
    zh: '条目与其摘要或时间不符，已被改动',
    en: 'an entry is not what its hash or time says: it was altered',
  },
  entry_misplaced: {
    zh: '条目不在自己的位置，被调换或移动',
    en: 'an entry stands in the place of another: swapped or moved',
  },
  entry_doubled: { zh: '同一条目出现两次', en: 'an entry is there twice' },
  entry_missing: { zh: '链中缺少条目', en: 'an entry is missing from its chain' },
  chain_broken: {
    zh: '条目不接续前一条，有插入或替换',
    en: 'an entry does not follow the one before it: inserted or replaced',
  },
  time_decreases: { zh: '条目的时间早于前一条', en: 'an entry is earlier than the one before it' },
  head_missing: { zh: '链有条目而无链尾记录', en: 'a chain has entries and no head' },
  head_differs: {
    zh: '链尾记录与最后一条不符，末尾条目被删去或链尾被改动',
    en: 'a head is not at the last entry: the newest were removed, or the head was altered',
  },
  head_without_entries: { zh: '链尾记录没有条目', en: 'a head has no entries' },
  body_missing: { zh: '条目所记事项的内容不在', en: 'what an entry says happened is gone' },
  erasure_unproved: {
    zh: '内容已不在，条目称已删除，但没有两名管理员的有效签名',
    en: 'a body is gone and an entry says it was erased, but no two administrators signed for it',
  },
  erasure_undone: {
    zh: '已决定删除的内容又在（多因恢复备份），请再次删除',
    en: 'a body that was erased is there again, as after restoring a backup: erase it anew',
  },
  case_differs: {
    zh: '案件的现状与台账重演不符：行被改动，或条目系人为添加',
    en: 'a case is not what its entries tell: a row was altered, or an entry was added by hand',
  },
  body_altered: { zh: '事项的内容已被改动', en: 'what happened was altered' },
  body_unowned: { zh: '有内容不属于任何条目', en: 'there is a body no entry names' },
  entry_not_logged: { zh: '条目超过一分钟仍未进入日志', en: 'an entry is not in the log after a minute' },
  leaf_without_entry: {
    zh: '日志中的条目在台账里不存在，条目被删去或改动',
    en: 'the log has a leaf of no entry: the entry was removed or altered',
  },
  leaf_of_another: {
    zh: '日志记的来源与条目所在服务不符',
    en: 'a leaf names another service than the one with its entry',
  },
  leaf_missing: { zh: '日志的序号不连续', en: 'a leaf is missing from the log' },
  leaf_doubled: { zh: '同一条目两次进入日志', en: 'the log has an entry twice' },
  leaf_unsigned: { zh: '日志末尾没有签名的检查点', en: 'the end of the log is under no signed checkpoint' },
  node_missing: { zh: '日志缺少子树', en: 'the log lacks a subtree' },
  node_altered: { zh: '日志的子树与叶不符', en: 'a subtree of the log is not that of its leaves' },
  node_inserted: { zh: '日志有多余的子树', en: 'the log has a subtree of no leaves' },
  checkpoint_altered: { zh: '库中的检查点与其签名不符', en: 'a checkpoint in the database is not what was signed' },
  checkpoint_differs: {
    zh: '日志与已签检查点不符，历史被改写',
    en: 'the log is not what a checkpoint states: it was rewritten',
  },
  log_truncated: {
    zh: '日志比已签检查点短，末尾被删去或库被回退',
    en: 'the log is shorter than a checkpoint states: cut off or rolled back',
  },
  checkpoint_missing: {
    zh: '库中缺少库外留有的检查点',
    en: 'a checkpoint of which there is a copy is not in the database',
  },
  checkpoint_not_copied: {
    zh: '检查点超过一分钟仍未留存库外',
    en: 'a checkpoint has no copy outside the database after a minute',
  },
  copy_unreadable: { zh: '库外检查点中有一行不可用', en: 'a line of the copies is no checkpoint of this log' },
} as const;

export type FaultCode = keyof typeof FAULTS;
