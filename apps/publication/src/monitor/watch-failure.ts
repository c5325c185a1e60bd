/** What a round consists of, and what it is held against. */
export type Look = 'trust' | 'strays' | 'addresses' | 'lists';

/** What to do about a failure, by its code. */
const MEND = {
  look_failed: {
    zh: '按 cause 检查磁盘和权限；同一时刻的日志有全文；其余各项照常巡检',
    en: 'see to the disk or the rights that cause names; the log has all of it at the same instant; everything else is watched as ever',
  },
  trust_unreadable: {
    zh: '把各服务所用的信任文件（var/trust.json）完整地放到 where；在此之前按原来的密钥核验',
    en: 'put the trust file the services have (var/trust.json), whole, where `where` says; until then the keys known before count',
  },
  trust_unproved: {
    zh: '文件里的密钥变更签名不成立：从各服务重新取得信任文件（var/trust.json）；在此之前按原来的密钥核验',
    en: 'its changes of keys do not prove themselves: take the trust file from the services again (var/trust.json); until then the keys known before count',
  },
  trust_unrelated: {
    zh: '这不是原来那套密钥经签名变更而来的文件：放回本系统的信任文件；若确要改用它，请重新启动监看进程',
    en: 'no signed changes lead from the keys known before to this file: put back the one of this installation; if this is the one meant, start the monitor anew',
  },
  trust_shortened: {
    zh: '文件缺少已知的密钥变更，可能是旧文件：放回最新的信任文件（var/trust.json）；若确要改用它，请重新启动监看进程',
    en: 'changes of keys that were known are missing, so it may be a former file: put back the newest (var/trust.json); if this is the one meant, start the monitor anew',
  },
} as const;

export type FailureCode = keyof typeof MEND;

/** Something of a round that could not be looked at. `where`: a path or an address, empty for all of the look; `cause`: the error's own text. */
export interface WatchFailure {
  readonly look: Look;
  readonly where: string;
  readonly code: FailureCode;
  readonly cause: string;
}

/** What to do about a failure, in both languages. */
export function mendOf(code: FailureCode): { readonly zh: string; readonly en: string } {
  return MEND[code];
}

/** The failure of a look that threw. */
export function failureOf(look: Look, error: unknown, where = ''): WatchFailure {
  return { look, where, code: 'look_failed', cause: causeOf(error) };
}

/** An error in one line. */
export function causeOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
