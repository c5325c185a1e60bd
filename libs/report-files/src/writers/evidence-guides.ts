import type { EvidenceFolder } from './evidence-folder.js';

/** What is in a folder of evidence, for the list in its guide. */
type Held = 'evidence' | 'inclusion' | 'ratification' | 'receipt' | 'report' | 'withdrawal';

const held = ({ files }: EvidenceFolder, name: Held, line: string): string =>
  (files as Partial<Record<Held, Uint8Array>>)[name] === undefined ? '' : `  ${line}\n`;

/** The guide to a folder of evidence in Chinese. `fingerprint`: of the trust file in it. */
export function chineseGuide(folder: EvidenceFolder, fingerprint: string): string {
  const { title, url, files } = folder;
  const isWithdrawal = 'withdrawal' in files;
  const proves = isWithdrawal
    ? `  这个网址原有的报告已撤回公开：撤回经审签路线规定的每一个环节由有权的人签批，人人不同；所签的公开理由在
  withdrawal.json 里。被撤回的正文不在其中。存有原 report.json 的，放进本文件夹一并核验。`
    : `  这份报告在公开之前，审签路线规定的每一个环节都由有权的人签批，人人不同，没有起草人签自己的稿，
  而且每个人签的正是 report.json 里的这些字节，此后一个字节也没有改动。${
    files.ratification === undefined
      ? ''
      : '\n  它先按应急程序公开；其后按正常程序对同一内容追认，证据在 ratification.json 里。'
  }`;
  return `${title}
公开网址：${url ?? '未注明'}

这个文件夹能证明什么
${proves}

怎样核验（不需要联网，也不需要安装任何东西，只要有 Node 20 或更新版本）
  在本文件夹中运行：  node verify.mjs
  退出码 0 表示证实，1 表示不能证实，2 表示无法核验。每项检查输出一行，中英文对照。

公钥从哪里来
  verify.mjs 默认使用随附的 trust.json。它只能证明前后一致；要证明确是该机关所签，请通过可靠渠道
  （例如电话或当面）向机关核对信任文件的指纹：
  ${fingerprint}
  也可以使用自己保存的信任文件：  node verify.mjs --trust 我的trust.json

文件
${held(folder, 'report', 'report.json        签批的报告，逐字节')}${held(folder, 'evidence', 'evidence.json      证据包：送审单、审签路线、名录、每一份签批、审核卷宗和封签')}${held(folder, 'ratification', 'ratification.json  追认的证据包')}${held(folder, 'withdrawal', 'withdrawal.json    撤回的证据：全部签批与公开理由，不含被撤回的正文')}${held(folder, 'receipt', isWithdrawal ? 'receipt.json       撤回回执：撤下后回读网站所见的签名记录' : 'receipt.json       发布回执：上线后回读网站所见的签名记录')}${held(folder, 'inclusion', 'inclusion.json     入账证明：台账日志中确有封签这一条')}  trust.json         公钥，以及每把公钥的用途和有效期（按台账日志的次序）
  manifest.json      文件清单与摘要，只用来发现拷贝是否完整
  verify.mjs         核验程序，源码可读，没有任何依赖
  verify.sbom.json   核验程序的软件物料清单（CycloneDX）

签名算法为 Ed25519 或 SM2（配 SM3）。算法支持，可对接认证产品；本程序自身不是经认证的密码产品。
`;
}

/** The guide to a folder of evidence in English. `fingerprint`: of the trust file in it. */
export function englishGuide(folder: EvidenceFolder, fingerprint: string): string {
  const { title, url, files } = folder;
  const isWithdrawal = 'withdrawal' in files;
  const proves = isWithdrawal
    ? `  The report that stood at this address was withdrawn: every stage of the route of its withdrawal was signed by people
  entitled to it, each a different person; the public reason they signed is in withdrawal.json. The text that was
  withdrawn is not. If you kept its report.json, put it into this folder to have it compared.`
    : `  Before this report went public, every stage of its sign-off route was signed by people entitled to it, each a
  different person, none of them an author of it; and each signed exactly the bytes of report.json, not one of
  which has changed since.${
    files.ratification === undefined
      ? ''
      : `
  It went public as an emergency; the same content was ratified by the regular route afterwards, as ratification.json
  proves.`
  }`;
  return `${title}
Public address: ${url ?? 'not stated'}

What this folder proves
${proves}

How to check it (no network, nothing to install, only Node 20 or newer)
  In this folder:  node verify.mjs
  Exit code 0 means proved, 1 not proved, 2 could not be checked. One line a check, in Chinese and English.

Where the keys come from
  verify.mjs goes by the trust.json that came along. That proves that everything fits together; to know that it was
  this organ, compare the fingerprint of the trust file with the organ over a channel you trust, say by telephone:
  ${fingerprint}
  Or use a trust file of your own:  node verify.mjs --trust my-trust.json

The files
${held(folder, 'report', 'report.json        the report that was signed, byte by byte')}${held(folder, 'evidence', 'evidence.json      the bundle: submission, route, directory, every signature, dossier and seal')}${held(folder, 'ratification', 'ratification.json  the bundle of the ratification')}${held(folder, 'withdrawal', 'withdrawal.json    the evidence of the withdrawal: every signature and the reason, without the text')}${held(folder, 'receipt', 'receipt.json       the signed record of what was read back from the site')}${held(folder, 'inclusion', 'inclusion.json     the proof that the log holds the entry of the seal')}  trust.json         the public keys, what each may sign, and from which entry of the log to which
  manifest.json      names and digests of the files; only tells whether a copy is whole
  verify.mjs         the verifier: readable source, no dependencies
  verify.sbom.json   what the verifier is made of (CycloneDX)

Signatures are Ed25519, or SM2 with SM3. The algorithms are supported and certified products can be connected; this
program is itself no certified cryptographic product.
`;
}
