import { type CauseText, fillCause } from './cause-text.js';

/** Every cause of a failed delivery. Codes are stable: clients may branch on them. */
export const channelCauses = {
  source_not_ready: {
    zh: '本站的页面文件正在修复，暂不能送出',
    en: 'the files of the own site are being mended and cannot be sent now',
    mendZh: '无须处理，修复后自动重试。',
    mendEn: 'Nothing to do: it is tried again by itself.',
  },
  folder_missing: {
    zh: '导出文件夹不存在或没有挂载',
    en: 'the export folder does not exist, or is not mounted',
    mendZh: '请运维人员建立或挂载该文件夹，然后点“立即重试”。',
    mendEn: 'Have the operator make or mount the folder, then retry.',
  },
  folder_denied: {
    zh: '没有写入导出文件夹的权限',
    en: 'the export folder may not be written to',
    mendZh: '请运维人员让公开服务的系统用户可写该文件夹。',
    mendEn: 'Have the operator let the publication service’s user write to the folder.',
  },
  disk_full: {
    zh: '导出文件夹所在的磁盘已满',
    en: 'the disk of the export folder is full',
    mendZh: '请运维人员腾出空间；腾出后自动重试。',
    mendEn: 'Have the operator free space; it is then tried again by itself.',
  },
  target_ahead: {
    zh: '对方已有更新的版本（第 {edition} 版），没有覆盖',
    en: 'the target already has a later edition ({edition}); it was not overwritten',
    mendZh: '请核对对方的 current.json 是否被他人改动。',
    mendEn: 'See whether somebody else changed current.json at the target.',
  },
  target_changed: {
    zh: '写入期间对方的内容被他人改动',
    en: 'somebody else changed the target while it was written',
    mendZh: '自动重试；若反复出现，请查明还有谁在写入。',
    mendEn: 'It is tried again by itself; if it comes back, find out who else writes there.',
  },
  digest_differs: {
    zh: '回读的内容与送出的不一致（{where}）',
    en: 'what was read back is not what was sent ({where})',
    mendZh: '自动重试；若反复出现，请对方检查是否改写内容。',
    mendEn: 'It is tried again by itself; if it comes back, have the target’s operator see what rewrites it.',
  },
  still_there: {
    zh: '撤回后对方仍有旧文件（{where}）',
    en: 'old files are still at the target after the withdrawal ({where})',
    mendZh: '请对方删除该文件，或允许本系统删除。',
    mendEn: 'Have the target delete the file, or let this system delete it.',
  },
  host_not_listed: {
    zh: '地址 {host} 不在允许名单内',
    en: '{host} is not on the list of allowed hosts',
    mendZh: '请运维人员在渠道配置的 hosts 中加入该主机。',
    mendEn: 'Have the operator add the host to “hosts” of the channels file.',
  },
  address_forbidden: {
    zh: '{host} 解析到不允许连接的内网地址',
    en: '{host} resolves to a private address, which is not allowed',
    mendZh: '若确是本单位内网，请运维人员把网段加入渠道配置的 networks；否则请检查域名解析。',
    mendEn:
      'If that network is yours, have the operator add it to “networks” of the channels file; else check the name.',
  },
  plain_http: {
    zh: '{host} 不是内网地址，不能用明文 http 发送',
    en: '{host} is no listed network, so nothing is sent to it over plain http',
    mendZh: '请改用 https 地址。',
    mendEn: 'Use an https address.',
  },
  name_unknown: {
    zh: '域名 {host} 解析不到地址',
    en: 'the name {host} resolves to no address',
    mendZh: '请检查域名和域名服务器。',
    mendEn: 'Check the name and the name server.',
  },
  unreachable: {
    zh: '连接不上对方，或连接中断',
    en: 'the target could not be reached, or hung up',
    mendZh: '请检查网络和对方服务；自动重试。',
    mendEn: 'Check the network and the target; it is tried again by itself.',
  },
  certificate: {
    zh: '对方的证书不被信任（{reason}）',
    en: 'the target’s certificate is not trusted ({reason})',
    mendZh: '请对方更换有效证书，或请运维人员安装其根证书。',
    mendEn: 'Have the target renew its certificate, or the operator install its root certificate.',
  },
  timeout: {
    zh: '对方没有在限定时间内答复',
    en: 'the target did not answer in time',
    mendZh: '请联系对方检查服务；自动重试。',
    mendEn: 'Have the target look at its service; it is tried again by itself.',
  },
  redirected: {
    zh: '对方要求转到别的地址（状态 {status}），没有跟随',
    en: 'the target redirects elsewhere (status {status}), which is not followed',
    mendZh: '请运维人员把渠道配置的地址改为最终地址。',
    mendEn: 'Have the operator put the final address into the channels file.',
  },
  not_let_in: {
    zh: '对方不接受本系统的密钥（状态 {status}）',
    en: 'the target does not accept the key (status {status})',
    mendZh: '请与对方核对密钥和两边的时钟，更新密钥文件后重启公开服务。',
    mendEn: 'Compare key and clocks with the target, renew the key file and restart publication.',
  },
  refused_by_target: {
    zh: '对方拒绝了这次请求（状态 {status}）',
    en: 'the target refused the request (status {status})',
    mendZh: '请对方查看其日志说明原因。',
    mendEn: 'Have the target look into its log for the reason.',
  },
  target_failed: {
    zh: '对方服务出错（状态 {status}）',
    en: 'the target failed (status {status})',
    mendZh: '请联系对方检查服务；自动重试。',
    mendEn: 'Have the target look at its service; it is tried again by itself.',
  },
  answer_too_large: {
    zh: '对方的答复过大',
    en: 'the target’s answer is too large',
    mendZh: '请对方按接口说明答复。',
    mendEn: 'Have the target answer as the interface says.',
  },
  answer_unreadable: {
    zh: '对方的答复不符合接口说明',
    en: 'the target’s answer is not what the interface says',
    mendZh: '请对方按接口说明答复收到内容的 SHA-256。',
    mendEn: 'Have the target answer with the SHA-256 of what it received, as the interface says.',
  },
  channel_fault: {
    zh: '送出时出错（{reason}）',
    en: 'something went wrong while sending ({reason})',
    mendZh: '请运维人员查看公开服务的日志；自动重试。',
    mendEn: 'Have the operator look into publication’s log; it is tried again by itself.',
  },
} as const satisfies Record<string, CauseText>;

export type ChannelCause = keyof typeof channelCauses;

/** What a cause says, filled from its data. An unknown code stands for itself: an older release wrote it. */
export function causeText(code: string, data: Readonly<Record<string, unknown>> = {}): CauseText {
  const known: Readonly<Record<string, CauseText>> = channelCauses;
  const text = known[code] ?? { zh: code, en: code, mendZh: '自动重试。', mendEn: 'It is tried again by itself.' };
  return fillCause(text, data);
}
